//! Lists and builds the programs of the targets.

use std::fs;

use anyhow::{Context as _, Result};
use xshell::{Shell, cmd};

use crate::folders::Folders;

/// The crate of the browser client, which is never built in one call with the server.
const CLIENT: &str = "client";

/// The names of all targets: each is a file in `fuzz/targets`.
pub(crate) fn all(folders: &Folders) -> Result<Vec<String>> {
    let mut names = Vec::new();
    for entry in fs::read_dir(folders.targets())? {
        let path = entry?.path();
        let name = path.file_stem().and_then(|name| name.to_str());
        names.push(name.context("a target without a name")?.to_owned());
    }
    names.sort();
    Ok(names)
}

/// Builds programs. Only the crates of the workspace are instrumented, and all native ones are named, so
/// that cargo takes every other crate as the tests compiled it.
pub(crate) fn build(folders: &Folders, targets: &[String]) -> Result<()> {
    let shell = Shell::new()?;
    shell.change_dir(folders.root());
    let packages = folders.metadata.packages.iter();
    let packages = packages.map(|package| package.name.to_string());
    let native = packages.filter(|name| name != CLIENT);
    let native = native.flat_map(|name| ["-p".to_owned(), name]);
    let programs = targets.iter().flat_map(|name| ["--bin", name]);
    let command = cmd!(shell, "cargo build {native...} {programs...}");
    let instrument = folders.instrument();
    let command = command.env("RUSTC_WORKSPACE_WRAPPER", instrument);
    // Incremental files of crates that are compiled in two ways would fill the disk.
    Ok(command.env("CARGO_INCREMENTAL", "0").quiet().run()?)
}
