//! Reads the files of the repository, and checks the rules about single files.

use crate::{report, workspace};
use anyhow::Result;
use xshell::cmd;

/// One text file.
#[derive(Debug)]
pub(super) struct File {
    /// Relative to the root, with forward slashes.
    pub(super) path: String,
    pub(super) text: String,
}

impl File {
    /// Whether the whole file is for tests: in `tests/` or `benches/`, or a `tests.rs`.
    pub(super) fn is_test(&self) -> bool {
        let mut parts = self.path.split('/');
        parts.any(|part| matches!(part, "tests" | "benches" | "tests.rs"))
    }
}

/// Reads all files that git tracks or would add.
pub(super) fn read() -> Result<Vec<File>> {
    let shell = workspace::shell()?;
    let kinds = ["*.rs", "*.css", "*/Cargo.toml"];
    let which = ["--cached", "--others", "--exclude-standard"];
    let list = cmd!(shell, "git ls-files {which...} -- {kinds...}");
    let paths = list.quiet().read()?;
    // A file that was deleted stays on the list until the next commit.
    let paths = paths.lines().filter(|path| shell.path_exists(path));
    let read = |path: &str| {
        let (path, text) = (path.to_owned(), shell.read_file(path)?);
        Ok(File { path, text })
    };
    paths.map(read).collect()
}

/// A file with more lines gets a warning.
const SOFT: usize = 300;
/// A file with more lines is an error.
const HARD: usize = 400;
/// A file with only tests may be longer, because it reads like a list.
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

/// Finds a Rust file without module docs.
pub(super) fn without_docs(file: &File) -> Option<String> {
    let mut lines = file.text.lines();
    let first = lines.find(|line| !line.is_empty() && !line.starts_with("#!["));
    let is_fine = !file.path.ends_with(".rs") || first.is_some_and(|it| it.starts_with("//!"));
    (!is_fine).then(|| format!("{}:1: the file has no module docs (`//!`)", file.path))
}

/// Finds a crate that does not use the lints of the workspace.
pub(super) fn without_lints(file: &File) -> Option<String> {
    let is_fine = file.text.contains("[lints]\nworkspace = true");
    let is_found = file.path.ends_with("/Cargo.toml") && !is_fine;
    is_found.then(|| format!("{}:1: no `[lints]` with `workspace = true`", file.path))
}
