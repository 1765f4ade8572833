//! One module a command; each reads as the list of what the command does.

mod bench;
mod build;
mod dev;
mod e2e;
mod page_load;
mod run;
mod screenshots;
mod test;
mod tidy;
mod tools;

use crate::cli::Command;
use anyhow::Result;

/// Runs a command.
///
/// # Errors
/// The command failed; the message says at what.
pub(crate) fn dispatch(command: Command) -> Result<()> {
    match command {
        Command::Run(args) => run::run(&args),
        Command::Build => build::run(),
        Command::Dev(args) => dev::run(&args),
        Command::Test(args) => test::run(&args),
        Command::Tidy => tidy::run(),
        Command::E2e(args) => e2e::run(&args),
        Command::Bench(args) => bench::run(&args),
        Command::Screenshots => screenshots::run(),
        Command::Tools(args) => tools::run(&args),
    }
}
