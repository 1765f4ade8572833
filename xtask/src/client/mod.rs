//! Building the browser client into `dist/`.
//!
//! Trunk compiles and bundles into a folder of its own; the steps after it work there, and
//! only a finished client is moved to `dist/`, so that a running server never serves half of one.

mod compress;
mod fingerprint;
mod library;
mod names;
mod optimise;
mod script;
mod stamp;
mod style;
mod unused;

pub(crate) use compress::siblings;

use crate::{process, report, tools, workspace};
use anyhow::{Context as _, Result};
use std::path::{Path, PathBuf};
use std::process::Command;

/// How much work goes into a small download.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Quality {
    /// Light compression: for running and testing here.
    Quick,
    /// The smallest files: for shipping.
    Shipped,
}

impl Quality {
    const fn word(self) -> &'static str {
        match self {
            Self::Quick => "quick",
            Self::Shipped => "shipped",
        }
    }
}

/// Builds the client unless `dist/` already holds it, and returns where it is.
///
/// # Errors
/// A tool is missing, or the client does not compile.
pub(crate) fn build(quality: Quality) -> Result<PathBuf> {
    let dist = workspace::dist_dir();
    let inputs = fingerprint::of_inputs(&workspace::root())?;
    if is_current(&dist, &inputs, quality) {
        report::note("the client in dist/ is up to date");
    } else {
        build_anew(&dist, &inputs, quality)?;
    }
    if quality == Quality::Shipped {
        compress::print_table(&dist)?;
    }
    Ok(dist)
}

/// The mark of a finished build. It lies inside `dist/`, so it is gone as soon as a bare
/// `trunk build` or `trunk serve` has put something else there.
const MARK: &str = ".built";

fn is_current(dist: &Path, inputs: &str, quality: Quality) -> bool {
    let mark = std::fs::read_to_string(dist.join(MARK)).unwrap_or_default();
    // What is good enough to ship is good enough to run.
    [quality, Quality::Shipped]
        .iter()
        .any(|built| mark == mark_text(inputs, *built))
}

fn mark_text(inputs: &str, quality: Quality) -> String {
    format!("{inputs} {}\n", quality.word())
}

fn build_anew(dist: &Path, inputs: &str, quality: Quality) -> Result<()> {
    let tools = tools::for_client()?;
    // Not below CARGO_TARGET_DIR, which may be on another disk, where a rename cannot reach.
    let staging = workspace::root().join("target/xtask/client");
    report::note("building the client; from scratch this takes 3 to 5 minutes");
    compile(&tools, &staging, quality)?;
    if let Some(wasm_opt) = &tools.wasm_opt {
        optimise::run(wasm_opt, &staging, quality)?;
    }
    if quality == Quality::Shipped {
        optimise::squeeze_scripts(&staging)?;
    }
    stamp::rename_in(&staging)?;
    style::bundle_in(&staging)?;
    compress::siblings(&staging, quality)?;
    std::fs::write(staging.join(MARK), mark_text(inputs, quality))?;
    swap(&staging, dist)
}

/// Runs Trunk, for shipping with a standard library of our own if that can be.
fn compile(tools: &tools::ClientTools, staging: &Path, quality: Quality) -> Result<()> {
    if quality == Quality::Shipped && tools::has_library_source() {
        let mut trunk = trunk(tools, staging);
        library::compile_with(&mut trunk);
        match process::run(&mut trunk) {
            Ok(()) => return Ok(()),
            Err(error) => report::warning(&format!(
                "{error:#}; trying with the standard library as it comes, which makes a larger client"
            )),
        }
    }
    process::run(&mut trunk(tools, staging))
}

fn trunk(tools: &tools::ClientTools, staging: &Path) -> Command {
    let mut trunk = process::command(&tools.trunk);
    trunk
        .args(["build", "--release", "--locked", "--dist"])
        .arg(staging);
    trunk.env("PATH", &tools.path);
    // Trunk takes NO_COLOR for a flag of its own and fails on the customary value 1.
    trunk.env_remove("NO_COLOR").env("RUST_BACKTRACE", "0");
    trunk
}

/// Puts the new client in the place of the old one.
fn swap(new: &Path, dist: &Path) -> Result<()> {
    let old = new.with_extension("old");
    remove(&old)?;
    if dist.exists() {
        std::fs::rename(dist, &old).context("cannot move the old dist/ away")?;
    }
    std::fs::rename(new, dist).context("cannot move the new client to dist/")?;
    remove(&old)
}

fn remove(dir: &Path) -> Result<()> {
    match std::fs::remove_dir_all(dir) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
            Err(error).with_context(|| format!("cannot remove {}", dir.display()))
        }
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::{MARK, Quality, is_current, mark_text, swap};

    #[test]
    fn a_build_is_current_only_for_the_same_inputs_and_quality() {
        let dist = tempfile::tempdir().unwrap();
        assert!(!is_current(dist.path(), "abc", Quality::Quick));
        std::fs::write(dist.path().join(MARK), mark_text("abc", Quality::Quick)).unwrap();
        assert!(is_current(dist.path(), "abc", Quality::Quick));
        assert!(!is_current(dist.path(), "abd", Quality::Quick));
        assert!(!is_current(dist.path(), "abc", Quality::Shipped));
    }

    #[test]
    fn a_shipped_build_will_do_for_running() {
        let dist = tempfile::tempdir().unwrap();
        std::fs::write(dist.path().join(MARK), mark_text("abc", Quality::Shipped)).unwrap();
        assert!(is_current(dist.path(), "abc", Quality::Quick));
    }

    #[test]
    fn the_new_client_replaces_the_old_one_whole() {
        let dir = tempfile::tempdir().unwrap();
        let (new, dist) = (dir.path().join("new"), dir.path().join("dist"));
        for (folder, file) in [(&new, "new.js"), (&dist, "old.js")] {
            std::fs::create_dir(folder).unwrap();
            std::fs::write(folder.join(file), "").unwrap();
        }
        swap(&new, &dist).unwrap();
        assert!(dist.join("new.js").exists());
        assert!(!dist.join("old.js").exists());
        assert!(!new.exists());
    }
}
