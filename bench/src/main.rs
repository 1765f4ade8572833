//! The load generator: scripted bots that draw at human rates on real servers.
//!
//! Layout: `options` is the command line; `scenario` lists the scenarios, `run` runs one; `plan`
//! says what a bot draws and when, `bot` follows the plan, a `crowd` is many bots; `servers` starts the
//! servers, `cpu` measures them; `fairness` measures how much some boards delay another, `programs` how
//! much listeners and agents do, `joiners` the memory for clients that do not read, `exports` what
//! exports cost, `peer` is the client of these; `figures` holds the results, `losses` checks them,
//! `output` prints. Every bot runs the driver of the real client, so it applies everything that it
//! receives to a board.

mod bot;
mod buffers;
mod connections;
mod cores;
mod cpu;
mod crowd;
mod exports;
mod fairness;
mod figures;
mod frame;
mod joiners;
mod load;
mod losses;
mod options;
mod output;
mod peer;
mod plan;
mod programs;
mod relay;
mod run;
mod scenario;
mod servers;
mod table;

use std::process::ExitCode;

use anyhow::Result;
use clap::Parser as _;
use tokio::runtime::{Builder, Runtime};

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
    if let Some(kind) = options.relay {
        return relay::run(kind);
    }
    if let Some(file) = &options.hold {
        return connections::hold(file);
    }
    let is_pinned = options.connections.is_some() || options.viewers.is_some();
    if is_pinned || options.server || options.quick {
        return run_pinned(options);
    }
    let runtime = Runtime::new()?;
    if options.fairness {
        return runtime.block_on(fairness::run(options));
    }
    if options.exports {
        return runtime.block_on(exports::run());
    }
    if options.joiners {
        return runtime.block_on(joiners::run());
    }
    if options.programs {
        let polite = programs::polite_runtime()?;
        return runtime.block_on(programs::run(options, polite.handle()));
    }
    runtime.block_on(scenario::run_all(options))
}

/// Runs what says on which cores servers and the load generator run.
fn run_pinned(options: &Options) -> Result<()> {
    if options.connections.is_some() {
        cores::use_all();
    } else {
        cores::generate_here();
    }
    // Its thread stays on the core of the generator.
    let mut runtime = Builder::new_multi_thread();
    let runtime = runtime.worker_threads(1).enable_all().build()?;
    if let Some(count) = options.connections {
        return runtime.block_on(connections::run(count, options.span()));
    }
    if let Some(count) = options.viewers {
        return runtime.block_on(table::viewers(count));
    }
    runtime.block_on(table::run(options))
}
