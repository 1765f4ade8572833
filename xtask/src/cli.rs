//! The command line of `cargo xtask`. Knows names and help texts, and nothing of what they do.

use clap::{Args, Parser, Subcommand};

/// The chores of the Commonslate repository.
///
/// Everything that is missing (wasm target, Trunk, wasm-bindgen, wasm-opt, and for the
/// tests Chromium and two Redis servers) is installed when it is first needed, each step
/// saying what it does; tools go into `.tools/` inside the repository.
#[derive(Debug, Parser)]
#[command(
    name = "cargo xtask",
    bin_name = "cargo xtask",
    disable_help_subcommand = true
)]
pub(crate) struct Cli {
    /// What to do.
    #[command(subcommand)]
    pub(crate) command: Command,
}

/// All commands.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Build client and server and start the server on its embedded store.
    ///
    /// The first run installs the tools and compiles everything; later runs start within
    /// seconds, because the client is rebuilt only when one of its inputs changed.
    Run(RunArgs),
    /// Build what is shipped: `dist/` (optimised, precompressed) and `target/release/commonslate`.
    Build,
    /// Develop: `trunk serve` with live reload at port 8080 and the server behind it at port 3000.
    Dev(DevArgs),
    /// Check and test everything, in order, with timings: what CI runs.
    Test(TestArgs),
    /// Check the house rules: budgets, forbidden words, arrows, licences, links.
    Tidy,
    /// Drive real Chromium pages against real servers.
    E2e(FilterArgs),
    /// Run the load generator and the benchmarks.
    Bench(BenchArgs),
    /// Make the screenshots of the README.
    Screenshots,
    /// Install or explain the tools, and print where each was found.
    Tools(ToolsArgs),
}

/// Arguments of `run`.
#[derive(Debug, Args)]
pub(crate) struct RunArgs {
    /// Address to listen on; the server's own default is 127.0.0.1:3000.
    #[arg(long, value_name = "ADDRESS:PORT")]
    pub(crate) listen: Option<String>,
    /// Use an optimised server (a longer first build).
    #[arg(long)]
    pub(crate) release: bool,
    /// Arguments for the server, after `--`; see `cargo xtask run -- --help`.
    #[arg(last = true, value_name = "SERVER ARGS")]
    pub(crate) server: Vec<String>,
}

/// Arguments of `dev`.
#[derive(Debug, Args)]
pub(crate) struct DevArgs {
    /// Port of the page with live reload.
    #[arg(long, default_value_t = 8080)]
    pub(crate) port: u16,
    /// Open the page in the browser.
    #[arg(long)]
    pub(crate) open: bool,
    /// Arguments for the server, after `--`; it must stay at 127.0.0.1:3000, where Trunk looks for it.
    #[arg(last = true, value_name = "SERVER ARGS")]
    pub(crate) server: Vec<String>,
}

/// Arguments of `test`.
#[derive(Debug, Args)]
pub(crate) struct TestArgs {
    /// Leave out the client build and the browser tests.
    #[arg(long)]
    pub(crate) skip_e2e: bool,
}

/// Arguments of commands that take a filter.
#[derive(Debug, Args)]
pub(crate) struct FilterArgs {
    /// Run only tests whose name contains this.
    pub(crate) filter: Option<String>,
}

/// Arguments of `bench`.
#[derive(Debug, Args)]
pub(crate) struct BenchArgs {
    /// Instead: measure how soon one can draw on a new page, beside Excalidraw, which npm fetches.
    #[arg(long, conflicts_with = "filter")]
    pub(crate) page_load: bool,
    /// Run only benchmarks whose name contains this.
    pub(crate) filter: Option<String>,
    /// Arguments for the load generator, after `--`; with them only the generator runs. With
    /// --page-load: the number of loads, and a part of the name of the conditions to measure.
    #[arg(last = true, value_name = "GENERATOR ARGS")]
    pub(crate) generator: Vec<String>,
}

/// Arguments of `tools`.
#[derive(Debug, Args)]
pub(crate) struct ToolsArgs {
    /// Only say what is there and what is missing.
    #[arg(long)]
    pub(crate) check: bool,
}

#[cfg(test)]
mod tests {
    use super::{Cli, Command};
    use clap::{CommandFactory as _, Parser as _};

    #[test]
    fn the_command_line_is_consistent() {
        Cli::command().debug_assert();
    }

    #[test]
    fn every_command_and_flag_has_a_help_text() {
        for command in Cli::command().get_subcommands() {
            assert!(
                command.get_about().is_some(),
                "{} has no help",
                command.get_name()
            );
            for argument in command.get_arguments() {
                assert!(
                    argument.get_help().is_some(),
                    "{} has no help",
                    argument.get_id()
                );
            }
        }
    }

    #[test]
    fn server_arguments_stand_after_the_dashes() {
        let cli = Cli::try_parse_from(["x", "run", "--listen", "[::1]:0", "--", "--data-dir", "d"]);
        let Ok(Cli {
            command: Command::Run(args),
        }) = cli
        else {
            panic!("run was not parsed")
        };
        assert_eq!(args.listen.as_deref(), Some("[::1]:0"));
        assert_eq!(args.server, ["--data-dir", "d"]);
    }
}
