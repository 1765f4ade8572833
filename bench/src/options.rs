//! The command line: names and defaults.

use std::ops::Range;
use std::path::PathBuf;
use std::time::Duration;

use clap::Parser;

use crate::relay::Kind;

/// Draws on Commonslate servers as people do, and measures how soon others receive it.
///
/// Without --url and --redis-url it runs a list of scenarios on servers that it starts (the program
/// named by COMMONSLATE_BIN); `cargo xtask bench` does that.
#[derive(Debug, Parser)]
#[command(name = "bench", bin_name = "cargo xtask bench --")]
pub(crate) struct Options {
    /// Run only scenarios whose name contains this.
    pub(crate) filter: Option<String>,
    /// Instead, measure how long acks take on one board, alone and while clients of two other boards
    /// send the most expensive commits that they may.
    #[arg(long, conflicts_with_all = ["filter", "redis_url", "bots", "boards"])]
    pub(crate) fairness: bool,
    /// Instead, measure the memory of a server while 200 clients join a full board and read nothing.
    #[arg(long, conflicts_with_all = ["filter", "fairness", "url", "redis_url", "bots", "boards"])]
    pub(crate) joiners: bool,
    /// Instead, export a board of 100,000 strokes in each format, and measure the time, the memory of
    /// the server, and the acks of a client of another board.
    #[arg(long, conflicts_with_all = ["filter", "fairness", "joiners", "url", "redis_url", "bots", "boards"])]
    pub(crate) exports: bool,
    /// Instead, measure how soon people receive ink, in turn without and with 50 listeners and 20 agents
    /// on other boards.
    #[arg(long, conflicts_with_all = ["fairness", "joiners", "exports", "url"])]
    pub(crate) programs: bool,
    /// Instead, measure the table of the server, beside relays in the same run: what a delivery costs, the
    /// latency, and what silent people cost. A filter chooses among the groups full, fixed, latency and
    /// quiet. It takes half an hour.
    #[arg(long, conflicts_with_all = ["fairness", "joiners", "exports", "programs", "url", "redis_url"])]
    pub(crate) server: bool,
    /// As --server, in less than five minutes, and fail if a figure is worse by more than a quarter than
    /// the accepted one.
    #[arg(long, conflicts_with_all = ["server", "fairness", "joiners", "exports", "programs", "url", "redis_url"])]
    pub(crate) quick: bool,
    /// Instead, hold so many connections over several servers for --seconds (120 is a good choice), and
    /// measure memory, processor time, the time to join, and ink between two of them.
    #[arg(long, value_name = "COUNT", value_parser = clap::value_parser!(u32).range(10..=1_000_000))]
    pub(crate) connections: Option<u32>,
    /// Instead, let so many people look at one board on which one draws.
    #[arg(long, value_name = "COUNT", value_parser = clap::value_parser!(u32).range(1..=15_000))]
    pub(crate) viewers: Option<u32>,
    /// Hold the connections that a file names until the process is ended; the load generator starts it.
    #[arg(long, hide = true)]
    pub(crate) hold: Option<PathBuf>,
    /// Accept the figures of this run.
    #[arg(long)]
    pub(crate) accept: bool,
    /// Be a relay until the process is ended; the load generator starts it.
    #[arg(long, hide = true)]
    pub(crate) relay: Option<Kind>,
    /// Use this running server; repeat the option for several servers.
    #[arg(long, value_name = "URL")]
    pub(crate) url: Vec<String>,
    /// Start servers that store their boards in this Redis.
    #[arg(long, value_name = "URL", conflicts_with = "url")]
    pub(crate) redis_url: Option<String>,
    /// The number of servers to start with --redis-url.
    #[arg(
        long,
        value_name = "COUNT",
        conflicts_with = "url",
        requires = "redis_url"
    )]
    pub(crate) servers: Option<usize>,
    /// The number of bots, instead of that of each scenario.
    #[arg(long, value_name = "COUNT", value_parser = clap::value_parser!(u32).range(1..=5_000))]
    pub(crate) bots: Option<u32>,
    /// The number of boards, instead of that of each scenario.
    #[arg(long, value_name = "COUNT", value_parser = clap::value_parser!(u32).range(1..=5_000))]
    pub(crate) boards: Option<u32>,
    /// The measured time in seconds.
    #[arg(long, value_name = "SECONDS", default_value_t = 15, value_parser = clap::value_parser!(u32).range(1..=3_600))]
    pub(crate) seconds: u32,
    /// Seconds of drawing before the measured time.
    #[arg(long, value_name = "SECONDS", default_value_t = 3, value_parser = clap::value_parser!(u32).range(0..=600))]
    pub(crate) warm_up: u32,
    /// The seed of the bots' plans.
    #[arg(long, default_value_t = 1)]
    pub(crate) seed: u64,
}

impl Options {
    /// The measured time.
    pub(crate) fn span(&self) -> Duration {
        Duration::from_secs(self.seconds.into())
    }

    /// The measured time, counted from the beginning of a run.
    pub(crate) fn measured(&self) -> Range<Duration> {
        let warm_up = Duration::from_secs(self.warm_up.into());
        warm_up..warm_up + self.span()
    }
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory as _;

    use super::Options;

    #[test]
    fn the_command_line_is_consistent() {
        Options::command().debug_assert();
    }
}
