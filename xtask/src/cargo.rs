//! Calls of cargo, and which crates of the workspace may be built together.

use crate::{process, workspace};
use anyhow::{Context as _, Result};
use serde_json::Value;
use std::path::{Path, PathBuf};

/// The crate of the browser client.
pub(crate) const CLIENT: &str = "client";

/// The target of the client.
pub(crate) const WASM: &str = "wasm32-unknown-unknown";

/// Name of the server's binary.
pub(crate) const SERVER: &str = "commonslate";

/// One crate of the workspace.
#[derive(Debug, Default)]
pub(crate) struct Package {
    pub(crate) name: String,
    /// Folder relative to the root, with forward slashes.
    pub(crate) folder: String,
    /// Names of the dependencies that the product has, without those of tests and builds.
    pub(crate) dependencies: Vec<String>,
    /// Names of the integration tests.
    pub(crate) tests: Vec<String>,
}

/// All crates of the workspace.
pub(crate) fn packages() -> Result<Vec<Package>> {
    let mut cargo = process::cargo();
    let text = process::output(cargo.args(["metadata", "--no-deps", "--format-version", "1"]))?;
    let metadata: Value = serde_json::from_str(&text)?;
    let packages = metadata.get("packages").and_then(Value::as_array);
    let read = packages.and_then(|all| all.iter().map(read).collect());
    read.context("cargo metadata has an unknown form")
}

fn read(package: &Value) -> Option<Package> {
    let name = |value: &Value| Some(value.get("name")?.as_str()?.to_owned());
    let named = |list: &str, pointer: &str, wanted: &Value| -> Vec<String> {
        let all = package.get(list).and_then(Value::as_array);
        let is_wanted = |one: &&Value| one.pointer(pointer) == Some(wanted);
        let wanted = all.into_iter().flatten().filter(is_wanted);
        wanted.filter_map(name).collect()
    };
    let manifest = Path::new(package.get("manifest_path")?.as_str()?);
    let folder = manifest.parent()?.strip_prefix(workspace::root()).ok()?;
    Some(Package {
        name: name(package)?,
        folder: folder.to_string_lossy().replace('\\', "/"),
        dependencies: named("dependencies", "/kind", &Value::Null),
        tests: named("targets", "/kind/0", &Value::from("test")),
    })
}

/// `-p a -p b …` for all crates that are built for this machine. The client is left out: it
/// is built for wasm, and its features and the server's exclude each other.
///
/// Every call that builds tests names all of them, so that cargo chooses the same features
/// each time and compiles no dependency twice.
pub(crate) fn native_crates() -> Result<Vec<String>> {
    let native = packages()?.into_iter().filter(|it| it.name != CLIENT);
    Ok(native.flat_map(|it| ["-p".to_owned(), it.name]).collect())
}

/// Builds the server alone, as `cargo run` does, and returns where it is.
pub(crate) fn build_server(release: bool) -> Result<PathBuf> {
    let (profile, folder) = if release {
        ("release", "release")
    } else {
        ("dev", "debug")
    };
    process::run(process::cargo().args(["build", "-p", "server", "--profile", profile]))?;
    Ok(workspace::built(folder, SERVER))
}
