//! Adds what was found to the kept inputs, and drops those that reach nothing more.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context as _, Result, ensure};

use crate::folders::Folders;
use crate::run::MAX_INPUT_BYTES;
use crate::table::line;

/// Kept inputs of one target: all together stay below 1 MiB. Within ten seconds the fuzzer finds the
/// small variants of one message again that are left out.
const MAX_INPUTS: usize = 64;

/// Replaces the kept inputs of a target by a small set that reaches as much, as far as it fits.
pub(crate) fn minimise(folders: &Folders, target: &str) -> Result<()> {
    let (corpus, results) = (folders.corpus(target), folders.results(target));
    let (found, merged) = (results.join("found"), results.join("merged"));
    if merged.exists() {
        fs::remove_dir_all(&merged)?;
    }
    for folder in [&corpus, &found, &merged] {
        fs::create_dir_all(folder)?;
    }
    let mut command = Command::new(folders.program(target));
    command
        .args([
            "-set_cover_merge=1",
            "-use_counters=0",
            &format!("-max_len={MAX_INPUT_BYTES}"),
        ])
        .args([&merged, &corpus, &found])
        .stdout(Stdio::null())
        .stderr(Stdio::null());
    let status = command
        .status()
        .with_context(|| format!("cannot run {target}"))?;
    ensure!(status.success(), "{target} failed on an input: fuzz it");
    let all = files(&merged)?;
    let kept = spread(&all);
    for (file, _) in files(&corpus)? {
        fs::remove_file(file)?;
    }
    for (file, _) in &kept {
        let name = file.file_name().context("an input without a name")?;
        fs::copy(file, corpus.join(name))?;
    }
    line(&format!("{target}: {} of {} inputs", kept.len(), all.len()));
    Ok(())
}

/// The files of a folder with their sizes, the smallest first.
fn files(folder: &Path) -> Result<Vec<(PathBuf, u64)>> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        files.push((entry.path(), entry.metadata()?.len()));
    }
    files.sort_by_key(|(path, size)| (*size, path.clone()));
    Ok(files)
}

/// At most [`MAX_INPUTS`] files, of all sizes.
fn spread<T>(files: &[T]) -> Vec<&T> {
    let step = files.len().div_ceil(MAX_INPUTS).max(1);
    files.iter().rev().step_by(step).collect()
}

#[test]
fn kept_inputs_are_few_and_of_all_sizes() {
    let kept = spread(&(0..200).collect::<Vec<_>>()).len();
    assert!((MAX_INPUTS / 2..=MAX_INPUTS).contains(&kept), "{kept}");
    assert_eq!(spread(&[1, 2, 3]), [&3, &2, &1]);
}
