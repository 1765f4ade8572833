//! Types for the values of options, and how each is parsed.

use std::net::SocketAddr;

use url::Url;

/// A Redis address. Debug and Display never show the password in it.
#[derive(Clone, PartialEq, Eq)]
pub struct RedisUrl(String);

impl RedisUrl {
    pub(super) const fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

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
        f.write_str(url.as_str())
    }
}

impl std::fmt::Debug for RedisUrl {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "RedisUrl({self})")
    }
}

/// Scheme, host and port, as a browser writes them in an `Origin` header.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Origin(String);

impl Origin {
    /// The text, without a slash at the end.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// A filter for log lines, checked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LogFilter(String);

impl LogFilter {
    /// The filter without the option.
    #[must_use]
    pub fn default_level() -> Self {
        Self("info".to_owned())
    }

    /// The text of the filter.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

pub(super) fn parse_listen(text: &str) -> Result<SocketAddr, String> {
    // The one name that means the same everywhere; anything else would need a
    // resolver, which may give several addresses.
    let text = text
        .strip_prefix("localhost:")
        .map_or_else(|| text.to_owned(), |port| format!("127.0.0.1:{port}"));
    text.parse()
        .map_err(|_| "expected an address such as 127.0.0.1:3000".to_owned())
}

pub(super) fn parse_redis(text: &str) -> Result<RedisUrl, String> {
    const EXPECTED: &str = "expected an address such as redis://127.0.0.1:6379";
    if text.is_empty() {
        // An empty variable in the environment is as good as none.
        return Ok(RedisUrl(String::new()));
    }
    let url = Url::parse(text).map_err(|_| EXPECTED.to_owned())?;
    let known = matches!(url.scheme(), "redis" | "rediss" | "redis+unix" | "unix");
    if !known || redis::Client::open(text).is_err() {
        return Err(EXPECTED.to_owned());
    }
    Ok(RedisUrl(text.to_owned()))
}

pub(super) fn parse_origin(text: &str) -> Result<Origin, String> {
    const EXPECTED: &str = "expected an origin such as https://board.example";
    let url = Url::parse(text).map_err(|_| EXPECTED.to_owned())?;
    let bare = matches!(url.path(), "" | "/") && url.query().is_none() && url.fragment().is_none();
    if !bare || !matches!(url.scheme(), "http" | "https") || url.host().is_none() {
        return Err(EXPECTED.to_owned());
    }
    Ok(Origin(url.origin().ascii_serialization()))
}

pub(super) fn parse_public(text: &str) -> Result<Origin, String> {
    parse_origin(text)
        .map_err(|_| "expected an address without a path such as https://board.example".to_owned())
}

pub(super) fn parse_log(text: &str) -> Result<LogFilter, String> {
    let filter = if text.is_empty() { "info" } else { text };
    match tracing_subscriber::EnvFilter::try_new(filter) {
        Ok(_) => Ok(LogFilter(filter.to_owned())),
        Err(_) => Err("expected a level such as info, or a filter such as server=debug".to_owned()),
    }
}
