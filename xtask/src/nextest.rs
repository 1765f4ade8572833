//! Running tests by cargo-nextest, with the profiles of `.config/nextest.toml`, and counting
//! what passed.

use crate::tools::{self, Environment};
use crate::{process, report, workspace};
use anyhow::{Context as _, Result, ensure};

/// How many tests passed and failed; a failed step that is no test counts as a failed test.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Tally {
    passed: u64,
    failed: u64,
}

impl Tally {
    /// Adds the outcome of a step that ran tests.
    pub(crate) fn add(&mut self, outcome: Result<Self>) {
        let (passed, failed) = outcome.map_or((0, 1), |it| (it.passed, it.failed));
        self.passed += passed;
        self.failed += failed;
    }

    /// Adds the outcome of another step.
    pub(crate) fn step(&mut self, outcome: Result<()>) {
        self.add(outcome.map(|()| Self::default()));
    }

    /// Prints the line that sums up the run.
    pub(crate) fn finish(self) -> Result<()> {
        let Self { passed, failed } = self;
        report::line(&format!("\n{passed} passed, {failed} failed"));
        ensure!(failed == 0, "{failed} tests or steps failed");
        Ok(())
    }
}

/// Builds and runs tests; a failed test does not keep the others from being run.
pub(crate) fn run(profile: &str, selection: &[String], environment: Environment) -> Result<Tally> {
    // Nextest writes below `target` in the repository, whatever CARGO_TARGET_DIR says.
    let folder = workspace::root().join("target/nextest").join(profile);
    let counts = folder.join("junit.xml");
    // What an earlier run left must not be counted if this one writes nothing.
    drop(std::fs::remove_file(&counts));
    let mut command = process::command(tools::named("cargo-nextest")?.ensure()?);
    command.args(["nextest", "run", "--profile", profile]);
    let outcome = process::run(command.args(selection).envs(environment));
    let Ok(text) = std::fs::read_to_string(&counts) else {
        return outcome.map(|()| Tally::default());
    };
    let mut tally = counted(&text).context("the counts of nextest cannot be read")?;
    if tally.failed == 0 {
        tally.step(outcome);
    }
    Ok(tally)
}

/// Reads the head of JUnit's file: `<testsuites … tests="12" failures="1" errors="0" …>`.
fn counted(junit: &str) -> Option<Tally> {
    let head = junit.split_once("<testsuites")?.1.split_once('>')?.0;
    let number = |name: &str| -> Option<u64> {
        let value = head.split_once(&format!(" {name}=\""))?.1;
        value.split_once('"')?.0.parse().ok()
    };
    let failed = number("failures")? + number("errors")?;
    let passed = number("tests")?.checked_sub(failed)?;
    Some(Tally { passed, failed })
}

#[test]
fn tests_and_failed_steps_are_counted() {
    let junit = "<?xml version=\"1.0\"?>\n<testsuites name=\"a\" tests=\"5\" failures=\"1\" \
                 errors=\"1\" uuid=\"x\">\n<testsuite name=\"a\" tests=\"9\">";
    let mut tally = Tally::default();
    tally.add(counted(junit).context("unread"));
    tally.add(Err(anyhow::anyhow!("does not compile")));
    tally.step(Err(anyhow::anyhow!("not formatted")));
    tally.step(Ok(()));
    assert_eq!((tally.passed, tally.failed), (3, 4));
    assert!(tally.finish().is_err() && Tally::default().finish().is_ok());
}
