//! Building the native crates and their tests, and running those tests.
//!
//! Every test build names all native crates in one cargo call and differs only in the
//! targets it asks for, so cargo resolves the same features and compiles nothing twice.

mod artifacts;
mod programs;
mod tally;

pub(crate) use artifacts::Built;
pub(crate) use programs::{TestProgram, run_all, run_counted};
pub(crate) use tally::Tally;

use crate::{process, report, workspace};
use anyhow::{Context as _, Result};
use std::io::{BufRead as _, BufReader};
use std::path::PathBuf;
use std::process::Stdio;

/// Which targets of the native crates to build.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Targets {
    /// All binaries and all tests.
    Everything,
    /// The server and the browser tests, with these names.
    BrowserTests(Vec<String>),
    /// The server, the browser tests (for the same features), and one more binary.
    BrowserTestsAnd(Vec<String>, &'static str),
}

impl Targets {
    fn flags(&self) -> Vec<String> {
        let tests = |names: &[String]| {
            let server = ["--bin".to_owned(), workspace::SERVER_BINARY.to_owned()];
            let tests = names
                .iter()
                .flat_map(|name| ["--test".to_owned(), name.clone()]);
            server.into_iter().chain(tests).collect::<Vec<_>>()
        };
        match self {
            Self::Everything => vec!["--bins".to_owned(), "--tests".to_owned()],
            Self::BrowserTests(names) => tests(names),
            Self::BrowserTestsAnd(names, binary) => {
                let mut flags = tests(names);
                flags.extend(["--bin".to_owned(), (*binary).to_owned()]);
                flags
            }
        }
    }
}

/// Builds targets of the native crates and says what came out.
///
/// # Errors
/// Something does not compile.
pub(crate) fn build(targets: &Targets) -> Result<Built> {
    let mut cargo = process::cargo();
    cargo
        .arg("build")
        .args(workspace::native_package_flags())
        .args(targets.flags());
    cargo
        .arg("--message-format=json-render-diagnostics")
        .stdout(Stdio::piped());
    report::note(&process::shown(&cargo));
    let mut child = cargo.spawn().context("cannot start cargo")?;
    let mut built = Built::default();
    if let Some(stdout) = child.stdout.take() {
        for line in BufReader::new(stdout).lines() {
            built.read_message(&line?);
        }
    }
    let status = child.wait()?;
    anyhow::ensure!(status.success(), "the native crates do not compile");
    Ok(built)
}

/// Builds the server alone, as `cargo run` does, and returns where it is.
///
/// # Errors
/// The server does not compile.
pub(crate) fn build_server(profile: Profile) -> Result<PathBuf> {
    let mut cargo = process::cargo();
    cargo.args(["build", "-p", "server"]).args(profile.flags());
    process::run(&mut cargo)?;
    let name = format!(
        "{}{}",
        workspace::SERVER_BINARY,
        std::env::consts::EXE_SUFFIX
    );
    Ok(workspace::target_dir().join(profile.folder()).join(name))
}

/// How the server is compiled.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Profile {
    /// Quick to compile.
    Dev,
    /// Quick to run.
    Release,
}

impl Profile {
    const fn flags(self) -> &'static [&'static str] {
        match self {
            Self::Dev => &[],
            Self::Release => &["--release"],
        }
    }

    const fn folder(self) -> &'static str {
        match self {
            Self::Dev => "debug",
            Self::Release => "release",
        }
    }
}

/// Names of the browser tests, as cargo knows them.
///
/// # Errors
/// Cargo cannot read the workspace.
pub(crate) fn browser_tests() -> Result<Vec<String>> {
    artifacts::test_names("e2e")
}
