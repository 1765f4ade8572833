//! Log lines on standard error.
//!
//! Secrets, client keys, the contents of boards, names and titles must never be logged. A board is
//! named by its [`Tag`].

use std::fmt;
use std::io::IsTerminal as _;

use sha2::{Digest as _, Sha256};
use shared::id::BoardId;
use tracing_subscriber::EnvFilter;

use crate::config::LogFilter;

/// Libraries that log messages and commands, some of them only at TRACE, which may hold secrets. They
/// are limited to these levels under every filter.
const QUIET: [&str; 8] = [
    "tungstenite=info",
    "tokio_tungstenite=info",
    "hyper=info",
    "hyper_util=info",
    "redis=info",
    "leptos=warn",
    "rmcp=error",
    // It logs the answers of the endpoint, which repeat what is on the board.
    "async_openai=off",
];

/// Starts logging. The first call of a process counts.
pub fn start(filter: &LogFilter) {
    let base = EnvFilter::try_new(filter.as_str()).unwrap_or_else(|_| EnvFilter::new("info"));
    let filter = QUIET
        .iter()
        .filter_map(|quiet| quiet.parse().ok())
        .fold(base, |filter, quiet| filter.add_directive(quiet));
    let started = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr)
        .with_ansi(std::io::stderr().is_terminal())
        .try_init();
    if started.is_err() {
        tracing::debug!("logging was started before");
    }
}

/// The name of a board in logs. Each board has one, and it does not reveal the board's id.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Tag([u8; 4]);

impl From<BoardId> for Tag {
    fn from(board: BoardId) -> Self {
        let digest: [u8; 32] = Sha256::digest(board.as_bytes()).into();
        let [a, b, c, d, ..] = digest;
        Self([a, b, c, d])
    }
}

impl fmt::Display for Tag {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl fmt::Debug for Tag {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}
