//! How many servers many people need: a model of the capacity, and a simulation that checks the numbers
//! of messages that the model predicts.
//!
//! `people` says who is on which board and does what, `tally` has the kinds of messages. `model`
//! predicts, `simulation` runs real rooms and drivers in virtual time, and `check` compares. `report`
//! runs what the command line asks for and prints. `docs/scale.md` explains all that.

mod check;
mod model;
mod options;
mod output;
mod people;
mod report;
mod simulation;
mod tables;
mod tally;

use std::process::ExitCode;

use clap::Parser as _;

use options::Options;

fn main() -> ExitCode {
    match report::run(&Options::parse()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            output::say(&format!("scale: {error:#}"));
            ExitCode::FAILURE
        }
    }
}
