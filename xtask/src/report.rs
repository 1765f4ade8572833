//! Prints notes, warnings, and the steps of a command with their times.

use anyhow::{Result, ensure};
use std::io::Write as _;
use std::time::{Duration, Instant};

/// Prints one line to standard output. A closed pipe is no error.
pub(crate) fn line(text: &str) {
    let mut out = std::io::stdout().lock();
    drop(writeln!(out, "{text}").and_then(|()| out.flush()));
}

/// Prints the next action.
pub(crate) fn note(text: &str) {
    line(&format!("  -> {text}"));
}

/// Prints a problem that does not stop the command.
pub(crate) fn warning(text: &str) {
    line(&format!("warning: {text}"));
}

/// How many tests passed and failed.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Tally {
    pub(crate) passed: u64,
    pub(crate) failed: u64,
}

/// The steps of a longer command, each with its time, and the tests that they ran.
#[derive(Debug, Default)]
pub(crate) struct Steps {
    times: Vec<(&'static str, Duration)>,
    tally: Tally,
}

impl Steps {
    /// Runs one step under a heading. If it fails, the next steps are run all the same.
    pub(crate) fn step(&mut self, name: &'static str, work: impl FnOnce() -> Result<()>) {
        self.tests(name, || work().map(|()| Tally::default()));
    }

    /// Runs one step that runs tests. A step that fails counts as a failed test.
    pub(crate) fn tests(&mut self, name: &'static str, work: impl FnOnce() -> Result<Tally>) {
        line(&format!("\n=== {name} ==="));
        let began = Instant::now();
        let Tally { passed, failed } = work().unwrap_or_else(|error| {
            line(&format!("FAILED: {name}: {error:#}"));
            let (passed, failed) = (0, 1);
            Tally { passed, failed }
        });
        self.times.push((name, began.elapsed()));
        self.tally.passed += passed;
        self.tally.failed += failed;
    }

    /// Prints the times of all steps, in seconds, and the sum of the tests.
    pub(crate) fn finish(self) -> Result<()> {
        let sum = ("in all", self.times.iter().map(|(_, took)| *took).sum());
        for (name, took) in self.times.iter().chain([&sum]) {
            line(&format!("{:>8.1} s  {name}", took.as_secs_f64()));
        }
        let Tally { passed, failed } = self.tally;
        line(&format!("\n{passed} passed, {failed} failed"));
        ensure!(failed == 0, "{failed} tests or steps failed");
        Ok(())
    }
}

#[test]
fn tests_and_failed_steps_are_counted() {
    let mut steps = Steps::default();
    let (passed, failed) = (3, 2);
    steps.tests("tests", || Ok(Tally { passed, failed }));
    steps.step("compiling", || anyhow::bail!("does not compile"));
    steps.step("formatting", || Ok(()));
    assert_eq!((steps.tally.passed, steps.tally.failed), (3, 3));
    assert!(steps.finish().is_err() && Steps::default().finish().is_ok());
}
