//! Calls cargo, and knows which crates of the workspace may be built together.

use crate::workspace;
use anyhow::Result;
use cargo_metadata::{DependencyKind, MetadataCommand, Package};
use std::path::PathBuf;
use xshell::cmd;

/// The crate of the browser client.
pub(crate) const CLIENT: &str = "client";

/// The target of the client.
pub(crate) const WASM: &str = "wasm32-unknown-unknown";

/// Name of the server's binary.
pub(crate) const SERVER: &str = "commonslate";

/// The names of all crates of the workspace, each with the names of its dependencies, without
/// those of tests and build scripts.
pub(crate) fn crates() -> Result<Vec<(String, Vec<String>)>> {
    let mut command = MetadataCommand::new();
    let metadata = command.current_dir(workspace::root()).no_deps().exec()?;
    let read = |it: Package| {
        let mut needed = it.dependencies;
        needed.retain(|it| it.kind == DependencyKind::Normal);
        let needed = needed.into_iter().map(|it| it.name);
        (it.name.to_string(), needed.collect())
    };
    Ok(metadata.packages.into_iter().map(read).collect())
}

/// `-p a -p b …` for all crates that are built for this machine. The client is left out: it
/// is built for wasm, and its features and the server's exclude each other.
///
/// Every call that builds tests names all of them, so that cargo chooses the same features
/// each time and compiles no dependency twice.
pub(crate) fn native_crates() -> Result<Vec<String>> {
    let names = crates()?.into_iter().map(|(name, _)| name);
    let native = names.filter(|name| name != CLIENT);
    Ok(native.flat_map(|name| ["-p".to_owned(), name]).collect())
}

/// Builds the server alone, as `cargo run` does, and returns where it is.
pub(crate) fn build_server(release: bool) -> Result<PathBuf> {
    let shell = workspace::shell()?;
    let release = release.then_some("--release");
    cmd!(shell, "cargo build -p server {release...}").run()?;
    let folder = release.map_or("debug", |_| "release");
    Ok(workspace::built(folder, SERVER))
}
