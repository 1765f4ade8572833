//! The load generator: scripted bots that draw at human rates on real servers.
//!
//! Layout: `options` is the command line; `scenario` lists the scenarios, `run` runs one; `plan`
//! is what a bot draws and when, `bot` carries it out; `servers` starts the servers, `cpu`
//! measures them; `figures` are the results, `losses` checks them, `output` prints. Every bot runs
//! the driver of the real client, so every delivery that it counts has been applied to a board.

mod bot;
mod cpu;
mod figures;
mod losses;
mod options;
mod output;
mod plan;
mod run;
mod scenario;
mod servers;

use std::process::ExitCode;

use anyhow::Result;
use clap::Parser as _;

use options::Options;
use output::say;

fn main() -> ExitCode {
    match run_all(&Options::parse()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            say(&format!("bench: {error:#}"));
            ExitCode::FAILURE
        }
    }
}

fn run_all(options: &Options) -> Result<()> {
    let runtime = tokio::runtime::Runtime::new()?;
    runtime.block_on(scenario::run_all(options))
}
