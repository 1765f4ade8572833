//! The files of the repository that rules look at.

use anyhow::{Context as _, Result};
use std::path::Path;
use walkdir::{DirEntry, WalkDir};

/// One text file.
#[derive(Debug, Clone)]
pub(super) struct File {
    /// Relative to the root, with forward slashes.
    pub(super) path: String,
    pub(super) text: String,
}

impl File {
    pub(super) fn new(path: &str, text: &str) -> Self {
        Self {
            path: path.to_owned(),
            text: text.to_owned(),
        }
    }

    pub(super) fn is_rust(&self) -> bool {
        self.path.ends_with(".rs")
    }

    /// Whether the whole file is about tests: in `tests/`, `benches/`, or a `tests.rs`.
    pub(super) fn is_test(&self) -> bool {
        let in_folder = self
            .path
            .split('/')
            .any(|part| part == "tests" || part == "benches");
        in_folder || self.path.ends_with("/tests.rs")
    }

    /// The folder of the crate the file belongs to, such as `client/editor`.
    pub(super) fn crate_folder(&self) -> &str {
        match self.path.strip_prefix("client/editor/") {
            Some(_) => "client/editor",
            None => self.path.split_once('/').map_or("", |(folder, _)| folder),
        }
    }

    pub(super) fn ends_with(&self, endings: &[&str]) -> bool {
        endings.iter().any(|ending| self.path.ends_with(ending))
    }
}

/// What is read; everything else is not ours or not text.
const KINDS: [&str; 6] = [".rs", ".css", ".md", ".toml", ".html", ".js"];

/// Folders of built or downloaded things, at the root only.
const SKIPPED: [&str; 4] = ["target", "dist", "data", "node_modules"];

/// Reads all files below the root.
///
/// # Errors
/// A file cannot be read or is not UTF-8.
pub(super) fn read(root: &Path) -> Result<Vec<File>> {
    let mut files = Vec::new();
    for entry in WalkDir::new(root)
        .sort_by_file_name()
        .into_iter()
        .filter_entry(is_ours)
    {
        let entry = entry.context("cannot read the repository")?;
        let relative = entry.path().strip_prefix(root).unwrap_or(entry.path());
        let path = relative.to_string_lossy().replace('\\', "/");
        if entry.file_type().is_file() && KINDS.iter().any(|kind| path.ends_with(kind)) {
            let text = std::fs::read_to_string(entry.path())
                .with_context(|| format!("cannot read {path}"))?;
            files.push(File::new(&path, &text));
        }
    }
    Ok(files)
}

fn is_ours(entry: &DirEntry) -> bool {
    let name = entry.file_name().to_string_lossy();
    let hidden = entry.depth() > 0 && name.starts_with('.');
    let built = entry.depth() == 1 && SKIPPED.contains(&name.as_ref());
    !hidden && !built
}
