//! Runs tests by cargo-nextest, with the profiles of `.config/nextest.toml`, and counts them.

use crate::report::Tally;
use crate::tools::{self, Environment};
use crate::workspace;
use anyhow::{Context as _, Result};
use xshell::cmd;

/// Builds and runs tests. After a failed test the others are run all the same.
pub(crate) fn run(profile: &str, selection: &[String], environment: Environment) -> Result<Tally> {
    let shell = workspace::shell()?;
    // Nextest writes below `target` in the repository, whatever CARGO_TARGET_DIR says.
    let counts = format!("target/nextest/{profile}/junit.xml");
    // The counts of an earlier run must not be read if this one writes none.
    shell.remove_path(&counts)?;
    let nextest = tools::named("cargo-nextest")?.ensure()?;
    let command = cmd!(shell, "{nextest} nextest run -P {profile} {selection...}");
    let outcome = command.envs(environment).run();
    let tally = shell.read_file(&counts).ok();
    let tally = tally.map(|it| counted(&it).context("the counts of nextest cannot be read"));
    match tally.transpose()?.unwrap_or_default() {
        tally @ Tally { failed: 1.., .. } => Ok(tally),
        tally => Ok(outcome.map(|()| tally)?),
    }
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
fn the_counts_of_junit_are_read() {
    let junit = "<?xml version=\"1.0\"?>\n<testsuites name=\"a\" tests=\"5\" failures=\"1\" \
                 errors=\"1\" uuid=\"x\">\n<testsuite name=\"a\" tests=\"9\">";
    let (passed, failed) = (3, 2);
    assert_eq!(counted(junit), Some(Tally { passed, failed }));
}
