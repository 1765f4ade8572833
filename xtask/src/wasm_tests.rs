//! Runs the tests of components in a browser, by wasm-bindgen-test-runner, and counts them.

use crate::nextest::Tally;
use crate::{cargo, process, report, tools};
use anyhow::{Context as _, Result};
use std::process::Stdio;

/// Cargo starts test programs of the client's target with the program in this variable.
const RUNNER: &str = "CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUNNER";

/// Builds and runs the tests of the client that need a browser.
pub(crate) fn run() -> Result<Tally> {
    let mut command = process::cargo();
    command
        .args(["test", "--lib", "-p", cargo::CLIENT, "--target", cargo::WASM])
        .env(RUNNER, tools::named("wasm-bindgen-test-runner")?.ensure()?)
        .env("CHROMEDRIVER", tools::named("chromedriver")?.ensure()?)
        .stderr(Stdio::inherit());
    report::note(&process::shown(&command));
    let output = command.output().context("cannot start cargo")?;
    let text = String::from_utf8_lossy(&output.stdout);
    report::line(&text);
    let mut tally = counted(&text).context("the tests in the browser did not run")?;
    if !output.status.success() && tally.has_passed() {
        tally.step(Err(anyhow::anyhow!("the tests in the browser failed")));
    }
    Ok(tally)
}

/// Reads the last line of the runner: `test result: ok. 4 passed; 0 failed; …`.
fn counted(text: &str) -> Option<Tally> {
    let (_, result) = text.rsplit_once("test result: ")?;
    let number = |word: &str| -> Option<u64> {
        let before = result.split_once(word)?.0;
        before.split_whitespace().next_back()?.parse().ok()
    };
    Some(Tally::of(number(" passed")?, number(" failed")?))
}

#[test]
fn the_result_of_the_runner_is_counted() {
    let text = "running 3 tests\n\ntest result: FAILED. 2 passed; 1 failed; 0 ignored;\n";
    assert_eq!(counted(text), Some(Tally::of(2, 1)));
    assert_eq!(counted("error: could not compile"), None);
}
