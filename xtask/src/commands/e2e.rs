//! `cargo xtask e2e` and `cargo xtask screenshots`: real pages against real servers.

use crate::client::{self, Quality};
use crate::nextest::{self, Tally};
use crate::tools::{self, Environment};
use crate::{cargo, process, workspace};
use anyhow::Result;

/// Builds server, client and tests, and runs the tests whose name contains the filter.
pub(super) fn run(filter: Option<String>) -> Result<()> {
    client::build(Quality::Quick)?;
    run_all(filter)?.finish()
}

/// Builds the server and runs the browser tests on the client in `dist/`.
pub(super) fn run_all(filter: Option<String>) -> Result<Tally> {
    let mut selection = selection()?;
    build(&selection, &[cargo::SERVER])?;
    selection.extend(filter);
    nextest::run("browser", &selection, environment()?)
}

/// Builds everything and runs the program that takes the pictures.
pub(super) fn screenshots(filter: Option<String>) -> Result<()> {
    client::build(Quality::Quick)?;
    build(&selection()?, &[cargo::SERVER, "screenshots"])?;
    let mut command = process::command(workspace::built("debug", "screenshots"));
    process::run(command.args(filter).envs(environment()?))
}

/// The browser tests, with the features that all native crates and their tests have together.
fn selection() -> Result<Vec<String>> {
    let mut selection = cargo::native_crates()?;
    for package in cargo::packages()?.into_iter().filter(|it| it.name == "e2e") {
        let tests = package.tests.into_iter();
        selection.extend(tests.flat_map(|name| ["--test".to_owned(), name]));
    }
    Ok(selection)
}

/// Builds the tests and binaries in one call: binaries without tests would get other features.
fn build(selection: &[String], binaries: &[&str]) -> Result<()> {
    let mut cargo = process::cargo();
    cargo.arg("build").args(selection);
    process::run(cargo.args(binaries.iter().flat_map(|name| ["--bin", name])))
}

/// What a program that drives browsers must know.
fn environment() -> Result<Environment> {
    let mut environment = tools::for_tests(true)?;
    environment.push(("COMMONSLATE_BIN", workspace::built("debug", cargo::SERVER)));
    environment.push(("COMMONSLATE_DIST", workspace::dist_dir()));
    Ok(environment)
}
