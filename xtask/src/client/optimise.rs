//! Making what Trunk made smaller: by wasm-opt, and by what makes it compress better.
//!
//! Trunk could run wasm-opt, but would fail where it is missing.

use super::{Quality, names, script, unused};
use crate::tools::Found;
use crate::{process, report};
use anyhow::{Context as _, Result};
use std::path::{Path, PathBuf};

/// What today's Rust emits and every browser of the last years understands.
const FEATURES: [&str; 6] = [
    "--enable-bulk-memory",
    "--enable-nontrapping-float-to-int",
    "--enable-sign-ext",
    "--enable-mutable-globals",
    "--enable-reference-types",
    "--enable-multivalue",
];

/// Smallest first. Only a small function is put into its one caller: large ones compress
/// better by themselves, where they resemble others, which saves 1 in 100. Rust puts the
/// stack below everything else, so no object ever lies in the first KiB; knowing that makes
/// addresses shorter. What is stripped only says which tools made the file.
const SIZE: [&str; 5] = [
    "-Oz",
    "--one-caller-inline-max-function-size=30",
    "--low-memory-unused",
    "--strip-producers",
    "--strip-target-features",
];

/// Again and again until nothing is won any more: takes a minute, saves 1 in 1,000.
const PATIENT: &str = "--converge";

/// Makes every wasm file in `dir` smaller, in place, and its script with it.
///
/// # Errors
/// wasm-opt fails, or a script does not fit its wasm file.
pub(crate) fn run(wasm_opt: &Found, dir: &Path, quality: Quality) -> Result<()> {
    for file in wasm_files(dir)? {
        let before = std::fs::metadata(&file)?.len();
        let output = file.with_extension("optimised");
        let script = script_of(&file)?;
        let taken_out = unused::take_out(&script)?;
        let shrink = |passes: &[String]| {
            let mut command = process::command(&wasm_opt.path);
            command
                .args(passes)
                .args(SIZE)
                .args((quality == Quality::Shipped).then_some(PATIENT))
                .args(FEATURES)
                .arg(&file)
                .arg("--output")
                .arg(&output);
            process::run_quietly(&mut command)
        };
        if let Err(error) = shrink(&taken_out) {
            if taken_out.is_empty() {
                return Err(error);
            }
            // What stays then is only never called.
            report::warning(
                "an older wasm-opt, which makes a larger client; trying without new passes",
            );
            shrink(&[])?;
        }
        // By itself, or each round of the passes above would shorten and tell them again.
        let mut command = process::command(&wasm_opt.path);
        command
            .args(FEATURES)
            .arg(names::PASS)
            .arg(&output)
            .arg("--output")
            .arg(&output);
        let told = process::output(&mut command)?;
        names::follow(&script, &told)?;
        std::fs::rename(&output, &file).context("cannot replace the wasm file")?;
        let after = std::fs::metadata(&file)?.len();
        report::note(&format!("wasm-opt: {before} bytes -> {after} bytes"));
    }
    Ok(())
}

/// Squeezes the scripts in `dir`.
///
/// # Errors
/// A file cannot be read or written.
pub(crate) fn squeeze_scripts(dir: &Path) -> Result<()> {
    for file in wasm_files(dir)? {
        let file = script_of(&file)?;
        let script = std::fs::read_to_string(&file).context("the client has no script")?;
        std::fs::write(&file, script::squeezed(&script)).context("cannot write the script")?;
    }
    Ok(())
}

/// wasm-bindgen calls them `client.js` and `client_bg.wasm`.
pub(super) fn script_of(wasm: &Path) -> Result<PathBuf> {
    let stem = wasm.file_stem().and_then(|stem| stem.to_str());
    let name = stem.and_then(|stem| stem.strip_suffix("_bg"));
    let name = name.with_context(|| format!("{} has no script", wasm.display()))?;
    Ok(wasm.with_file_name(format!("{name}.js")))
}

pub(super) fn wasm_files(dir: &Path) -> Result<Vec<PathBuf>> {
    let entries: Vec<PathBuf> = std::fs::read_dir(dir)?
        .map(|entry| entry.map(|entry| entry.path()))
        .collect::<std::io::Result<_>>()?;
    Ok(entries
        .into_iter()
        .filter(|path| path.extension().is_some_and(|e| e == "wasm"))
        .collect())
}
