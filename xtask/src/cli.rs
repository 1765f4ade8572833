//! The command line of `cargo xtask`: names and help texts.

use clap::{Parser, Subcommand};

/// Builds, runs and checks Commonslate.
///
/// A command installs the tools that it needs and does not find, and prints each step: parts of
/// the Rust toolchain by rustup, Chromium, chromedriver, Redis and proxies by apt, all others into
/// `.tools/` in the repository. `cargo xtask tools --check` lists them.
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
    /// Build for deployment: `dist/` (optimised, precompressed) and `target/release/commonslate`.
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
    /// Run all checks and tests, as CI does, and print the time of each step.
    Test {
        /// Leave out everything that needs a browser, and the build of the client.
        #[arg(long)]
        skip_e2e: bool,
    },
    /// Check the house rules: lengths of files, module docs, dependencies of crates and folders.
    Tidy,
    /// Print the import cycles between folders and between files of each crate.
    Cycles,
    /// Run the browser tests: Chromium pages against real servers.
    E2e {
        /// Run only tests whose name contains this.
        filter: Option<String>,
    },
    /// Run the load generator and the benchmarks.
    Bench {
        /// Instead, measure the time from opening a page until one can draw, also for Excalidraw.
        #[arg(long, conflicts_with = "filter")]
        page_load: bool,
        /// Instead, measure what the server costs beside two relays, in less than five minutes, and fail
        /// if that is more than a quarter worse than accepted. docs/performance.md explains it.
        #[arg(long, conflicts_with = "page_load")]
        quick: bool,
        /// Instead, measure opening, moving, selecting and drawing on boards of many strokes, beside a
        /// page that only draws them. docs/performance.md explains it.
        #[arg(long, conflicts_with_all = ["filter", "page_load", "quick"])]
        client: bool,
        /// Run only benchmarks whose name contains this.
        filter: Option<String>,
        /// Arguments for the load generator, after `--`; with them only the generator runs. With
        /// --page-load: the number of loads, and a part of the name of the conditions to measure. With
        /// --client: the number of rounds, a part of the name of the rows to measure, and `--strokes` with
        /// the sizes of the boards.
        #[arg(last = true, value_name = "GENERATOR ARGS")]
        generator: Vec<String>,
    },
    /// Make servers, Redis and networks fail under load, and check what was promised.
    Chaos {
        /// Cases, --seed, --minutes, --without; see `cargo xtask chaos -- --help`.
        #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
        arguments: Vec<String>,
    },
    /// Fuzz everything that reads bytes from outside.
    Fuzz {
        /// Targets, --seconds, --minutes, --jobs, --minimise; see `cargo xtask fuzz -- --help`.
        #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
        arguments: Vec<String>,
    },
    /// Take pictures of every state, on a desktop and a phone, in both themes.
    ///
    /// Pictures that the documents show go into `docs/screenshots`, others into `target/screenshots`.
    Screenshots {
        /// Take only pictures whose name contains this.
        filter: Option<String>,
    },
    /// Install the tools and print where each is.
    Tools {
        /// Only list the tools and say which are missing.
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
