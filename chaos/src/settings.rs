//! What a run is asked to do.

use std::path::{Path, PathBuf};
use std::time::Duration;

use testkit::redis::Version;

/// What a case gets.
#[derive(Debug, Clone)]
pub struct Settings {
    /// Everything random comes from it, but for the scheduling of processes.
    pub seed: u64,
    /// How long faults go on; `None` for the length of a test.
    pub length: Option<Duration>,
    /// Which Redis.
    pub redis: Version,
    /// The program of the servers.
    pub program: PathBuf,
    /// Pages in a browser, in the cases behind proxies.
    pub pages: usize,
    /// More variables of the environment of each server, by its number.
    pub environments: Vec<Vec<(String, String)>>,
    /// Protections that are switched off: names of the server's, or `outbox` or `watchdog` or
    /// `jitter` of the clients.
    pub without: Vec<&'static str>,
}

impl Settings {
    /// A short run with all protections.
    #[must_use]
    pub fn short(program: &Path, seed: u64) -> Self {
        Self {
            seed,
            length: None,
            redis: Version::Seven,
            program: program.to_owned(),
            pages: 0,
            environments: Vec::new(),
            without: Vec::new(),
        }
    }

    /// Switches protections off.
    #[must_use]
    pub fn without(self, without: &[&'static str]) -> Self {
        Self {
            without: without.to_vec(),
            ..self
        }
    }

    /// How long faults go on, if the case has no wish of its own beyond `short`.
    #[must_use]
    pub fn length_or(&self, short: Duration) -> Duration {
        self.length.unwrap_or(short)
    }

    pub(crate) fn has(&self, protection: &str) -> bool {
        self.without.iter().all(|off| *off != protection)
    }

    /// Whether this is a run of the tests.
    pub(crate) const fn is_short(&self) -> bool {
        self.length.is_none()
    }
}
