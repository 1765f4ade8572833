//! `cargo xtask bench --page-load`: how soon one can draw, beside Excalidraw.

use crate::client::{self, Quality};
use crate::native::{self, Profile};
use crate::{excalidraw, files, process, tools, workspace};
use anyhow::{Context as _, Result};
use std::path::{Path, PathBuf};

/// Names a server to measure instead of the one that would be built.
const SERVER: &str = "COMMONSLATE_BIN";

/// Names a built client to measure instead of the one that would be built.
const CLIENT: &str = "COMMONSLATE_DIST";

/// Puts what is shipped and a page with Excalidraw into one folder, and measures both.
///
/// # Errors
/// Something cannot be built or fetched, or the measurement failed.
pub(super) fn run(arguments: &[String]) -> Result<()> {
    let tools = tools::for_page_load()?;
    let server = match std::env::var_os(SERVER) {
        Some(server) => std::path::absolute(server)?,
        None => native::build_server(Profile::Release)?,
    };
    let dist = match std::env::var_os(CLIENT) {
        Some(dist) => std::path::absolute(dist)?,
        None => client::build(Quality::Shipped)?,
    };
    let folder = combine(&dist, &excalidraw::build(&tools)?)?;
    let mut measurement = process::cargo();
    measurement.args(["run", "--release", "-p", "e2e", "--bin", "page_load", "--"]);
    measurement.args(arguments);
    measurement.env("CHROMIUM", tools.chromium);
    measurement.env(SERVER, server).env(CLIENT, folder);
    process::run(&mut measurement)
}

/// A folder with both, from which one server serves them alike.
fn combine(dist: &Path, page: &Path) -> Result<PathBuf> {
    let folder = workspace::root().join("target/xtask/page-load");
    if folder.exists() {
        std::fs::remove_dir_all(&folder).context("cannot remove what was measured last")?;
    }
    files::copy_tree(dist, &folder)?;
    files::copy_tree(page, &folder.join(excalidraw::FOLDER))?;
    Ok(folder)
}
