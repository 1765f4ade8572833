//! Running test programs as cargo would, while counting what passed.

use super::Tally;
use crate::tools::TestEnvironment;
use crate::{process, report};
use anyhow::{Context as _, Result};
use std::io::{BufRead as _, BufReader};
use std::path::PathBuf;
use std::process::{Command, Stdio};

/// One program with tests in it.
#[derive(Debug, Clone)]
pub(crate) struct TestProgram {
    /// The folder name of the package it belongs to.
    pub(crate) package: String,
    /// Name of the target, such as the file name of an integration test.
    pub(crate) target: String,
    /// `lib`, `bin` or `test`.
    pub(crate) kind: String,
    /// Where its package is; tests expect to run there.
    pub(crate) folder: PathBuf,
    /// The program itself.
    pub(crate) program: PathBuf,
}

impl TestProgram {
    /// Whether it is one of the tests that need a browser.
    pub(crate) fn needs_browser(&self) -> bool {
        self.package == "e2e" && self.kind == "test"
    }

    fn label(&self) -> String {
        format!("{} ({} {})", self.package, self.kind, self.target)
    }
}

/// Runs all programs, also after one failed, and adds up their results.
///
/// # Errors
/// A program cannot be started.
pub(crate) fn run_all(
    programs: &[TestProgram],
    environment: &TestEnvironment,
    arguments: &[&str],
) -> Result<Tally> {
    let mut sum = Tally::default();
    for program in programs {
        report::line(&format!("\n  Testing {}", program.label()));
        let mut command = process::command(&program.program);
        command.current_dir(&program.folder).args(arguments);
        command.env("CARGO_MANIFEST_DIR", &program.folder);
        command.envs(
            environment
                .variables
                .iter()
                .map(|(name, value)| (name, value)),
        );
        sum.add(&run_counted(&mut command, &program.label())?);
    }
    Ok(sum)
}

/// Runs one program, passes on what it prints, and counts its tests.
///
/// # Errors
/// The program cannot be started.
pub(crate) fn run_counted(command: &mut Command, label: &str) -> Result<Tally> {
    command.stdout(Stdio::piped());
    let mut child = command
        .spawn()
        .with_context(|| format!("cannot start {}", process::shown(command)))?;
    let mut tally = Tally::default();
    if let Some(stdout) = child.stdout.take() {
        for line in BufReader::new(stdout).split(b'\n') {
            let line = line?;
            let line = String::from_utf8_lossy(&line);
            report::line(&line);
            tally.read_line(&line);
        }
    }
    let status = child.wait()?;
    if !status.success() {
        // A program that dies counts as a failure, even if it never told a result.
        tally.died(&format!("{label}: {status}"));
    }
    Ok(tally)
}
