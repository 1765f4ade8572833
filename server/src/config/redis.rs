//! Options for Redis: its address, names of keys, and files for TLS.

use std::convert::Infallible;
use std::path::PathBuf;

use url::Url;

/// Longest prefix of keys and channels, in bytes: it is part of each name.
const MAX_PREFIX_BYTES: usize = 32;
/// The prefix without the option.
const DEFAULT_PREFIX: &str = "cs";

/// The options as they are given.
#[derive(Debug, clap::Args)]
pub(super) struct RedisArgs {
    /// Keep boards in this Redis and share them with all servers that use it; rediss:// uses TLS
    #[arg(
        long,
        env = "REDIS_URL",
        value_name = "URL",
        hide_env_values = true,
        value_parser = unchecked
    )]
    redis_url: Option<RedisUrl>,

    /// Begin the names of all keys and channels in Redis with this word, so that several
    /// installations can share one Redis
    #[arg(
        long,
        env = "COMMONSLATE_REDIS_PREFIX",
        value_name = "WORD",
        default_value = DEFAULT_PREFIX,
        value_parser = parse_prefix
    )]
    redis_prefix: String,

    /// Trust the certificates of Redis that the authorities in this PEM file signed, and no others
    #[arg(long, env = "COMMONSLATE_REDIS_CA_FILE", value_name = "FILE")]
    redis_ca_file: Option<PathBuf>,

    /// Show Redis the client certificate in this PEM file
    #[arg(
        long,
        env = "COMMONSLATE_REDIS_CERT_FILE",
        value_name = "FILE",
        requires = "redis_key_file"
    )]
    redis_cert_file: Option<PathBuf>,

    /// PEM file with the private key of --redis-cert-file
    #[arg(
        long,
        env = "COMMONSLATE_REDIS_KEY_FILE",
        value_name = "FILE",
        requires = "redis_cert_file"
    )]
    redis_key_file: Option<PathBuf>,
}

/// How to reach and use a Redis server.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RedisConfig {
    /// Where it is.
    pub url: RedisUrl,
    /// How the names of keys and channels begin.
    pub prefix: String,
    /// The files of TLS.
    pub tls: TlsFiles,
}

/// The files of TLS. All are PEM.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TlsFiles {
    /// Certificates of the authorities that are trusted; without it, those of the system.
    pub authorities: Option<PathBuf>,
    /// Certificate and private key that are shown to the server.
    pub client: Option<(PathBuf, PathBuf)>,
}

impl RedisConfig {
    /// The default options for the Redis at an address.
    ///
    /// # Errors
    /// If the address is malformed. The message does not repeat it, because it may hold a password.
    pub fn at(url: &str) -> Result<Self, String> {
        Ok(Self {
            url: parse_redis(url)?,
            prefix: DEFAULT_PREFIX.to_owned(),
            tls: TlsFiles::default(),
        })
    }
}

impl RedisArgs {
    /// Checks the options; `None` without an address.
    pub(super) fn checked(self) -> Result<Option<RedisConfig>, String> {
        let Some(RedisUrl(text)) = self.redis_url else {
            return Ok(None);
        };
        let url = parse_redis(&text)
            .map_err(|expected| format!("invalid value for '--redis-url <URL>': {expected}"))?;
        let tls = TlsFiles {
            authorities: self.redis_ca_file,
            client: self.redis_cert_file.zip(self.redis_key_file),
        };
        if tls != TlsFiles::default() && !text.starts_with("rediss:") {
            let line = "'--redis-url <URL>' must begin with rediss:// to use TLS files";
            return Err(line.to_owned());
        }
        let prefix = self.redis_prefix;
        Ok(Some(RedisConfig { url, prefix, tls }))
    }
}

/// A Redis address. Debug and Display never show a password in it.
#[derive(Clone, PartialEq, Eq)]
pub struct RedisUrl(String);

impl RedisUrl {
    /// The whole address, password included.
    #[must_use]
    pub fn reveal(&self) -> &str {
        &self.0
    }
}

impl std::fmt::Display for RedisUrl {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Ok(mut url) = Url::parse(&self.0) else {
            return f.write_str("(hidden)");
        };
        // Fails only for addresses that can have neither, which then show none.
        let hidden = url.set_password(None).and_then(|()| url.set_username(""));
        if hidden.is_err() {
            return f.write_str("(hidden)");
        }
        // The address of a socket file has its password there.
        url.set_query(None);
        f.write_str(url.as_str())
    }
}

impl std::fmt::Debug for RedisUrl {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "RedisUrl({self})")
    }
}

/// Takes any text. It is checked later, because the library would repeat a wrong value, and with it
/// a password.
#[expect(
    clippy::unnecessary_wraps,
    reason = "the library of the command line wants a Result"
)]
fn unchecked(text: &str) -> Result<RedisUrl, Infallible> {
    Ok(RedisUrl(text.to_owned()))
}

pub(super) fn parse_redis(text: &str) -> Result<RedisUrl, String> {
    const EXPECTED: &str = "expected an address such as redis://127.0.0.1:6379";
    let url = Url::parse(text).map_err(|_| EXPECTED.to_owned())?;
    let known = matches!(url.scheme(), "redis" | "rediss" | "redis+unix" | "unix");
    if !known || redis::Client::open(text).is_err() {
        return Err(EXPECTED.to_owned());
    }
    if url.fragment().is_some() {
        return Err("an address without # is expected: certificates are always checked".to_owned());
    }
    Ok(RedisUrl(text.to_owned()))
}

fn parse_prefix(text: &str) -> Result<String, String> {
    let is_allowed = |it: char| it.is_ascii_alphanumeric() || "-_.:".contains(it);
    if text.is_empty() || text.len() > MAX_PREFIX_BYTES || !text.chars().all(is_allowed) {
        return Err(format!(
            "expected up to {MAX_PREFIX_BYTES} letters, digits and -_.: such as team-a"
        ));
    }
    Ok(text.to_owned())
}
