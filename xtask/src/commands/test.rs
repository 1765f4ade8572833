//! `cargo xtask test`: everything that must hold, the quick checks first.

use super::{e2e, tidy};
use crate::cli::TestArgs;
use crate::native::{self, Built, Tally, Targets, TestProgram};
use crate::report::{self, Steps};
use crate::{process, tools, workspace};
use anyhow::Result;
use std::process::Command;

/// Runs all checks and tests; a failed one does not keep the others from being run.
///
/// # Errors
/// A check or a test failed.
pub(super) fn run(args: &TestArgs) -> Result<()> {
    let mut steps = Steps::start();
    let mut tally = Tally::default();
    run_checks(&mut steps, &mut tally);
    run_tests(args, &mut steps, &mut tally);
    steps.print_times();
    report::line("");
    tally.print();
    tally.into_result()
}

/// What reads the code only, the quickest first.
fn run_checks(steps: &mut Steps, tally: &mut Tally) {
    let mut check = |name: &str, work: &mut dyn FnMut() -> Result<()>| {
        if let Err(error) = steps.step(name, work) {
            tally.step_failed(&format!("{error:#}"));
        }
    };
    check("tidy", &mut tidy::run);
    check("tools", &mut tools::for_checks);
    check("formatting", &mut || {
        process::run(process::cargo().args(["fmt", "--all", "--check"]))
    });
    check("Clippy, native crates", &mut || {
        process::run(&mut native_clippy())
    });
    check("Clippy, client", &mut || process::run(&mut client_clippy()));
}

/// What runs the code; without a build there is nothing to run.
fn run_tests(args: &TestArgs, steps: &mut Steps, tally: &mut Tally) {
    let built = match steps.step("building native tests", || {
        native::build(&Targets::Everything)
    }) {
        Ok(built) => built,
        Err(error) => return tally.step_failed(&format!("{error:#}")),
    };
    let mut test =
        |name: &str, work: &mut dyn FnMut() -> Result<Tally>| match steps.step(name, work) {
            Ok(results) => tally.add(&results),
            Err(error) => tally.step_failed(&format!("{error:#}")),
        };
    test("native tests", &mut || native_tests(&built));
    test("client tests", &mut client_tests);
    test("documentation examples", &mut doc_tests);
    if !args.skip_e2e {
        test("browser tests", &mut || {
            e2e::run_browser_tests(&built, None)
        });
    }
}

fn native_clippy() -> Command {
    let mut cargo = process::cargo();
    cargo.arg("clippy").args(workspace::native_package_flags());
    cargo.args(["--all-targets", "--", "-D", "warnings"]);
    cargo
}

/// The client apart: one call with the server would unify features that exclude each other.
fn client_clippy() -> Command {
    let mut cargo = process::cargo();
    cargo.args([
        "clippy",
        "-p",
        workspace::CLIENT_CRATE,
        "--target",
        workspace::WASM_TARGET,
    ]);
    cargo.args(["--", "-D", "warnings"]);
    cargo
}

fn native_tests(built: &Built) -> Result<Tally> {
    let environment = tools::for_native_tests()?;
    let programs: Vec<TestProgram> = built
        .tests
        .iter()
        .filter(|program| !program.needs_browser())
        .cloned()
        .collect();
    native::run_all(&programs, &environment, &[])
}

/// What of the client needs no browser. By itself, as Clippy has it.
fn client_tests() -> Result<Tally> {
    let mut cargo = process::cargo();
    cargo.args(["test", "--lib", "-p", workspace::CLIENT_CRATE]);
    report::note(&process::shown(&cargo));
    native::run_counted(&mut cargo, "client tests")
}

fn doc_tests() -> Result<Tally> {
    let mut cargo = process::cargo();
    cargo
        .args(["test", "--doc"])
        .args(workspace::native_package_flags());
    report::note(&process::shown(&cargo));
    native::run_counted(&mut cargo, "documentation examples")
}
