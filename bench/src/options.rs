//! The command line: names and defaults.

use clap::Parser;

/// Draws on Commonslate servers like people do, and measures how soon others see it.
///
/// Without a place to draw at, it starts servers of its own (the program named by
/// COMMONSLATE_BIN) and runs a list of scenarios; `cargo xtask bench` does that.
#[derive(Debug, Parser)]
#[command(name = "bench", bin_name = "cargo xtask bench --")]
pub(crate) struct Options {
    /// Run only scenarios whose name contains this.
    pub(crate) filter: Option<String>,
    /// Draw at this server, which is running already; given twice, at both.
    #[arg(long, value_name = "URL")]
    pub(crate) url: Vec<String>,
    /// Start servers that keep their boards in this Redis.
    #[arg(long, value_name = "URL", conflicts_with = "url")]
    pub(crate) redis_url: Option<String>,
    /// Servers to start; more than one needs --redis-url.
    #[arg(
        long,
        value_name = "COUNT",
        conflicts_with = "url",
        requires = "redis_url"
    )]
    pub(crate) servers: Option<usize>,
    /// People who draw; each scenario has a number of its own.
    #[arg(long, value_name = "COUNT", value_parser = clap::value_parser!(u32).range(1..=5_000))]
    pub(crate) bots: Option<u32>,
    /// Boards they are spread over; each scenario has a number of its own.
    #[arg(long, value_name = "COUNT", value_parser = clap::value_parser!(u32).range(1..=5_000))]
    pub(crate) boards: Option<u32>,
    /// Seconds that are measured.
    #[arg(long, value_name = "SECONDS", default_value_t = 15, value_parser = clap::value_parser!(u32).range(1..=3_600))]
    pub(crate) seconds: u32,
    /// Seconds of drawing before them that are not.
    #[arg(long, value_name = "SECONDS", default_value_t = 3, value_parser = clap::value_parser!(u32).range(0..=600))]
    pub(crate) warm_up: u32,
    /// Seed of what is drawn and when.
    #[arg(long, default_value_t = 1)]
    pub(crate) seed: u64,
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
