//! Finding programs and asking them for their version.

use crate::{process, workspace};
use anyhow::{Context as _, Result, bail};
use std::ffi::OsString;
use std::path::{Path, PathBuf};

/// A program that is there.
#[derive(Debug, Clone)]
pub(crate) struct Found {
    /// Where.
    pub(crate) path: PathBuf,
    /// Which, as it says itself.
    pub(crate) version: String,
}

/// The folders that are searched: ours first, then `PATH`, then cargo's own.
fn folders() -> Vec<PathBuf> {
    let tools = workspace::tools_dir();
    let mut folders = vec![tools.join("bin"), tools.join("npm/node_modules/.bin")];
    if let Some(path) = std::env::var_os("PATH") {
        folders.extend(std::env::split_paths(&path));
    }
    if let Some(home) = std::env::home_dir() {
        folders.push(home.join(".cargo/bin"));
    }
    folders
}

/// `PATH` with `first` and our own folders in front.
///
/// # Errors
/// A folder has a character that `PATH` cannot hold.
pub(crate) fn path_starting_with(first: Option<&Path>) -> Result<OsString> {
    let first = first.map(Path::to_path_buf);
    std::env::join_paths(first.into_iter().chain(folders()))
        .context("a folder on PATH has a separator in its name")
}

/// The first program of one of these names whose version is `wanted`.
pub(crate) fn search(names: &[&str], wanted: impl Fn(&str) -> bool) -> Option<Found> {
    folders()
        .iter()
        .flat_map(|folder| names.iter().map(move |name| folder.join(name)))
        .filter(|path| path.is_file())
        .filter_map(|path| version_of(&path).map(|version| Found { path, version }))
        .find(|found| wanted(&found.version))
}

/// The program an environment variable names, if it is set.
///
/// # Errors
/// The variable is set, but there is no such program.
pub(crate) fn from_environment(variable: &str) -> Result<Option<Found>> {
    let Some(path) = std::env::var_os(variable).map(PathBuf::from) else {
        return Ok(None);
    };
    match version_of(&path) {
        Some(version) => Ok(Some(Found { path, version })),
        None => bail!(
            "{variable} is set to {}, which cannot be run",
            path.display()
        ),
    }
}

/// The first line that `program --version` prints.
pub(crate) fn version_of(program: &Path) -> Option<String> {
    let text = process::output(process::command(program).arg("--version")).ok()?;
    text.lines().next().map(|line| line.trim().to_owned())
}

/// The first word with a digit and a dot in it, such as `0.21.14` in `trunk 0.21.14`.
pub(crate) fn number_in(version: &str) -> Option<&str> {
    version
        .split([' ', '='])
        .find(|word| word.starts_with(|c: char| c.is_ascii_digit()) && word.contains('.'))
}

/// The part before the first dot of the version number.
pub(crate) fn major_in(version: &str) -> Option<u32> {
    number_in(version)?.split('.').next()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::{major_in, number_in};

    #[test]
    fn version_numbers_are_read_from_what_programs_print() {
        assert_eq!(number_in("trunk 0.21.14"), Some("0.21.14"));
        assert_eq!(
            number_in("Chromium 151.0.7922.71 built on Debian"),
            Some("151.0.7922.71")
        );
        assert_eq!(
            major_in("7.0.15 sha=00000000:0 malloc=jemalloc-5.3.0"),
            Some(7)
        );
        assert_eq!(number_in("no version here"), None);
    }
}
