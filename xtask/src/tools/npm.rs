//! Tools that come as npm packages: they go into `.tools/npm`.

use std::path::PathBuf;

use anyhow::Result;

use crate::{process, workspace};

/// Fetches packages, given with their versions.
pub(super) fn install(packages: &[&str]) -> Result<()> {
    let prefix = home();
    std::fs::create_dir_all(&prefix)?;
    let mut npm = process::command("npm");
    npm.args(["install", "--no-audit", "--no-fund", "--prefix"])
        .arg(prefix)
        .args(packages);
    process::run(&mut npm)
}

/// Where a package lies once it was fetched.
pub(super) fn package(name: &str) -> PathBuf {
    home().join("node_modules").join(name)
}

/// The folder that holds `node_modules`.
pub(super) fn home() -> PathBuf {
    workspace::tools_dir().join("npm")
}
