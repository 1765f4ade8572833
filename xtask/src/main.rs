//! Builds, runs and checks the workspace: `cargo xtask <command>`.

mod cargo;
mod cli;
mod client;
mod commands;
mod component_tests;
mod nextest;
mod report;
mod tidy;
mod tools;
mod workspace;

use clap::Parser as _;
use std::process::ExitCode;

fn main() -> ExitCode {
    let outcome = commands::dispatch(cli::Cli::parse().command);
    if let Err(error) = &outcome {
        eprintln!("error: {error:#}");
    }
    ExitCode::from(u8::from(outcome.is_err()))
}
