//! `cargo xtask e2e`: real pages against real servers.

use crate::cli::FilterArgs;
use crate::client::{self, Quality};
use crate::native::{self, Built, Tally, Targets, TestProgram};
use crate::tools::{self, TestEnvironment};
use anyhow::{Context as _, Result, ensure};

/// Builds server, client and tests, and runs the tests.
///
/// # Errors
/// Something cannot be built, or a test failed.
pub(super) fn run(args: &FilterArgs) -> Result<()> {
    let names = native::browser_tests()?;
    ensure!(!names.is_empty(), "the crate e2e has no tests");
    let built = native::build(&Targets::BrowserTests(names))?;
    let tally = run_browser_tests(&built, args.filter.as_deref())?;
    tally.print();
    tally.into_result()
}

/// Builds the client and runs the browser tests of a build, one at a time: each of them
/// starts several servers and browsers, and their timing must not disturb one another.
///
/// # Errors
/// A tool is missing, the client does not compile, or a program cannot be started.
pub(super) fn run_browser_tests(built: &Built, filter: Option<&str>) -> Result<Tally> {
    let environment = environment(built)?;
    let programs: Vec<TestProgram> = built
        .tests
        .iter()
        .filter(|program| program.needs_browser())
        .cloned()
        .collect();
    let arguments: Vec<&str> = ["--test-threads=1"].into_iter().chain(filter).collect();
    native::run_all(&programs, &environment, &arguments)
}

/// What a program that drives browsers must know.
///
/// # Errors
/// A tool is missing, or the client does not compile.
pub(super) fn environment(built: &Built) -> Result<TestEnvironment> {
    let server = built.server.as_deref().context("cargo built no server")?;
    let tools = tools::for_browser_tests()?;
    let dist = client::build(Quality::Quick)?;
    Ok(tools
        .with("COMMONSLATE_BIN", server)
        .with("COMMONSLATE_DIST", &dist))
}
