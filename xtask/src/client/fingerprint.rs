//! Telling whether the client must be built again: a hash over everything it is made of.
//!
//! The content counts, not the time of change, so a fresh checkout of the same files, or a
//! file that was touched and not changed, costs nothing.

use anyhow::{Context as _, Result};
use std::hash::{DefaultHasher, Hasher as _};
use std::path::{Path, PathBuf};
use walkdir::WalkDir;

/// Files and folders the client is made of; the last one is what happens after Trunk.
const INPUTS: [&str; 11] = [
    "client",
    "shared",
    "style",
    "public",
    "index.html",
    "Trunk.toml",
    "Cargo.toml",
    "Cargo.lock",
    "rust-toolchain.toml",
    ".cargo/config.toml",
    "xtask/src/client",
];

/// The fingerprint of all inputs below `root`.
///
/// # Errors
/// A file cannot be read.
pub(crate) fn of_inputs(root: &Path) -> Result<String> {
    let mut hasher = DefaultHasher::new();
    for input in INPUTS {
        for path in files(&root.join(input))? {
            let content =
                std::fs::read(&path).with_context(|| format!("cannot read {}", path.display()))?;
            let name = path.strip_prefix(root).unwrap_or(&path).to_string_lossy();
            hasher.write(name.as_bytes());
            hasher.write_usize(content.len());
            hasher.write(&content);
        }
    }
    Ok(format!("{:016x}", hasher.finish()))
}

/// All files at or below a path, in a fixed order; tests are no part of the client.
fn files(path: &Path) -> Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    let walk = WalkDir::new(path).sort_by_file_name().into_iter();
    for entry in walk.filter_entry(|entry| entry.file_name() != "tests") {
        match entry {
            Ok(entry) if entry.file_type().is_file() => files.push(entry.into_path()),
            Ok(_) => {}
            Err(error) if is_missing(&error) => {}
            Err(error) => return Err(error.into()),
        }
    }
    Ok(files)
}

fn is_missing(error: &walkdir::Error) -> bool {
    error
        .io_error()
        .is_some_and(|error| error.kind() == std::io::ErrorKind::NotFound)
}

#[cfg(test)]
mod tests {
    use super::of_inputs;

    #[test]
    fn any_change_of_an_input_changes_the_fingerprint() {
        let root = tempfile::tempdir().unwrap();
        let write = |name: &str, text: &str| {
            let path = root.path().join(name);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, text).unwrap();
        };
        write("client/src/main.rs", "fn main() {}");
        let before = of_inputs(root.path()).unwrap();
        write("server/src/main.rs", "fn main() {}");
        write("shared/tests/law.rs", "// a test");
        assert_eq!(
            of_inputs(root.path()).unwrap(),
            before,
            "no part of the client"
        );
        write("style/main.css", "a {}");
        let after = of_inputs(root.path()).unwrap();
        assert_ne!(after, before);
        write("client/src/main.rs", "fn main() { }");
        assert_ne!(of_inputs(root.path()).unwrap(), after);
    }
}
