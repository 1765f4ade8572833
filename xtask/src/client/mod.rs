//! Builds the browser client in `dist/` by Trunk, and runs Trunk's two hooks (`Trunk.toml`).

mod precompress;
mod sizes;
mod style;

pub(crate) use precompress::siblings as precompress;

use crate::{report, tools, workspace};
use anyhow::{Context as _, Result};
use std::path::{Path, PathBuf};
use xshell::{Cmd, Shell, cmd};

/// Whether a build takes time to make the download small.
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
/// It is built even if `dist/` is up to date, which takes a few seconds. Trunk assembles the files
/// in `dist/.stage`, runs the hooks there and moves the result only when everything succeeded.
pub(crate) fn build(quality: Quality) -> Result<PathBuf> {
    let shell = workspace::shell()?;
    report::note("building the client; from scratch this takes 3 to 5 minutes");
    let quick = (quality == Quality::Quick).then_some((QUICK, "1"));
    let build = trunk(&shell)?.args(["build", "--release", "--locked"]);
    build.envs(quick).run()?;
    Ok(workspace::dist_dir())
}

/// Trunk with the tools it needs on its `PATH`.
pub(crate) fn trunk(shell: &Shell) -> Result<Cmd<'_>> {
    let (trunk, path) = tools::for_client()?;
    // Trunk reads NO_COLOR as a flag of its own and fails on the customary value 1.
    let trunk = cmd!(shell, "{trunk}").env_remove("NO_COLOR");
    Ok(trunk.env("PATH", path))
}

/// The hook before every build: writes the one style sheet that `index.html` links.
pub(crate) fn before_build() -> Result<()> {
    let css = style::bundled(&workspace::root().join("style/main.css"))?;
    // Below `target`, which Trunk does not watch: a change would start the next build.
    Ok(workspace::shell()?.write_file("target/xtask/style.css", css)?)
}

/// The hook after every build: splits a release build, makes its files small and shows their sizes.
pub(crate) fn after_build() -> Result<()> {
    let variable = |name| std::env::var_os(name).with_context(|| format!("{name} is not set"));
    if variable("TRUNK_PROFILE")? != "release" {
        return Ok(());
    }
    let staging = PathBuf::from(variable("TRUNK_STAGING_DIR")?);
    let wasm_bindgen = tools::named("wasm-bindgen")?.find()?;
    splitter::split(&staging, &workspace::target_dir(), &wasm_bindgen)?;
    if std::env::var_os(QUICK).is_some() {
        return precompress::siblings(&staging, Quality::Quick);
    }
    optimise(&staging)?;
    precompress::siblings(&staging, Quality::Shipped)?;
    sizes::check(&staging).unwrap_or_else(|error| report::warning(&error.to_string()));
    Ok(())
}

/// Whether a shipped client in `dist/` keeps to the limit of the first load.
pub(crate) fn check_size() -> Result<()> {
    sizes::check(&workspace::dist_dir())
}

/// Smallest first. Large functions with one caller stay apart, where they compress better (3 in
/// 100); Rust puts the stack lowest, so nothing lies in the first KiB and addresses are shorter.
const SIZE: &str = "-Oz --one-caller-inline-max-function-size=30 --low-memory-unused";

/// Runs wasm-opt, if it is there. Trunk (`data-wasm-opt`) tries to download a missing one and fails; a
/// client without it is only larger.
fn optimise(dir: &Path) -> Result<()> {
    let Ok(wasm_opt) = tools::named("wasm-opt")?.find() else {
        report::warning("wasm-opt is missing (see `cargo xtask tools`): the client will be larger");
        return Ok(());
    };
    let shell = workspace::shell()?;
    for file in shell.read_dir(dir)? {
        if file.extension().is_some_and(|ending| ending == "wasm") {
            let size = SIZE.split(' ');
            cmd!(shell, "{wasm_opt} {size...} {file} --output {file}").run()?;
        }
    }
    Ok(())
}
