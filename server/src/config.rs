//! What the program is told on the command line and in the environment.
//!
//! Everything is read and checked once, here; the rest of the server gets a
//! [`Config`] that holds only sound values.

use std::ffi::OsString;
use std::net::SocketAddr;
use std::num::NonZeroU32;
use std::path::PathBuf;

use clap::error::ErrorKind;
use clap::{ArgAction, Parser};
use url::Url;

/// Draw together: a real-time collaborative whiteboard.
#[derive(Debug, Parser)]
#[command(name = "commonslate", version, about, max_term_width = 100)]
struct Args {
    /// Address to listen on; port 0 picks a free one
    #[arg(
        long,
        env = "COMMONSLATE_LISTEN",
        value_name = "ADDRESS:PORT",
        default_value = "127.0.0.1:3000",
        value_parser = parse_listen
    )]
    listen: SocketAddr,

    /// Directory of the embedded store; made if missing, not used with --redis-url
    #[arg(long, env = "COMMONSLATE_DATA_DIR", value_name = "DIR", default_value = "./data")]
    data_dir: PathBuf,

    /// Keep boards in this Redis and share them with all servers that use it
    #[arg(long, env = "REDIS_URL", value_name = "URL", value_parser = parse_redis)]
    redis_url: Option<RedisUrl>,

    /// Directory with the built client
    #[arg(long, env = "COMMONSLATE_STATIC_DIR", value_name = "DIR", default_value = "dist")]
    static_dir: PathBuf,

    /// Address under which people reach this server; links begin with it. Without it, links
    /// begin with whatever address the request was made to
    #[arg(long, env = "COMMONSLATE_PUBLIC_URL", value_name = "URL", value_parser = parse_public)]
    public_url: Option<Origin>,

    /// Let pages of this origin connect too; may be given again
    #[arg(
        long,
        env = "COMMONSLATE_ALLOW_ORIGIN",
        value_name = "ORIGIN",
        value_delimiter = ',',
        value_parser = parse_origin
    )]
    allow_origin: Vec<Origin>,

    /// Believe the X-Forwarded-For, -Host and -Proto headers: only behind a proxy that sets them
    #[arg(long, env = "COMMONSLATE_TRUST_PROXY", action = ArgAction::SetTrue)]
    trust_proxy: bool,

    /// Boards that one address may make in an hour
    #[arg(long, env = "COMMONSLATE_BOARDS_PER_HOUR", value_name = "COUNT", default_value = "20")]
    boards_per_hour: NonZeroU32,

    /// What to log: error, warn, info, debug, trace, or a filter such as server=debug
    #[arg(long, env = "RUST_LOG", value_name = "FILTER", default_value = "info", value_parser = parse_log)]
    log: LogFilter,
}

/// Where boards are kept and how servers hear of each other.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Keeping {
    /// In this directory, by this server alone.
    Embedded(PathBuf),
    /// In Redis, shared.
    Redis(RedisUrl),
}

/// Whether the headers of a proxy are believed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Proxy {
    /// There is none: whoever sends such headers made them up.
    None,
    /// It sets them, and drops what the client sent under these names.
    Trusted,
}

/// Everything the server is told.
#[derive(Debug, Clone)]
pub struct Config {
    /// Where to listen.
    pub listen: SocketAddr,
    /// Where boards are kept.
    pub keeping: Keeping,
    /// Directory with the built client.
    pub static_dir: PathBuf,
    /// Under which origin people reach the server.
    pub public_url: Option<Origin>,
    /// Foreign origins whose pages may connect.
    pub allow_origins: Vec<Origin>,
    /// Whether there is a proxy in front.
    pub proxy: Proxy,
    /// Boards that one address may make in an hour.
    pub boards_per_hour: NonZeroU32,
    /// What to log.
    pub log: LogFilter,
}

impl Config {
    /// Reads the command line, whose first item is the program's name, and the
    /// environment.
    ///
    /// # Errors
    /// [`Stop`]: there is something to print instead of a server to run.
    pub fn read(args: impl IntoIterator<Item = OsString>) -> Result<Self, Stop> {
        let args = args.into_iter().collect::<Vec<_>>();
        let args = Args::try_parse_from(args).map_err(|error| Stop::from(&error))?;
        Ok(Self {
            listen: args.listen,
            keeping: match args.redis_url {
                Some(url) if !url.0.is_empty() => Keeping::Redis(url),
                Some(_) | None => Keeping::Embedded(args.data_dir),
            },
            static_dir: args.static_dir,
            public_url: args.public_url,
            allow_origins: args.allow_origin,
            proxy: if args.trust_proxy { Proxy::Trusted } else { Proxy::None },
            boards_per_hour: args.boards_per_hour,
            log: args.log,
        })
    }

    /// The configuration of a server that knows nothing but where to keep boards,
    /// listening on a free port of the loopback interface.
    #[must_use]
    pub fn local(keeping: Keeping) -> Self {
        Self {
            listen: SocketAddr::from(([127, 0, 0, 1], 0)),
            keeping,
            static_dir: PathBuf::from("dist"),
            public_url: None,
            allow_origins: Vec::new(),
            proxy: Proxy::None,
            boards_per_hour: NonZeroU32::MAX,
            log: LogFilter("info".to_owned()),
        }
    }
}

/// Why the program prints something and ends.
#[derive(Debug, PartialEq, Eq)]
pub enum Stop {
    /// Help or version was asked for.
    Asked(String),
    /// An option is wrong: one line that names it.
    Wrong(String),
}

impl From<&clap::Error> for Stop {
    fn from(error: &clap::Error) -> Self {
        let text = error.to_string();
        if matches!(error.kind(), ErrorKind::DisplayHelp | ErrorKind::DisplayVersion) {
            return Self::Asked(text);
        }
        let line = text.lines().next().unwrap_or_default();
        Self::Wrong(line.trim_start_matches("error: ").to_owned())
    }
}

/// A Redis address. Debug and Display never show the password in it.
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
        let Ok(mut url) = Url::parse(&self.0) else { return f.write_str("(hidden)") };
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
    /// The text of the filter.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

fn parse_listen(text: &str) -> Result<SocketAddr, String> {
    // The one name that means the same everywhere; anything else would need a
    // resolver, which may give several addresses.
    let text = text.strip_prefix("localhost:").map_or_else(|| text.to_owned(), |port| {
        format!("127.0.0.1:{port}")
    });
    text.parse().map_err(|_| "expected an address such as 127.0.0.1:3000".to_owned())
}

fn parse_redis(text: &str) -> Result<RedisUrl, String> {
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

fn parse_origin(text: &str) -> Result<Origin, String> {
    const EXPECTED: &str = "expected an origin such as https://board.example";
    let url = Url::parse(text).map_err(|_| EXPECTED.to_owned())?;
    let bare = matches!(url.path(), "" | "/") && url.query().is_none() && url.fragment().is_none();
    if !bare || !matches!(url.scheme(), "http" | "https") || url.host().is_none() {
        return Err(EXPECTED.to_owned());
    }
    Ok(Origin(url.origin().ascii_serialization()))
}

fn parse_public(text: &str) -> Result<Origin, String> {
    parse_origin(text).map_err(|_| {
        "expected an address without a path such as https://board.example".to_owned()
    })
}

fn parse_log(text: &str) -> Result<LogFilter, String> {
    let filter = if text.is_empty() { "info" } else { text };
    match tracing_subscriber::EnvFilter::try_new(filter) {
        Ok(_) => Ok(LogFilter(filter.to_owned())),
        Err(_) => Err("expected a level such as info, or a filter such as server=debug".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(args: &[&str]) -> Result<Config, Stop> {
        Config::read(std::iter::once("commonslate").chain(args.iter().copied()).map(OsString::from))
    }

    fn wrong(args: &[&str]) -> String {
        match read(args) {
            Err(Stop::Wrong(line)) => line,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn a_wrong_value_is_one_line_that_names_its_option() {
        for (option, value) in [
            ("--listen", "nonsense"),
            ("--listen", "127.0.0.1:99999"),
            ("--redis-url", "http://127.0.0.1"),
            ("--redis-url", "not a url"),
            ("--public-url", "https://host/path"),
            ("--allow-origin", "ftp://host"),
            ("--boards-per-hour", "0"),
            ("--log", "a=b=c"),
            ("--no-such-option", "x"),
        ] {
            let line = wrong(&[option, value]);
            assert!(line.contains(option) && !line.contains('\n'), "{line}");
        }
    }

    #[test]
    fn help_names_every_option_and_its_variable() {
        let Err(Stop::Asked(help)) = read(&["--help"]) else { panic!("no help") };
        for word in [
            "--listen", "--data-dir", "--redis-url", "REDIS_URL", "--static-dir", "--public-url",
            "--allow-origin", "--trust-proxy", "--boards-per-hour", "--log", "RUST_LOG",
            "COMMONSLATE_LISTEN",
        ] {
            assert!(help.contains(word), "{word} is not in the help");
        }
    }

    #[test]
    fn a_password_of_redis_is_never_shown() {
        let url = parse_redis("redis://user:hunter2@127.0.0.1:6379/3").unwrap();
        assert!(!format!("{url} {url:?}").contains("hunter2"));
        assert!(url.to_string().contains("127.0.0.1:6379"));
    }

    #[test]
    fn origins_are_written_as_browsers_do() {
        assert_eq!(parse_origin("https://Board.Example:443/").unwrap().as_str(), "https://board.example");
        assert_eq!(parse_origin("http://[::1]:3000").unwrap().as_str(), "http://[::1]:3000");
    }
}
