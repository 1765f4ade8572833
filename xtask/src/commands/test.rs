//! `cargo xtask test`: everything that must hold, the quick checks first.

use super::{e2e, tidy};
use crate::client::{self, Quality};
use crate::nextest::{self, Tally};
use crate::report::Steps;
use crate::{cargo, process, tools};
use anyhow::Result;

/// Runs all checks and tests; a failed one does not keep the others from being run.
pub(super) fn run(skip_e2e: bool) -> Result<()> {
    let mut steps = Steps::default();
    let mut tally = Tally::default();
    tally.step(steps.step("tidy", tidy));
    tally.step(steps.step("toolchain", tools::for_checks));
    tally.step(steps.step("formatting", format));
    tally.step(steps.step("licences and sources of dependencies", deny));
    tally.step(steps.step("Clippy, native crates", native_clippy));
    tally.step(steps.step("Clippy, client", client_clippy));
    tally.add(steps.step("native tests", native_tests));
    tally.add(steps.step("client tests", client_tests));
    tally.step(steps.step("documentation examples", doc_tests));
    if !skip_e2e {
        tally.step(steps.step("client", || client::build(Quality::Shipped).map(drop)));
        tally.step(steps.step("size of the client", client::check_size));
        tally.add(steps.step("browser tests", || e2e::run_all(None)));
    }
    steps.print_times();
    tally.finish()
}

fn format() -> Result<()> {
    process::run(process::cargo().args(["fmt", "--all", "--check"]))
}

/// Without `advisories`: these are kept in a git repository, which CI cannot reach.
fn deny() -> Result<()> {
    let mut deny = process::command(tools::named("cargo-deny")?.ensure()?);
    process::run(deny.args(["check", "licenses", "bans", "sources"]))
}

fn native_clippy() -> Result<()> {
    let mut clippy = process::cargo();
    clippy.arg("clippy").args(cargo::native_crates()?);
    process::run(clippy.args(["--all-targets", "--", "-D", "warnings"]))
}

/// The client apart: one call with the server would unify features that exclude each other.
fn client_clippy() -> Result<()> {
    let target = ["-p", cargo::CLIENT, "--target", cargo::WASM];
    process::run(
        process::cargo()
            .arg("clippy")
            .args(target)
            .args(["--", "-D", "warnings"]),
    )
}

fn native_tests() -> Result<Tally> {
    nextest::run(
        "default",
        &cargo::native_crates()?,
        tools::for_tests(false)?,
    )
}

/// The tests of the client that need no browser, apart as for Clippy.
fn client_tests() -> Result<Tally> {
    let selection = ["--lib", "-p", cargo::CLIENT].map(str::to_owned);
    nextest::run("default", &selection, Vec::new())
}

/// Nextest cannot run these.
fn doc_tests() -> Result<()> {
    process::run(
        process::cargo()
            .args(["test", "--doc"])
            .args(cargo::native_crates()?),
    )
}
