//! Runs targets for a while, several at a time.

use std::fs::{self, File};
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::Mutex;
use std::thread;
use std::time::Duration;

use anyhow::{Context as _, Result};

use crate::folders::Folders;
use crate::outcome::{Failure, Outcome};
use crate::table::line;

/// Bytes of an input.
pub(crate) const MAX_INPUT_BYTES: usize = 4096;
/// Seconds that one input may take. A healthy one takes some milliseconds, on a busy machine too.
const INPUT_SECONDS: u64 = 25;
/// Memory of one target, in MiB. A healthy one takes less than 200.
const MEMORY_MIB: u32 = 1024;

/// How long a target runs, and which files stay.
#[derive(Debug)]
pub(crate) struct Plan {
    /// The time of each target.
    pub(crate) each: Duration,
    /// Whether inputs that were found are kept for the next run.
    pub(crate) keeps_found: bool,
    /// Targets that run at the same time.
    pub(crate) jobs: usize,
}

/// Runs all targets. One that fails stops no other.
pub(crate) fn all(folders: &Folders, targets: &[String], plan: &Plan) -> Result<Vec<Outcome>> {
    let waiting = Mutex::new(targets.iter());
    let next = || waiting.lock().ok().and_then(|mut waiting| waiting.next());
    let work = || -> Result<Vec<Outcome>> {
        let each = std::iter::from_fn(next);
        each.map(|target| one(folders, target, plan)).collect()
    };
    let mut outcomes: Vec<Outcome> = thread::scope(|scope| {
        let threads: Vec<_> = (0..plan.jobs).map(|_| scope.spawn(work)).collect();
        let ended = threads.into_iter().map(|thread| thread.join());
        ended
            .map(|outcome| outcome.ok().context("a thread panicked")?)
            .collect::<Result<Vec<_>>>()
    })?
    .concat();
    outcomes.sort_by_key(|it| targets.iter().position(|name| *name == it.target));
    Ok(outcomes)
}

fn one(folders: &Folders, target: &str, plan: &Plan) -> Result<Outcome> {
    let results = folders.results(target);
    let (found, failed) = (results.join("found"), results.join("failed"));
    if !plan.keeps_found && found.exists() {
        fs::remove_dir_all(&found)?;
    }
    fs::create_dir_all(&found)?;
    fs::create_dir_all(&failed)?;
    let log = results.join("log.txt");
    let mut command = Command::new(folders.program(target));
    command
        .args([&found, &folders.corpus(target)])
        .arg(format!("-max_total_time={}", plan.each.as_secs().max(1)))
        .arg(format!("-max_len={MAX_INPUT_BYTES}"))
        .arg(format!("-timeout={INPUT_SECONDS}"))
        .arg(format!("-rss_limit_mb={MEMORY_MIB}"))
        .arg(format!("-artifact_prefix={}/", failed.display()))
        .args(["-print_final_stats=1", "-reload=0"])
        .env("RUST_BACKTRACE", "1")
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(File::create(&log)?);
    if let Some(dictionary) = folders.dictionary(target) {
        command.arg(format!("-dict={}", dictionary.display()));
    }
    let status = command
        .status()
        .with_context(|| format!("cannot run {target}"))?;
    let text = String::from_utf8_lossy(&fs::read(&log)?).into_owned();
    let mut outcome = Outcome::read(target, &text);
    if !status.success() {
        outcome.failure = Some(report(folders, target, &text, &log));
    }
    Ok(outcome)
}

/// Says what failed, where the input is, and how to repeat it.
fn report(folders: &Folders, target: &str, text: &str, log: &Path) -> Failure {
    let failure = Failure::read(text);
    let program = folders.program(target);
    line(&format!("FAILED: {target}: {}", failure.cause));
    match &failure.input {
        Some(input) => line(&format!("  repeat it: {} {input}", program.display())),
        None => line("  no input was saved"),
    }
    line(&format!("  log: {}", log.display()));
    line(&format!(
        "  when it is mended, keep the input in fuzz/regressions/{target}"
    ));
    failure
}
