//! The configuration, read from the command line and the environment.
//!
//! Everything is read and checked once, here; the rest of the server gets a
//! [`Config`] that holds only sound values.

mod assistant;
mod blob_place;
mod redis;
mod values;

#[cfg(test)]
mod tests;

use std::ffi::OsString;
use std::net::SocketAddr;
use std::num::NonZeroU32;
use std::path::PathBuf;

use assistant::AssistantArgs;
use blob_place::BlobArgs;
use clap::builder::{BoolishValueParser, Resettable};
use clap::error::ErrorKind;
use clap::{Arg, ArgAction, CommandFactory as _, FromArgMatches as _, Parser};
use redis::RedisArgs;
use values::{parse_font_dir, parse_listen, parse_log, parse_origin, parse_public};

pub use assistant::{AssistantEndpoint, AssistantKey};
pub use blob_place::{BlobPlace, S3Place};
pub use redis::{RedisConfig, RedisUrl, TlsFiles};
pub use values::{LogFilter, Origin, PublicUrl};

/// WebSockets that a server has open at the same time if nothing else is said. Each costs some KiB and one
/// file.
const DEFAULT_MAX_CONNECTIONS: NonZeroU32 = NonZeroU32::new(8_000).expect("it is not zero");

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

    /// Address to serve /metrics for Prometheus on; without it there are none
    #[arg(
        long,
        env = "COMMONSLATE_METRICS_LISTEN",
        value_name = "ADDRESS:PORT",
        value_parser = parse_listen
    )]
    metrics_listen: Option<SocketAddr>,

    /// Directory of the embedded store; made if missing, not used with --redis-url
    #[arg(
        long,
        env = "COMMONSLATE_DATA_DIR",
        value_name = "DIR",
        default_value = "./data"
    )]
    data_dir: PathBuf,

    #[command(flatten)]
    redis: RedisArgs,

    #[command(flatten)]
    blobs: BlobArgs,

    #[command(flatten)]
    assistant: AssistantArgs,

    /// Directory with fonts for exported files, which are asked before those of the system
    #[arg(long, env = "COMMONSLATE_FONT_DIR", value_name = "DIR", value_parser = parse_font_dir)]
    font_dir: Option<PathBuf>,

    /// Directory with the built client
    #[arg(
        long,
        env = "COMMONSLATE_STATIC_DIR",
        value_name = "DIR",
        default_value = "dist"
    )]
    static_dir: PathBuf,

    /// Address under which people reach this server, with a path if it is not alone there; links
    /// begin with it, and pages of other addresses are refused. Without it, both depend on the
    /// address to which the request was made
    #[arg(long, env = "COMMONSLATE_PUBLIC_URL", value_name = "URL", value_parser = parse_public)]
    public_url: Option<PublicUrl>,

    /// Let pages of this origin connect too; may be given again
    #[arg(
        long,
        env = "COMMONSLATE_ALLOW_ORIGIN",
        value_name = "ORIGIN",
        value_delimiter = ',',
        value_parser = parse_origin
    )]
    allow_origin: Vec<Origin>,

    /// Believe the headers X-Forwarded-For, -Host and -Proto, or Forwarded where these are absent:
    /// only behind a proxy that sets them
    #[arg(
        long,
        env = "COMMONSLATE_TRUST_PROXY",
        action = ArgAction::SetTrue,
        value_parser = BoolishValueParser::new()
    )]
    trust_proxy: bool,

    /// Boards that one address may make in an hour
    #[arg(
        long,
        env = "COMMONSLATE_BOARDS_PER_HOUR",
        value_name = "COUNT",
        default_value = "20",
        allow_hyphen_values = true
    )]
    boards_per_hour: NonZeroU32,

    /// WebSockets that are open at the same time; each needs a file
    #[arg(
        long,
        env = "COMMONSLATE_MAX_CONNECTIONS",
        value_name = "COUNT",
        default_value_t = DEFAULT_MAX_CONNECTIONS,
        allow_hyphen_values = true
    )]
    max_connections: NonZeroU32,

    /// What to log: error, warn, info, debug, trace, or a filter such as server=debug
    #[arg(long, env = "RUST_LOG", value_name = "FILTER", default_value = "info", value_parser = parse_log)]
    log: LogFilter,
}

/// Where boards are stored, and how servers share them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Storage {
    /// In this directory, by this server alone.
    Embedded(PathBuf),
    /// In Redis, shared.
    Redis(RedisConfig),
}

/// Whether the headers of a proxy are trusted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Proxy {
    /// There is no proxy: a client that sends such headers made them up.
    None,
    /// A proxy sets them, and drops the headers that the client sent under these names.
    Trusted,
}

/// The configuration of a server.
#[derive(Debug, Clone)]
pub struct Config {
    /// Where to listen.
    pub listen: SocketAddr,
    /// Where to listen for programs that scrape metrics.
    pub metrics_listen: Option<SocketAddr>,
    /// Where boards are stored.
    pub storage: Storage,
    /// Where the pictures are, if they are not beside the boards.
    pub blob_place: Option<BlobPlace>,
    /// What the assistant asks, if there is a language model.
    pub assistant: Option<AssistantEndpoint>,
    /// Directory with fonts for exported files.
    pub font_dir: Option<PathBuf>,
    /// Directory with the built client.
    pub static_dir: PathBuf,
    /// Under which address people reach the server.
    pub public_url: Option<PublicUrl>,
    /// Foreign origins whose pages may connect.
    pub allow_origins: Vec<Origin>,
    /// Whether there is a proxy in front.
    pub proxy: Proxy,
    /// Boards that one address may make in an hour.
    pub boards_per_hour: NonZeroU32,
    /// WebSockets that are open at the same time.
    pub max_connections: NonZeroU32,
    /// What to log.
    pub log: LogFilter,
}

impl Config {
    /// Reads the command line, whose first item is the program's name, and the
    /// environment.
    ///
    /// # Errors
    /// [`Exit`]: there is something to print instead of a server to run.
    pub fn read(args: impl IntoIterator<Item = OsString>) -> Result<Self, Exit> {
        let args = args.into_iter().collect::<Vec<_>>();
        if let Some(option) = values::not_unicode(&args) {
            return Err(Exit::Usage(format!("{option} is not UTF-8")));
        }
        let args = Args::command()
            .mut_args(without_empty_variable)
            .try_get_matches_from(args)
            .and_then(|matches| Args::from_arg_matches(&matches))
            .map_err(|error| Exit::from(&error))?;
        Ok(Self {
            listen: args.listen,
            metrics_listen: args.metrics_listen,
            storage: match args.redis.checked().map_err(Exit::Usage)? {
                Some(redis) => Storage::Redis(redis),
                None => Storage::Embedded(args.data_dir),
            },
            blob_place: args.blobs.checked().map_err(Exit::Usage)?,
            assistant: args.assistant.checked().map_err(Exit::Usage)?,
            font_dir: args.font_dir,
            static_dir: args.static_dir,
            public_url: args.public_url,
            allow_origins: args.allow_origin,
            proxy: if args.trust_proxy {
                Proxy::Trusted
            } else {
                Proxy::None
            },
            boards_per_hour: args.boards_per_hour,
            max_connections: args.max_connections,
            log: args.log,
        })
    }

    /// The path below which people reach the server; empty for the root.
    #[must_use]
    pub fn base_path(&self) -> &str {
        self.public_url.as_ref().map_or("", PublicUrl::path)
    }

    /// The default configuration with this storage,
    /// listening on a free port of the loopback interface.
    #[must_use]
    pub fn local(storage: Storage) -> Self {
        Self {
            listen: SocketAddr::from(([127, 0, 0, 1], 0)),
            metrics_listen: None,
            storage,
            blob_place: None,
            assistant: None,
            font_dir: None,
            static_dir: PathBuf::from("dist"),
            public_url: None,
            allow_origins: Vec::new(),
            proxy: Proxy::None,
            boards_per_hour: NonZeroU32::MAX,
            max_connections: DEFAULT_MAX_CONNECTIONS,
            log: LogFilter::default_level(),
        }
    }
}

/// An option whose variable in the environment is empty, as if the variable were not set. Files for
/// containers often pass on all variables, whether they have a value or not.
fn without_empty_variable(option: Arg) -> Arg {
    let value = option.get_env().and_then(std::env::var_os);
    if value.is_some_and(|value| value.is_empty()) {
        option.env(Resettable::Reset)
    } else {
        option
    }
}

/// Why the program prints something and exits.
#[derive(Debug, PartialEq, Eq)]
pub enum Exit {
    /// The help or version text that was asked for.
    Help(String),
    /// An option is wrong: one line that names it.
    Usage(String),
}

impl From<&clap::Error> for Exit {
    fn from(error: &clap::Error) -> Self {
        let text = error.to_string();
        if matches!(
            error.kind(),
            ErrorKind::DisplayHelp | ErrorKind::DisplayVersion
        ) {
            return Self::Help(text);
        }
        let line = without_passwords(&message(&text));
        Self::Usage(shortened(&line))
    }
}

/// What clap appends to a message, from the last part to the first.
const APPENDED: [&str; 3] = [
    "\n\nFor more information",
    "\n\nUsage: commonslate ",
    "\n\n  tip: ",
];

/// The message in a text of clap, in one line. A wrong value in it may have several.
fn message(text: &str) -> String {
    let message = APPENDED.iter().fold(text, |text, part| {
        text.rsplit_once(part).map_or(text, |(before, _)| before)
    });
    let message = message.trim_start_matches("error: ").trim_end();
    message.replace(char::is_control, " ")
}

/// The longest line about a wrong option, in characters: it repeats the value.
const MAX_LINE_CHARS: usize = 500;

/// A line without its middle, if it is too long.
fn shortened(line: &str) -> String {
    let chars = line.chars().count();
    if chars <= MAX_LINE_CHARS {
        return line.to_owned();
    }
    let half = MAX_LINE_CHARS / 2;
    let begin = line.chars().take(half);
    let end = line.chars().skip(chars - half);
    begin.chain("…".chars()).chain(end).collect()
}

/// Replaces user and password of each address in a line: an address of Redis may have been given to
/// another option, or to none.
fn without_passwords(line: &str) -> String {
    let mut parts = line.split("://");
    let mut shown = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let end = part.find([' ', '\'']).unwrap_or(part.len());
        let (address, rest) = part.split_at_checked(end).unwrap_or((part, ""));
        let host = address.rsplit_once('@').map_or(address, |(_, host)| host);
        shown.push_str("://");
        shown.push_str(host);
        shown.push_str(rest);
    }
    shown
}
