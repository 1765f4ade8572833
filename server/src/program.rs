//! The program around a server: options, logging, signals, exit codes.

use std::ffi::OsString;
use std::process::ExitCode;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::time::Duration;

use anyhow::{Context as _, Result};
use signal_hook::consts::{SIGINT, SIGTERM};
use signal_hook::flag::{register, register_conditional_shutdown};
use tokio::signal::unix::{Signal, SignalKind, signal};

use crate::app::{Listeners, RunError, run as run_server};
use crate::config::{Config, Exit};
use crate::telemetry;

/// Exit code when the server could not start.
const FAILED: u8 = 1;
/// Exit code when an option is wrong, as usual for command lines.
const USAGE: u8 = 2;
/// Exit code when a second signal ended the program at once.
const INTERRUPTED: i32 = 130;
/// How long the program waits for blocking work when everything else has ended. What remains is of
/// no use to anybody: all commits are stored before.
const BLOCKING_LIMIT: Duration = Duration::from_secs(1);

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
    let ended = runtime.block_on(async {
        let mut signals = Signals::listen().context("cannot listen for signals")?;
        end_at_second_signal().context("cannot listen for signals")?;
        survive_file_size_limit().context("cannot listen for signals")?;
        let listeners = Listeners::bind(&config)
            .await
            .map_err(|error| in_full(&error))?;
        let running = run_server(listeners, config, signals.next());
        running.await.map_err(|error| in_full(&error))
    });
    runtime.shutdown_timeout(BLOCKING_LIMIT);
    ended
}

/// The error as it is printed: its text names the causes too, so that they are not printed again.
fn in_full(error: &RunError) -> anyhow::Error {
    anyhow::Error::msg(error.to_string())
}

/// Lets the second signal end the process at once, in the signal handler itself: it needs no thread
/// of the runtime, for all of them may be busy.
fn end_at_second_signal() -> std::io::Result<()> {
    let is_second = Arc::new(AtomicBool::new(false));
    for signal in [SIGINT, SIGTERM] {
        register_conditional_shutdown(signal, INTERRUPTED, Arc::clone(&is_second))?;
    }
    // Handlers run in the order in which they were registered.
    for signal in [SIGINT, SIGTERM] {
        register(signal, Arc::clone(&is_second))?;
    }
    Ok(())
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
}
