//! Options for pictures: where they are, if not beside the boards.

use std::fmt;
use std::path::PathBuf;

use url::Url;

/// The options as they are given.
#[derive(Debug, clap::Args)]
pub(super) struct BlobArgs {
    /// Where pictures are, which all servers that share boards must share: a directory such as
    /// file:///srv/pictures, or a bucket such as s3://bucket/pictures with the variables AWS_REGION,
    /// AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY; without it they are beside the boards: in the data
    /// directory, or in Redis
    #[arg(long, env = "COMMONSLATE_BLOB_STORE", value_name = "URL", value_parser = parse_place)]
    blob_store: Option<BlobPlace>,

    /// Address of the store with the bucket of --blob-store if it is not Amazon's, such as
    /// http://minio:9000
    #[arg(
        long,
        env = "COMMONSLATE_BLOB_STORE_ENDPOINT",
        value_name = "URL",
        value_parser = parse_endpoint
    )]
    blob_store_endpoint: Option<Url>,
}

/// Where pictures are, if not beside the boards.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum BlobPlace {
    /// In this directory.
    Dir(PathBuf),
    /// In a bucket.
    S3(S3Place),
}

/// A place in a bucket of S3, or of a store that speaks like it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct S3Place {
    /// The bucket.
    pub bucket: String,
    /// With what the names of all objects begin, without a slash at either end; may be empty.
    pub prefix: String,
    /// The address of the store, if it is not Amazon's.
    pub endpoint: Option<Url>,
}

impl fmt::Display for S3Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { bucket, prefix, .. } = self;
        write!(f, "s3://{bucket}/{prefix}")?;
        match &self.endpoint {
            Some(endpoint) => write!(f, " at {endpoint}"),
            None => Ok(()),
        }
    }
}

impl BlobArgs {
    /// The place.
    ///
    /// # Errors
    /// A line that names the contradiction, if the options contradict each other.
    pub(super) fn checked(self) -> Result<Option<BlobPlace>, String> {
        let endpoint = self.blob_store_endpoint;
        match self.blob_store {
            Some(BlobPlace::S3(place)) => Ok(Some(BlobPlace::S3(S3Place { endpoint, ..place }))),
            _ if endpoint.is_some() => {
                Err("--blob-store-endpoint needs a bucket: --blob-store s3://…".to_owned())
            }
            place => Ok(place),
        }
    }
}

fn parse_place(text: &str) -> Result<BlobPlace, String> {
    const EXPECTED: &str = "expected a directory such as file:///srv/pictures or a bucket such as s3://bucket/pictures";
    let expected = || EXPECTED.to_owned();
    let url = Url::parse(text).map_err(|_| expected())?;
    match url.scheme() {
        "file" => Ok(BlobPlace::Dir(url.to_file_path().map_err(|()| expected())?)),
        "s3" => bucket(&url).map(BlobPlace::S3).ok_or_else(expected),
        _ => Err(expected()),
    }
}

/// The bucket and the prefix in an address; `None` if it says more, or something else.
fn bucket(url: &Url) -> Option<S3Place> {
    let bucket = url.host_str()?;
    let is_plain = |part: &str| {
        let is_allowed = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte);
        part.bytes().all(is_allowed) && !matches!(part, "" | "." | "..")
    };
    let prefix = url.path().trim_matches('/');
    let has_more = url.port().is_some() || url.query().is_some() || url.fragment().is_some();
    let has_user = !url.username().is_empty() || url.password().is_some();
    let is_right = is_plain(bucket) && (prefix.is_empty() || prefix.split('/').all(is_plain));
    (is_right && !has_more && !has_user).then(|| S3Place {
        bucket: bucket.to_owned(),
        prefix: prefix.to_owned(),
        endpoint: None,
    })
}

fn parse_endpoint(text: &str) -> Result<Url, String> {
    let url = Url::parse(text).ok();
    let url = url.filter(|url| matches!(url.scheme(), "http" | "https") && url.has_host());
    let url = url.filter(|url| url.username().is_empty() && url.password().is_none());
    let url = url.filter(|url| url.query().is_none() && url.fragment().is_none());
    url.ok_or_else(|| "expected an address such as http://minio:9000".to_owned())
}
