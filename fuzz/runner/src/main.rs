//! Builds and runs the fuzz targets (`cargo xtask fuzz`), and prints what they reached.

mod folders;
mod minimise;
mod outcome;
mod programs;
mod run;
mod table;

use std::num::NonZeroUsize;
use std::process::ExitCode;
use std::thread::available_parallelism;
use std::time::Duration;

use anyhow::{Result, bail, ensure};
use clap::Parser;

use folders::Folders;

/// Fuzzes everything that reads bytes from outside.
#[derive(Debug, Parser)]
#[command(name = "cargo xtask fuzz", bin_name = "cargo xtask fuzz --")]
struct Options {
    /// Seconds for each target.
    #[arg(long, default_value_t = 10)]
    seconds: u64,
    /// Minutes of fuzzing in all, divided among the targets. Inputs that were found in earlier runs are
    /// used and kept in target/fuzz.
    #[arg(long, conflicts_with = "seconds")]
    minutes: Option<u64>,
    /// Targets that run at the same time; as many as there are cores without this option.
    #[arg(long)]
    jobs: Option<NonZeroUsize>,
    /// Instead of fuzzing, add what was found to the kept inputs, and drop those that reach nothing more.
    #[arg(long)]
    minimise: bool,
    /// The targets; all without this.
    targets: Vec<String>,
}

fn main() -> ExitCode {
    let outcome = fuzz(&Options::parse());
    if let Err(error) = &outcome {
        eprintln!("error: {error:#}");
    }
    ExitCode::from(u8::from(outcome.is_err()))
}

fn fuzz(options: &Options) -> Result<()> {
    let folders = Folders::of_repository()?;
    let mut targets = programs::all(&folders)?;
    if let Some(unknown) = options.targets.iter().find(|it| !targets.contains(it)) {
        bail!(
            "there is no target {unknown}; there are {}",
            targets.join(", ")
        );
    }
    targets.retain(|it| options.targets.is_empty() || options.targets.contains(it));
    programs::build(&folders, &targets)?;
    if options.minimise {
        return targets
            .iter()
            .try_for_each(|it| minimise::minimise(&folders, it));
    }
    let jobs = options.jobs.or_else(|| available_parallelism().ok());
    let jobs = jobs.map_or(1, NonZeroUsize::get);
    let plan = run::Plan {
        each: match options.minutes {
            Some(minutes) => Duration::from_secs(minutes * 60) / u32::try_from(targets.len())?,
            None => Duration::from_secs(options.seconds),
        },
        keeps_found: options.minutes.is_some(),
        jobs,
    };
    let outcomes = run::all(&folders, &targets, &plan)?;
    table::print(&outcomes);
    let failed = outcomes.iter().filter(|it| it.failure.is_some()).count();
    ensure!(failed == 0, "{failed} targets failed");
    Ok(())
}
