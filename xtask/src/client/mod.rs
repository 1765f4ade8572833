//! The browser client in `dist/`. Trunk bundles it; this module starts Trunk and does what
//! Trunk's two hooks ask for (`Trunk.toml`).

mod precompress;
mod sizes;
mod style;

pub(crate) use precompress::siblings as precompress;

use crate::{process, report, tools, workspace};
use anyhow::{Context as _, Result};
use std::path::{Path, PathBuf};
use std::process::Command;

/// How much time a build spends on a small download.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Quality {
    /// No wasm-opt and light compression, for running and testing on this machine.
    Quick,
    /// The smallest files, for shipping.
    Shipped,
}

/// Tells the hooks that a build is [`Quality::Quick`]; a bare `trunk build --release` ships.
const QUICK: &str = "COMMONSLATE_QUICK_CLIENT";

/// Builds the client and returns where it is.
///
/// There is no check whether `dist/` is up to date: when nothing changed, cargo and Trunk
/// need a few seconds. Trunk assembles the files in `dist/.stage`, runs the hooks there and
/// moves the result only when everything succeeded.
pub(crate) fn build(quality: Quality) -> Result<PathBuf> {
    let mut trunk = trunk()?;
    report::note("building the client; from scratch this takes 3 to 5 minutes");
    trunk.args(["build", "--release", "--locked"]);
    if quality == Quality::Quick {
        trunk.env(QUICK, "1");
    }
    process::run(&mut trunk)?;
    Ok(workspace::dist_dir())
}

/// Trunk with the tools it needs on its `PATH`.
pub(crate) fn trunk() -> Result<Command> {
    let (trunk, path) = tools::for_client()?;
    let mut trunk = process::command(trunk);
    // Trunk reads NO_COLOR as a flag of its own and fails on the customary value 1.
    trunk.env("PATH", path).env_remove("NO_COLOR");
    Ok(trunk)
}

/// The hook before every build: writes the one style sheet that `index.html` links.
pub(crate) fn before_build() -> Result<()> {
    let css = style::bundled(&workspace::root().join("style/main.css"))?;
    // Below `target`, which Trunk does not watch: a change would start the next build.
    let folder = workspace::root().join("target/xtask");
    std::fs::create_dir_all(&folder)?;
    std::fs::write(folder.join("style.css"), css).context("cannot write the style sheet")
}

/// The hook after every build: makes the files of a release build small and shows their sizes.
pub(crate) fn after_build() -> Result<()> {
    let variable = |name| std::env::var_os(name).with_context(|| format!("{name} is not set"));
    if variable("TRUNK_PROFILE")? != "release" {
        return Ok(());
    }
    let staging = PathBuf::from(variable("TRUNK_STAGING_DIR")?);
    if std::env::var_os(QUICK).is_some() {
        return precompress::siblings(&staging, Quality::Quick);
    }
    optimise(&staging)?;
    precompress::siblings(&staging, Quality::Shipped)?;
    if let Err(error) = sizes::check(&staging) {
        report::warning(&error.to_string());
    }
    Ok(())
}

/// Whether a shipped client in `dist/` keeps to the limit of the first load.
pub(crate) fn check_size() -> Result<()> {
    sizes::check(&workspace::dist_dir())
}

/// Smallest first. Large functions with one caller stay apart, where they compress better (3 in
/// 100); Rust puts the stack lowest, so nothing lies in the first KiB and addresses are shorter.
const SIZE: [&str; 3] = [
    "-Oz",
    "--one-caller-inline-max-function-size=30",
    "--low-memory-unused",
];

/// Runs wasm-opt, if it is there. Trunk could do that (`data-wasm-opt`), but where it finds no
/// wasm-opt, it tries to download one and fails; a client without wasm-opt is only larger.
fn optimise(dir: &Path) -> Result<()> {
    let Some(wasm_opt) = tools::named("wasm-opt")?.find() else {
        report::warning("wasm-opt is missing (see `cargo xtask tools`): the client will be larger");
        return Ok(());
    };
    for entry in std::fs::read_dir(dir)? {
        let file = entry?.path();
        if file.extension().is_some_and(|ending| ending == "wasm") {
            let mut command = process::command(&wasm_opt);
            process::run(command.args(SIZE).arg(&file).arg("--output").arg(&file))?;
        }
    }
    Ok(())
}
