//! Options for Redis: its address, names of keys, and files for TLS.

use std::convert::Infallible;
use std::path::PathBuf;

use url::Url;

/// Longest prefix of keys and channels, in bytes: it is part of each name.
const MAX_PREFIX_BYTES: usize = 32;
/// The port of Sentinels whose address has none.
const SENTINEL_PORT: u16 = 26_379;
/// The prefix without the option.
const DEFAULT_PREFIX: &str = "cs";

/// The options as they are given.
#[derive(Debug, clap::Args)]
pub(super) struct RedisArgs {
    /// Keep boards in this Redis and share them with all servers that use it; rediss:// uses TLS.
    /// For a cluster, name some of its servers, with commas between them: redis://a:6379,b:6379
    #[arg(
        long,
        env = "REDIS_URL",
        value_name = "URL",
        hide_env_values = true,
        value_parser = unchecked
    )]
    redis_url: Option<Unchecked>,

    /// Ask these Sentinels, such as redis://a:26379,b:26379, for the address of the master; the host
    /// in --redis-url is its name then
    #[arg(
        long,
        env = "COMMONSLATE_REDIS_SENTINELS",
        value_name = "URL",
        hide_env_values = true,
        value_parser = unchecked
    )]
    redis_sentinels: Option<Unchecked>,

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
    /// The Sentinels that know where the master is; its name is the host in `url`.
    pub sentinels: Option<RedisUrl>,
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
            sentinels: None,
            prefix: DEFAULT_PREFIX.to_owned(),
            tls: TlsFiles::default(),
        })
    }
}

impl RedisConfig {
    /// The default options for the master that Sentinels know. The host in `url` is its name.
    ///
    /// # Errors
    /// If an address is malformed. The message does not repeat it.
    pub fn by_sentinels(url: &str, sentinels: &str) -> Result<Self, String> {
        Ok(Self {
            sentinels: Some(parse_sentinels(sentinels)?),
            ..Self::at(url)?
        })
    }
}

impl RedisArgs {
    /// Checks the options; `None` without an address.
    pub(super) fn checked(self) -> Result<Option<RedisConfig>, String> {
        let Some(Unchecked(text)) = self.redis_url else {
            return match self.redis_sentinels {
                None => Ok(None),
                Some(_) => Err(
                    "'--redis-sentinels <URL>' needs '--redis-url <URL>', whose host is \
                                the name of the master"
                        .to_owned(),
                ),
            };
        };
        let url = parse_redis(&text)
            .map_err(|expected| format!("invalid value for '--redis-url <URL>': {expected}"))?;
        let tls = TlsFiles {
            authorities: self.redis_ca_file,
            client: self.redis_cert_file.zip(self.redis_key_file),
        };
        let sentinels = match self.redis_sentinels {
            Some(Unchecked(given)) => {
                let option = "--redis-sentinels <URL>";
                let sentinels = parse_sentinels(&given)
                    .map_err(|expected| format!("invalid value for '{option}': {expected}"))?;
                if url.0.len() > 1 || is_socket(&text) {
                    let line = "'--redis-url <URL>' names one master with --redis-sentinels, \
                                such as redis://mymaster";
                    return Err(line.to_owned());
                }
                Some(sentinels)
            }
            None => None,
        };
        let uses_tls = |url: &RedisUrl| url.0.iter().any(|it| it.starts_with("rediss:"));
        if tls != TlsFiles::default() && !uses_tls(&url) && !sentinels.iter().any(uses_tls) {
            let line = "'--redis-url <URL>' must begin with rediss:// to use TLS files";
            return Err(line.to_owned());
        }
        let prefix = self.redis_prefix;
        Ok(Some(RedisConfig {
            url,
            sentinels,
            prefix,
            tls,
        }))
    }
}

/// One or more Redis addresses. Debug and Display never show a password in them.
#[derive(Clone, PartialEq, Eq)]
pub struct RedisUrl(Vec<String>);

impl RedisUrl {
    /// The addresses, password included. All have the same user, password and database.
    #[must_use]
    pub fn reveal(&self) -> &[String] {
        &self.0
    }

    /// Splits a text with commas between hosts into addresses, and checks each.
    fn parse(text: &str, check: impl Fn(&str) -> Result<String, String>) -> Result<Self, String> {
        let Some((scheme, rest)) = text.split_once("://").filter(|_| !is_socket(text)) else {
            return Ok(Self(vec![check(text)?]));
        };
        let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
        let (authority, path) = rest.split_at_checked(end).unwrap_or((rest, ""));
        let (user, hosts) = match authority.rsplit_once('@') {
            Some((user, hosts)) => (format!("{user}@"), hosts),
            None => (String::new(), authority),
        };
        let address = |host| check(&format!("{scheme}://{user}{host}{path}"));
        Ok(Self(
            hosts.split(',').map(address).collect::<Result<_, _>>()?,
        ))
    }
}

impl std::fmt::Display for RedisUrl {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let shown: Vec<String> = self.0.iter().map(|address| shown(address)).collect();
        f.write_str(&shown.join(","))
    }
}

/// An address without user and password.
fn shown(address: &str) -> String {
    const HIDDEN: &str = "(hidden)";
    let Ok(mut url) = Url::parse(address) else {
        return HIDDEN.to_owned();
    };
    // Fails only for addresses that can have neither, which then show none.
    let hidden = url.set_password(None).and_then(|()| url.set_username(""));
    if hidden.is_err() {
        return HIDDEN.to_owned();
    }
    // The address of a socket file has its password there.
    url.set_query(None);
    url.to_string()
}

impl std::fmt::Debug for RedisUrl {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "RedisUrl({self})")
    }
}

/// An address as it is given. Debug never shows it, because it may hold a password.
#[derive(Clone)]
struct Unchecked(String);

impl std::fmt::Debug for Unchecked {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Unchecked(hidden)")
    }
}

/// Takes any text. It is checked later, because the library would repeat a wrong value, and with it
/// a password.
#[expect(
    clippy::unnecessary_wraps,
    reason = "the library of the command line wants a Result"
)]
fn unchecked(text: &str) -> Result<Unchecked, Infallible> {
    Ok(Unchecked(text.to_owned()))
}

pub(super) fn parse_redis(text: &str) -> Result<RedisUrl, String> {
    let expected = "expected an address such as redis://127.0.0.1:6379";
    RedisUrl::parse(text, |address| {
        check(address, expected).map(|_| address.to_owned())
    })
}

/// Reads the addresses of Sentinels, whose usual port is another one than that of Redis.
pub(super) fn parse_sentinels(text: &str) -> Result<RedisUrl, String> {
    let expected = || "expected addresses such as redis://127.0.0.1:26379".to_owned();
    if is_socket(text) {
        return Err(expected());
    }
    RedisUrl::parse(text, |address| {
        let mut url = check(address, &expected())?;
        if url.port().is_none() {
            url.set_port(Some(SENTINEL_PORT)).map_err(|()| expected())?;
        }
        Ok(url.to_string())
    })
}

/// Whether an address is the path of a socket file.
fn is_socket(text: &str) -> bool {
    text.starts_with("redis+unix:") || text.starts_with("unix:")
}

/// Checks one address.
fn check(address: &str, expected: &str) -> Result<Url, String> {
    let url = Url::parse(address).map_err(|_| expected.to_owned())?;
    let known = matches!(url.scheme(), "redis" | "rediss" | "redis+unix" | "unix");
    if !known || redis::Client::open(address).is_err() {
        return Err(expected.to_owned());
    }
    if url.fragment().is_some() {
        return Err("an address without # is expected: certificates are always checked".to_owned());
    }
    Ok(url)
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
