//! Types for the values of options, and how each is parsed.

use std::net::SocketAddr;

use url::Url;

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
