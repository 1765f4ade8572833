//! The load generator: scripted people who draw at human rates on real servers.
//!
//! Layout: `options` the command line, `hand` what a person draws and when,
//! `bot` one person on a WebSocket, `place` the servers, `cpu` the time that they use,
//! `scenario` one run, `figures` what was measured. Every bot is a real `Replica`, so
//! whatever it counts as delivered has been applied to a board.
//!
//! It knows servers from outside only: their program, HTTP and WebSocket.

mod bot;
mod cpu;
mod figures;
mod hand;
mod options;
mod place;
mod scenario;

use std::process::ExitCode;

use anyhow::Result;
use clap::Parser as _;

use options::Options;

fn main() -> ExitCode {
    match run(&Options::parse()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            say(&format!("bench: {error:#}"));
            ExitCode::FAILURE
        }
    }
}

fn run(options: &Options) -> Result<()> {
    let runtime = tokio::runtime::Runtime::new()?;
    runtime.block_on(scenario::run_all(options))
}

/// Prints one line.
#[expect(clippy::print_stdout, reason = "figures are for reading")]
pub(crate) fn say(line: &str) {
    println!("{line}");
}
