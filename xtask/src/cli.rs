//! The command line of `cargo xtask`: names and help texts.

use clap::{Parser, Subcommand};

/// The chores of the Commonslate repository.
///
/// Everything that is missing (wasm target, Trunk, wasm-bindgen, wasm-opt, and for the
/// tests cargo-nextest, cargo-deny, Chromium and two Redis servers) is installed when it is
/// first needed, each step saying what it does; tools go into `.tools/` in the repository.
#[derive(Debug, Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask")]
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
    /// seconds when nothing changed.
    Run {
        /// Address to listen on; the server's own default is 127.0.0.1:3000.
        #[arg(long, value_name = "ADDRESS:PORT")]
        listen: Option<String>,
        /// Use an optimised server (a longer first build).
        #[arg(long)]
        release: bool,
        /// Arguments for the server, after `--`; see `cargo xtask run -- --help`.
        #[arg(last = true, value_name = "SERVER ARGS")]
        server: Vec<String>,
    },
    /// Build what is shipped: `dist/` (optimised, precompressed) and `target/release/commonslate`.
    Build,
    /// Develop: `trunk serve` with live reload at port 8080 and the server behind it at port 3000.
    Dev {
        /// Port of the page with live reload.
        #[arg(long, default_value_t = 8080)]
        port: u16,
        /// Open the page in the browser.
        #[arg(long)]
        open: bool,
        /// Arguments for the server, after `--`; Trunk looks for it at 127.0.0.1:3000.
        #[arg(last = true, value_name = "SERVER ARGS")]
        server: Vec<String>,
    },
    /// Check and test everything, in order, with timings: what CI runs.
    Test {
        /// Leave out the client build and the browser tests.
        #[arg(long)]
        skip_e2e: bool,
    },
    /// Check the house rules: lengths of files, arrows between folders and crates.
    Tidy,
    /// Print the cycles between folders and between files of each crate.
    Cycles,
    /// Drive real Chromium pages against real servers.
    E2e {
        /// Run only tests whose name contains this.
        filter: Option<String>,
    },
    /// Run the load generator and the benchmarks.
    Bench {
        /// Instead: measure how soon one can draw on a new page, beside Excalidraw, which npm fetches.
        #[arg(long, conflicts_with = "filter")]
        page_load: bool,
        /// Run only benchmarks whose name contains this.
        filter: Option<String>,
        /// Arguments for the load generator, after `--`; with them only the generator runs. With
        /// --page-load: the number of loads, and a part of the name of the conditions to measure.
        #[arg(last = true, value_name = "GENERATOR ARGS")]
        generator: Vec<String>,
    },
    /// Take pictures of every state, on both screens and in both themes.
    ///
    /// Those that the documents show go into `docs/screenshots`, the rest into `target/screenshots`.
    Screenshots {
        /// Take only those whose name contains this.
        filter: Option<String>,
    },
    /// Install the tools and print where each is.
    Tools {
        /// Only say what is there and what is missing.
        #[arg(long)]
        check: bool,
    },
    /// Bundle the style sheets; Trunk calls this.
    #[command(hide = true)]
    BeforeBuild,
    /// Make the files of a release build small; Trunk calls this.
    #[command(hide = true)]
    AfterBuild,
}

#[test]
fn the_command_line_is_consistent() {
    use clap::CommandFactory as _;
    Cli::command().debug_assert();
}
