//! The chores of the repository: `cargo xtask <command>`.
//!
//! Knows how the workspace is built, run and checked. Must not know anything
//! about boards: nothing here is part of the product.

mod cargo;
mod cli;
mod client;
mod commands;
mod nextest;
mod process;
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
