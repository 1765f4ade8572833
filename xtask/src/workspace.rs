//! Paths in the repository, and a shell that runs commands in it.

use anyhow::Result;
use std::path::PathBuf;
use xshell::Shell;

/// A shell in the root of the repository. It shows each command that it runs.
pub(crate) fn shell() -> Result<Shell> {
    let shell = Shell::new()?;
    shell.change_dir(root());
    Ok(shell)
}

/// The root of the repository.
pub(crate) fn root() -> PathBuf {
    let manifest = std::env::var_os("CARGO_MANIFEST_DIR")
        .map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")), PathBuf::from);
    manifest.join("..").canonicalize().unwrap_or(manifest)
}

/// The target directory of cargo.
pub(crate) fn target_dir() -> PathBuf {
    let dir = std::env::var_os("CARGO_TARGET_DIR").unwrap_or_else(|| "target".into());
    root().join(dir)
}

/// Path of a program that cargo built, in the folder of its profile.
pub(crate) fn built(folder: &str, name: &str) -> PathBuf {
    let file = format!("{name}{}", std::env::consts::EXE_SUFFIX);
    target_dir().join(folder).join(file)
}

/// The built client that the server serves.
pub(crate) fn dist_dir() -> PathBuf {
    root().join("dist")
}

/// Tools that are installed for this checkout only.
pub(crate) fn tools_dir() -> PathBuf {
    root().join(".tools")
}
