//! The program around a server: options, logging, signals, exit codes.

use std::ffi::OsString;
use std::process::ExitCode;

use anyhow::{Context as _, Result};
use tokio::signal::unix::{Signal, SignalKind, signal};

use crate::app::{bind, run as run_server};
use crate::config::{Config, Exit};
use crate::telemetry;

/// Exit code when the server could not start.
const FAILED: u8 = 1;
/// Exit code when an option is wrong, as usual for command lines.
const USAGE: u8 = 2;
/// Exit code when a second signal ended the program at once.
const INTERRUPTED: i32 = 130;

/// Runs the program on its command line.
#[must_use]
#[expect(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "the program talks to its user"
)]
pub fn run(args: impl IntoIterator<Item = OsString>) -> ExitCode {
    let config = match Config::read(args) {
        Ok(config) => config,
        Err(Exit::Help(text)) => {
            print!("{text}");
            return ExitCode::SUCCESS;
        }
        Err(Exit::Usage(line)) => {
            eprintln!("commonslate: {line}");
            return ExitCode::from(USAGE);
        }
    };
    telemetry::start(&config.log);
    match start(config) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("commonslate: {error:#}");
            ExitCode::from(FAILED)
        }
    }
}

fn start(config: Config) -> Result<()> {
    let runtime = tokio::runtime::Runtime::new().context("cannot start threads")?;
    runtime.block_on(async {
        let signals = Signals::listen().context("cannot listen for signals")?;
        survive_file_size_limit().context("cannot listen for signals")?;
        let listener = bind(config.listen).await?;
        run_server(listener, config, signals.first()).await?;
        Ok(())
    })
}

/// A write beyond the limit of the size of files is an error for the store, which waits until it can
/// write again. Without a handler of its signal it would end the program.
fn survive_file_size_limit() -> std::io::Result<()> {
    let exceeded = SignalKind::from_raw(rustix::process::Signal::XFSZ.as_raw());
    // The handler stays when this is dropped.
    signal(exceeded).map(drop)
}

/// Ctrl-C and SIGTERM.
struct Signals {
    interrupt: Signal,
    terminate: Signal,
}

impl Signals {
    fn listen() -> std::io::Result<Self> {
        Ok(Self {
            interrupt: signal(SignalKind::interrupt())?,
            terminate: signal(SignalKind::terminate())?,
        })
    }

    async fn next(&mut self) {
        tokio::select! {
            _ = self.interrupt.recv() => {}
            _ = self.terminate.recv() => {}
        }
    }

    /// Waits for the first signal. The second one ends the process at once.
    async fn first(mut self) {
        self.next().await;
        // Ends with the process, one way or the other.
        tokio::spawn(async move {
            self.next().await;
            std::process::exit(INTERRUPTED);
        });
    }
}
