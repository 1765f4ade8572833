//! Types for the values of options, and how each is parsed.

use std::ffi::OsString;
use std::net::SocketAddr;
use std::path::PathBuf;

use tracing_subscriber::filter::LevelFilter;
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

/// The address under which people reach the server: an origin, and perhaps a path.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublicUrl {
    origin: Origin,
    path: String,
}

impl PublicUrl {
    /// Scheme, host and port.
    #[must_use]
    pub const fn origin(&self) -> &Origin {
        &self.origin
    }

    /// The path below which the server is reached, such as `/whiteboard`; empty if it is alone
    /// there.
    #[must_use]
    pub fn path(&self) -> &str {
        &self.path
    }

    /// Host and port.
    #[must_use]
    pub fn host(&self) -> &str {
        let origin = self.origin.as_str();
        origin.split_once("://").map_or(origin, |(_, host)| host)
    }
}

/// Without a slash at the end.
impl std::fmt::Display for PublicUrl {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}{}", self.origin.as_str(), self.path)
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
    let is_pattern = url.host_str().is_none_or(|host| host.contains('*'));
    if !bare || !matches!(url.scheme(), "http" | "https") || is_pattern {
        return Err(EXPECTED.to_owned());
    }
    Ok(Origin(url.origin().ascii_serialization()))
}

/// First parts of paths that mean something else to this server: a proxy that removes the path and
/// one that keeps it could not be told apart.
const TAKEN: [&str; 7] = ["b", "ws", "api", "sfn", "files", "healthz", "readyz"];

pub(super) fn parse_public(text: &str) -> Result<PublicUrl, String> {
    const EXPECTED: &str =
        "expected an address such as https://board.example or https://example.org/whiteboard";
    let mut url = Url::parse(text).map_err(|_| EXPECTED.to_owned())?;
    let path = url.path().trim_end_matches('/').to_owned();
    url.set_path("");
    let origin = parse_origin(url.as_str()).map_err(|_| EXPECTED.to_owned())?;
    let is_plain = |part: &str| {
        let allowed = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~".contains(&byte);
        !part.is_empty() && part.bytes().all(allowed)
    };
    let parts: Vec<&str> = path.split('/').skip(1).collect();
    if !parts.iter().copied().all(is_plain) {
        return Err(EXPECTED.to_owned());
    }
    if let Some(taken) = parts.first().filter(|part| TAKEN.contains(part)) {
        return Err(format!(
            "the path must not begin with /{taken}, which has another meaning"
        ));
    }
    Ok(PublicUrl { origin, path })
}

pub(super) fn parse_font_dir(text: &str) -> Result<PathBuf, String> {
    let path = PathBuf::from(text);
    let is_dir = path.is_dir();
    is_dir
        .then_some(path)
        .ok_or_else(|| "expected a directory that can be read, with fonts".to_owned())
}

pub(super) fn parse_log(text: &str) -> Result<LogFilter, String> {
    // No target has other letters, and the library panics on some of them after a space.
    let is_filter = text.is_ascii()
        && text.split(',').all(is_directive)
        && tracing_subscriber::EnvFilter::try_new(text).is_ok();
    if is_filter {
        Ok(LogFilter(text.to_owned()))
    } else {
        Err("expected a level such as info, or a filter such as server=debug".to_owned())
    }
}

/// Whether a part of a filter is a level or names one. The library takes any other word for the name
/// of a target, so that a level that is misspelt would silence everything.
fn is_directive(part: &str) -> bool {
    part.contains('=') || part.parse::<LevelFilter>().is_ok()
}

/// The option on a command line whose value is not UTF-8, unless it names files, or the argument
/// itself.
pub(super) fn not_unicode(args: &[OsString]) -> Option<String> {
    let at = args.iter().skip(1).position(|arg| arg.to_str().is_none())? + 1;
    let text = args.get(at)?.to_string_lossy().into_owned();
    let before = args.get(at - 1).and_then(|arg| arg.to_str());
    let option = match text.split_once('=') {
        Some((option, _)) if option.starts_with("--") => option,
        _ => before.filter(|arg| arg.starts_with("--")).unwrap_or(&text),
    };
    let names_files = option.ends_with("-dir") || option.ends_with("-file");
    (!names_files).then(|| format!("the value of '{option}'"))
}
