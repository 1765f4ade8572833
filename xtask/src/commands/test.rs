//! `cargo xtask test`: runs all checks and tests, the quick ones first.

use super::{e2e, tidy};
use crate::cargo::{CLIENT, WASM, native_crates};
use crate::client::{self, Quality};
use crate::report::Steps;
use crate::{component_tests, nextest, tools, workspace};
use anyhow::Result;
use xshell::cmd;

/// Runs all checks and tests. After a failed one the others are run all the same.
pub(super) fn run(skip_e2e: bool) -> Result<()> {
    let (shell, native) = (&workspace::shell()?, &native_crates()?);
    let mut steps = Steps::default();
    let flags = ["--", "-D", "warnings"];
    steps.step("tidy", tidy);
    steps.step("toolchain", tools::for_checks);
    steps.step("formatting", || {
        Ok(cmd!(shell, "cargo fmt --all --check").run()?)
    });
    steps.step("dependencies", || {
        let deny = tools::named("cargo-deny")?.ensure()?;
        Ok(cmd!(shell, "sh xtask/src/dependencies.sh {deny}").run()?)
    });
    steps.step("manifests", || {
        Ok(cmd!(shell, "sh xtask/src/manifests.sh").run()?)
    });
    steps.step("Clippy, native crates", || {
        Ok(cmd!(shell, "cargo clippy {native...} --all-targets {flags...}").run()?)
    });
    // The client is apart: one call with the server would unify features that exclude each other.
    steps.step("Clippy, client", || {
        Ok(cmd!(shell, "cargo clippy -p {CLIENT} --target {WASM} {flags...}").run()?)
    });
    steps.tests("native tests", || {
        nextest::run("default", native, tools::for_tests(false)?)
    });
    steps.tests("client tests", || {
        let client = ["--lib", "-p", CLIENT].map(str::to_owned);
        nextest::run("default", &client, Vec::new())
    });
    // Nextest cannot run these.
    steps.step("documentation examples", || {
        Ok(cmd!(shell, "cargo test --doc {native...}").run()?)
    });
    if !skip_e2e {
        steps.tests("tests of components", component_tests::run);
        steps.step("client", || client::build(Quality::Shipped).map(drop));
        steps.step("size of the client", client::check_size);
        steps.tests("browser tests", || e2e::run_all(None));
    }
    steps.finish()
}
