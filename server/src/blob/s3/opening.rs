//! Opens a bucket, and checks that it can be used before the server takes connections.

use std::error::Error as StdError;
use std::sync::Arc;
use std::time::Duration;

use object_store::aws::{AmazonS3Builder, AmazonS3ConfigKey};
use object_store::client::HttpError;
use object_store::path::Path;
use object_store::{
    BackoffConfig, ClientOptions, Error, ObjectStore, ObjectStoreExt as _, PutMode, PutOptions,
    RetryConfig, UpdateVersion,
};

use super::S3Blobs;
use super::failure::reason;
use super::objects::Objects;
use crate::config::S3Place;

/// How long a request waits for an answer, and for those of its repetitions.
const REQUEST_LIMIT: Duration = Duration::from_secs(10);
/// How long connecting may take.
const CONNECT_LIMIT: Duration = Duration::from_secs(3);
/// How often a request is repeated that the store could not answer.
const REPETITIONS: usize = 3;
/// The longest pause before a repetition.
const LONGEST_PAUSE: Duration = Duration::from_secs(1);
/// The object that is written to see whether the bucket can be used.
const CHECK: &str = "check";

/// A version that the object of the check never has.
const OTHER_VERSION: &str = "\"00000000000000000000000000000000\"";

/// Why a bucket cannot be used. Each is one line that says what to change.
#[derive(Debug, thiserror::Error)]
pub enum S3OpenError {
    /// A variable has a value that makes no sense.
    #[error("the variables AWS_… are not right: {0}")]
    Settings(String),
    /// There are no credentials for a store that is not Amazon's.
    #[error("AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY must be set for {0}")]
    NoCredentials(String),
    /// There is no such bucket.
    #[error("the bucket of {0} does not exist")]
    NoBucket(String),
    /// The credentials are wrong, or do not allow it.
    #[error(
        "the credentials in AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY may not write to {place}: {reason}"
    )]
    Denied {
        /// Where.
        place: String,
        /// What the store says.
        reason: String,
    },
    /// The store overwrites an object although the request forbids it.
    #[error(
        "the store of {0} does not know If-None-Match and If-Match, by which servers keep out of each other's way"
    )]
    Unconditional(String),
    /// The store refuses it for another reason.
    #[error("{place} cannot be used: {reason}")]
    Refused {
        /// Where.
        place: String,
        /// What the store says.
        reason: String,
    },
}

/// A bucket that was opened.
#[derive(Debug)]
pub struct Opened {
    /// The store.
    pub blobs: S3Blobs,
    /// Why the bucket cannot be reached yet, if it cannot.
    pub unreachable: Option<String>,
}

impl S3Blobs {
    /// Opens a bucket and writes an object to it. `variables` are those of AWS, such as
    /// `AWS_ACCESS_KEY_ID`; others are skipped.
    ///
    /// # Errors
    /// [`S3OpenError`]. A store that cannot be reached is no error: it may come up later.
    pub async fn open(
        place: &S3Place,
        variables: impl IntoIterator<Item = (String, String)>,
    ) -> Result<Opened, S3OpenError> {
        crate::cryptography::choose();
        let store = store(place, variables)?;
        let prefix = Path::parse(&place.prefix);
        let prefix = prefix.map_err(|error| S3OpenError::Settings(error.to_string()))?;
        let unreachable = match check(&*store, &prefix).await {
            Ok(true) => None,
            Ok(false) => return Err(S3OpenError::Unconditional(place.to_string())),
            Err(error) if is_unreachable(&error) => Some(reason(&error)),
            Err(error) => return Err(refusal(place, &error)),
        };
        Ok(Opened {
            blobs: Self::new(Objects::new(store, prefix)),
            unreachable,
        })
    }
}

fn store(
    place: &S3Place,
    variables: impl IntoIterator<Item = (String, String)>,
) -> Result<Arc<dyn ObjectStore>, S3OpenError> {
    let mut builder = AmazonS3Builder::new();
    for (name, value) in variables {
        let key = name.to_ascii_lowercase().parse::<AmazonS3ConfigKey>();
        if let (true, Ok(key)) = (name.starts_with("AWS_"), key) {
            builder = builder.with_config(key, value);
        }
    }
    if let Some(endpoint) = &place.endpoint {
        builder = builder.with_endpoint(endpoint.as_str().trim_end_matches('/'));
    }
    let is_foreign = builder.get_config_value(&AmazonS3ConfigKey::Endpoint);
    let key = builder.get_config_value(&AmazonS3ConfigKey::AccessKeyId);
    if is_foreign.is_some() && key.is_none() {
        // Only machines of Amazon have credentials of another kind.
        return Err(S3OpenError::NoCredentials(place.to_string()));
    }
    let options = ClientOptions::new()
        .with_timeout(REQUEST_LIMIT)
        .with_connect_timeout(CONNECT_LIMIT)
        // The address says whether there is TLS.
        .with_allow_http(true);
    let retry = RetryConfig {
        backoff: BackoffConfig {
            max_backoff: LONGEST_PAUSE,
            ..BackoffConfig::default()
        },
        max_retries: REPETITIONS,
        retry_timeout: REQUEST_LIMIT,
    };
    let built = builder
        .with_bucket_name(&place.bucket)
        .with_client_options(options)
        .with_retry(retry)
        .build();
    match built {
        Ok(store) => Ok(Arc::new(store)),
        Err(error) => Err(S3OpenError::Settings(reason(&error))),
    }
}

/// Lists and writes objects, and tells whether the store keeps one when the condition of a request
/// forbids to overwrite it.
async fn check(store: &dyn ObjectStore, prefix: &Path) -> Result<bool, Error> {
    store.list_with_delimiter(Some(prefix)).await?;
    let path = &prefix.clone().join(CHECK);
    let text = "Commonslate checks here whether it can write.\n";
    store.put(path, text.into()).await?;
    let other = UpdateVersion {
        e_tag: Some(OTHER_VERSION.to_owned()),
        version: None,
    };
    for condition in [PutMode::Create, PutMode::Update(other)] {
        let options = PutOptions::from(condition);
        match store.put_opts(path, text.into(), options).await {
            Err(Error::AlreadyExists { .. } | Error::Precondition { .. }) => {}
            Err(error) => return Err(error),
            Ok(_) => return Ok(false),
        }
    }
    Ok(true)
}

/// Whether no answer came.
fn is_unreachable(error: &Error) -> bool {
    let mut cause: Option<&dyn StdError> = Some(error);
    while let Some(error) = cause {
        if error.is::<HttpError>() {
            return true;
        }
        cause = error.source();
    }
    false
}

fn refusal(place: &S3Place, error: &Error) -> S3OpenError {
    let place = place.to_string();
    let reason = reason(error);
    // The library tells refusals apart except those of a list, which has the status in its text.
    let says = |codes: &[&str]| codes.iter().any(|code| reason.contains(code));
    match error {
        Error::NotFound { .. } => S3OpenError::NoBucket(place),
        _ if says(&["NoSuchBucket"]) => S3OpenError::NoBucket(place),
        Error::PermissionDenied { .. } | Error::Unauthenticated { .. } => {
            S3OpenError::Denied { place, reason }
        }
        _ if says(&["code: 401", "code: 403"]) => S3OpenError::Denied { place, reason },
        _ => S3OpenError::Refused { place, reason },
    }
}
