//! The chores of the repository: `cargo xtask <command>`.
//!
//! Knows how the workspace is built, run and checked. Must not know anything
//! about boards: nothing here is part of the product.

mod cli;
mod client;
mod commands;
mod excalidraw;
mod files;
mod native;
mod process;
mod report;
mod tidy;
mod tools;
mod workspace;

use clap::Parser as _;
use std::process::ExitCode;

fn main() -> ExitCode {
    let cli = cli::Cli::parse();
    match commands::dispatch(cli.command) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            report::error(&format!("{error:#}"));
            ExitCode::FAILURE
        }
    }
}
