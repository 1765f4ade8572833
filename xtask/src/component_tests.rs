//! Runs the tests of the client's components in a browser, by wasm-bindgen-test-runner.

use crate::cargo::{CLIENT, WASM};
use crate::report::{self, Tally};
use crate::{tools, workspace};
use anyhow::{Context as _, Result, ensure};
use xshell::cmd;

/// Cargo starts the test programs of the client's target by the program in this variable.
const RUNNER: &str = "CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUNNER";

/// Builds and runs the tests. A failed test does not keep the others from being run.
pub(crate) fn run() -> Result<Tally> {
    let shell = workspace::shell()?;
    let output = cmd!(shell, "cargo test --lib -p {CLIENT} --target {WASM}")
        .env(RUNNER, tools::named("wasm-bindgen-test-runner")?.ensure()?)
        .env("CHROMEDRIVER", tools::named("chromedriver")?.ensure()?)
        .ignore_status()
        .output()?;
    let text = String::from_utf8_lossy(&output.stdout);
    report::line(&text);
    if !output.status.success() {
        report::line(&String::from_utf8_lossy(&output.stderr));
    }
    let tally = counted(&text).context("the tests of components did not run")?;
    let is_told = output.status.success() || tally.failed > 0;
    ensure!(is_told, "the runner failed after {} tests", tally.passed);
    Ok(tally)
}

/// Reads the last line of the runner: `test result: ok. 4 passed; 0 failed; …`.
fn counted(text: &str) -> Option<Tally> {
    let (_, result) = text.rsplit_once("test result: ")?;
    let number = |word: &str| -> Option<u64> {
        let (before, _) = result.split_once(word)?;
        before.split_whitespace().next_back()?.parse().ok()
    };
    let (passed, failed) = (number(" passed")?, number(" failed")?);
    Some(Tally { passed, failed })
}

#[test]
fn the_result_of_the_runner_is_read() {
    let text = "running 3 tests\n\ntest result: FAILED. 2 passed; 1 failed; 0 ignored;\n";
    let (passed, failed) = (2, 1);
    assert_eq!(counted(text), Some(Tally { passed, failed }));
}
