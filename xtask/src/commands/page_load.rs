//! `cargo xtask bench --page-load`: compares the first load of a board with Excalidraw.

use crate::client::{self, Quality};
use crate::{cargo, tools, workspace};
use anyhow::Result;
use std::path::{Path, PathBuf};
use xshell::{Shell, cmd};

/// Puts a shipped client and a page with Excalidraw into one folder, which one server serves, and
/// measures both. COMMONSLATE_BIN and COMMONSLATE_DIST name other builds to measure.
pub(super) fn run(arguments: &[String]) -> Result<()> {
    let built = |given, build: fn() -> Result<PathBuf>| match std::env::var_os(given) {
        Some(path) => Ok(std::path::absolute(path)?),
        None => build(),
    };
    let server = built("COMMONSLATE_BIN", || cargo::build_server(true))?;
    let dist = built("COMMONSLATE_DIST", || client::build(Quality::Shipped))?;
    let folder = workspace::root().join("target/xtask/page-load");
    let shell = workspace::shell()?;
    shell.remove_path(&folder)?;
    copy(&shell, &dist, &folder)?;
    copy(&shell, &excalidraw(&shell)?, &folder.join("excalidraw"))?;
    let program = ["-p", "e2e", "--bin", "page_load"];
    let measure = cmd!(shell, "cargo run --release {program...} -- {arguments...}");
    Ok(measure
        .envs(tools::for_tests(true)?)
        .envs([("COMMONSLATE_BIN", server), ("COMMONSLATE_DIST", folder)])
        // Enough for any number of loads; a server usually lets one address make few.
        .env("COMMONSLATE_BOARDS_PER_HOUR", "1000000")
        .run()?)
}

/// Builds a page that shows Excalidraw and nothing else, for production as its manual says.
fn excalidraw(shell: &Shell) -> Result<PathBuf> {
    let vite = tools::named("vite")?.ensure()?;
    let npm = workspace::tools_dir().join("npm");
    let [sources, page] = ["", ".built"].map(|end| npm.join(format!("excalidraw-page{end}")));
    // Vite looks for packages in `node_modules` beside the sources and above.
    copy(shell, Path::new("xtask/src/excalidraw"), &sources)?;
    let flags = "--emptyOutDir --base /excalidraw/ --logLevel error".split(' ');
    let to = ["--outDir".as_ref(), page.as_os_str()];
    cmd!(shell, "node {vite} build {sources} {to...} {flags...}").run()?;
    // Fonts of drawings, which Excalidraw fetches by name when it needs them.
    let fonts = npm.join("node_modules/@excalidraw/excalidraw/dist/prod/fonts");
    copy(shell, &fonts, &page.join("fonts"))?;
    client::precompress(&page, Quality::Shipped)?;
    Ok(page)
}

/// Copies the content of one folder into another, which is created if it does not exist.
fn copy(shell: &Shell, from: &Path, to: &Path) -> Result<()> {
    shell.create_dir(to)?;
    let from = from.join(".");
    Ok(cmd!(shell, "cp -R {from} {to}").run()?)
}
