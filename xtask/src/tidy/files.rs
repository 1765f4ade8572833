//! The files of the repository, and the rules about single files.

use crate::report;
use anyhow::{Context as _, Result};
use std::path::Path;
use walkdir::{DirEntry, WalkDir};

/// One text file.
#[derive(Debug)]
pub(super) struct File {
    /// Relative to the root, with forward slashes.
    pub(super) path: String,
    pub(super) text: String,
}

impl File {
    /// Whether the whole file is about tests: in `tests/`, `benches/`, or a `tests.rs`.
    pub(super) fn is_test(&self) -> bool {
        let mut parts = self.path.split('/');
        parts.any(|part| matches!(part, "tests" | "benches" | "tests.rs"))
    }
}

/// Endings of what is read; everything else is not ours or not text.
const KINDS: [&str; 3] = [".rs", ".css", "/Cargo.toml"];

/// Folders of built or downloaded things, at the root only.
const SKIPPED: [&str; 4] = ["target", "dist", "data", "node_modules"];

/// Reads all files below the root.
pub(super) fn read(root: &Path) -> Result<Vec<File>> {
    let is_ours = |entry: &DirEntry| {
        let name = entry.file_name().to_string_lossy();
        let is_skipped = entry.depth() == 1 && SKIPPED.contains(&name.as_ref());
        entry.depth() == 0 || !is_skipped && !name.starts_with('.')
    };
    let mut files = Vec::new();
    let entries = WalkDir::new(root).sort_by_file_name().into_iter();
    for entry in entries.filter_entry(is_ours) {
        let entry = entry.context("cannot read the repository")?;
        let path = entry
            .path()
            .strip_prefix(root)?
            .to_string_lossy()
            .replace('\\', "/");
        if KINDS.iter().any(|kind| path.ends_with(kind)) {
            let text = std::fs::read_to_string(entry.path());
            let text = text.with_context(|| format!("cannot read {path}"))?;
            files.push(File { path, text });
        }
    }
    Ok(files)
}

/// Lines of a file worth splitting soon: a warning.
const SOFT: usize = 300;
/// Lines of a file that must be split.
const HARD: usize = 400;
/// Lines of a file with nothing but tests, which read like a list.
const HARD_TESTS: usize = 600;

/// Finds a Rust or style file that is too long.
pub(super) fn too_long(file: &File) -> Option<String> {
    let lines = file.text.lines().count();
    let hard = if file.is_test() { HARD_TESTS } else { HARD };
    let is_code = file.path.ends_with(".rs") || file.path.ends_with(".css");
    if !is_code || lines <= SOFT {
        return None;
    }
    let message = format!("{}:1: {lines} lines; a file has at most {hard}", file.path);
    if lines <= hard && !file.is_test() {
        report::warning(&format!("{message}, better {SOFT}"));
    }
    (lines > hard).then_some(message)
}

/// Finds a Rust file that does not begin by saying what it is.
pub(super) fn without_docs(file: &File) -> Option<String> {
    let mut lines = file.text.lines();
    let first = lines.find(|line| !line.is_empty() && !line.starts_with("#!["));
    let is_fine = !file.path.ends_with(".rs") || first.is_some_and(|it| it.starts_with("//!"));
    (!is_fine).then(|| format!("{}:1: the file has no module docs (`//!`)", file.path))
}

/// Finds a crate that does not take over the lints of the workspace.
pub(super) fn without_lints(file: &File) -> Option<String> {
    let is_fine = file.text.contains("[lints]\nworkspace = true");
    let is_found = file.path.ends_with("/Cargo.toml") && !is_fine;
    is_found.then(|| format!("{}:1: no `[lints]` with `workspace = true`", file.path))
}
