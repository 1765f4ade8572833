//! `cargo xtask screenshots`: pictures of everything people see, from the real thing.

use super::e2e;
use crate::native::{self, Targets};
use crate::process;
use anyhow::Result;

/// Builds everything and runs the program that takes the pictures.
///
/// # Errors
/// Something cannot be built, or the program failed.
pub(super) fn run() -> Result<()> {
    let built = native::build(&Targets::BrowserTestsAnd(
        native::browser_tests()?,
        "screenshots",
    ))?;
    let environment = e2e::environment(&built)?;
    let mut command = process::command(built.binary("screenshots")?);
    command.envs(environment.variables);
    process::run(&mut command)
}
