//! `cargo xtask bench --page-load`: how soon one can draw on a new page, beside Excalidraw.

use crate::client::{self, Quality};
use crate::{cargo, process, tools, workspace};
use anyhow::Result;
use std::path::{Path, PathBuf};

/// Puts what is shipped and a page with Excalidraw into one folder, from which one server serves
/// both alike, and measures. COMMONSLATE_BIN and COMMONSLATE_DIST name other builds to measure.
pub(super) fn run(arguments: &[String]) -> Result<()> {
    let given = |variable| {
        std::env::var_os(variable)
            .map(std::path::absolute)
            .transpose()
    };
    let server = match given("COMMONSLATE_BIN")? {
        Some(server) => server,
        None => cargo::build_server(true)?,
    };
    let dist = match given("COMMONSLATE_DIST")? {
        Some(dist) => dist,
        None => client::build(Quality::Shipped)?,
    };
    let folder = workspace::root().join("target/xtask/page-load");
    process::run(process::command("rm").arg("-rf").arg(&folder))?;
    copy(&dist, &folder)?;
    copy(&excalidraw()?, &folder.join("excalidraw"))?;
    let mut measurement = process::cargo();
    measurement.args(["run", "--release", "-p", "e2e", "--bin", "page_load", "--"]);
    measurement.args(arguments).envs(tools::for_tests(true)?);
    measurement.envs([("COMMONSLATE_BIN", server), ("COMMONSLATE_DIST", folder)]);
    // Enough for any number of loads; a server usually lets one address make few.
    process::run(measurement.env("COMMONSLATE_BOARDS_PER_HOUR", "1000000"))
}

/// Builds a page that shows Excalidraw and nothing else, for production as its manual says.
fn excalidraw() -> Result<PathBuf> {
    let vite = tools::named("vite")?.ensure()?;
    let npm = workspace::tools_dir().join("npm");
    let (sources, page) = (
        npm.join("excalidraw-page"),
        npm.join("excalidraw-page.built"),
    );
    // Vite looks for packages in `node_modules` beside the sources and above.
    copy(&workspace::root().join("xtask/src/excalidraw"), &sources)?;
    let mut build = process::command("node");
    build
        .arg(vite)
        .arg("build")
        .arg(&sources)
        .arg("--outDir")
        .arg(&page);
    process::run(build.args([
        "--emptyOutDir",
        "--base",
        "/excalidraw/",
        "--logLevel",
        "error",
    ]))?;
    // Fonts of drawings, which Excalidraw fetches by name when it needs them.
    let fonts = npm.join("node_modules/@excalidraw/excalidraw/dist/prod/fonts");
    copy(&fonts, &page.join("fonts"))?;
    client::precompress(&page, Quality::Shipped)?;
    Ok(page)
}

/// Copies everything in one folder into another, which is made if need be.
fn copy(from: &Path, to: &Path) -> Result<()> {
    std::fs::create_dir_all(to)?;
    process::run(process::command("cp").arg("-R").arg(from.join(".")).arg(to))
}
