//! `cargo xtask e2e` and `cargo xtask screenshots`: real pages against real servers.

use crate::client::{self, Quality};
use crate::nextest;
use crate::report::{Steps, Tally};
use crate::tools::{self, Environment};
use crate::{cargo, workspace};
use anyhow::Result;
use xshell::cmd;

/// Builds server, client and tests, and runs the tests whose name contains the filter.
pub(super) fn run(filter: Option<String>) -> Result<()> {
    client::build(Quality::Quick)?;
    let mut steps = Steps::default();
    steps.tests("browser tests", || run_all(filter));
    steps.finish()
}

/// Builds the server and runs the browser tests on the client in `dist/`.
pub(super) fn run_all(filter: Option<String>) -> Result<Tally> {
    let mut selection = selection()?;
    build(&selection, &[cargo::SERVER])?;
    selection.extend(filter);
    nextest::run("browser", &selection, environment()?)
}

/// Builds everything and runs the program that takes screenshots.
pub(super) fn screenshots(filter: Option<String>) -> Result<()> {
    client::build(Quality::Quick)?;
    build(&selection()?, &[cargo::SERVER, "screenshots"])?;
    let program = workspace::built("debug", "screenshots");
    let (shell, environment) = (workspace::shell()?, environment()?);
    let command = cmd!(shell, "{program} {filter...}").envs(environment);
    Ok(command.run()?)
}

/// The browser tests, with the features that all native crates and their tests have together.
fn selection() -> Result<Vec<String>> {
    let tests = ["--test", "harness", "--test", "scenarios"].map(str::to_owned);
    Ok([cargo::native_crates()?, tests.to_vec()].concat())
}

/// Builds the tests and binaries in one call: binaries without tests would get other features.
fn build(selection: &[String], binaries: &[&str]) -> Result<()> {
    let shell = workspace::shell()?;
    let binaries = binaries.iter().flat_map(|name| ["--bin", name]);
    Ok(cmd!(shell, "cargo build {selection...} {binaries...}").run()?)
}

/// The environment of programs that drive browsers.
fn environment() -> Result<Environment> {
    let mut environment = tools::for_tests(true)?;
    environment.push(("COMMONSLATE_BIN", workspace::built("debug", cargo::SERVER)));
    environment.push(("COMMONSLATE_DIST", workspace::dist_dir()));
    Ok(environment)
}
