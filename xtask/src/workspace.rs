//! Where things are in the repository, and which crates may be built together.

use std::path::{Path, PathBuf};

/// All crates that are built for this machine; the client is built for wasm and apart.
///
/// Every cargo call that builds tests names all of them, so that cargo chooses the same
/// features each time and no dependency is compiled twice.
pub(crate) const NATIVE_CRATES: [&str; 7] = [
    "shared", "editor", "server", "xtask", "testkit", "e2e", "bench",
];

/// The crate of the browser client.
pub(crate) const CLIENT_CRATE: &str = "client";

/// The target of the client.
pub(crate) const WASM_TARGET: &str = "wasm32-unknown-unknown";

/// Name of the server's binary.
pub(crate) const SERVER_BINARY: &str = "commonslate";

/// The root of the repository.
pub(crate) fn root() -> PathBuf {
    let manifest = std::env::var_os("CARGO_MANIFEST_DIR")
        .map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")), PathBuf::from);
    manifest
        .parent()
        .map_or_else(|| manifest.clone(), Path::to_path_buf)
}

/// Where cargo puts what it builds.
pub(crate) fn target_dir() -> PathBuf {
    match std::env::var_os("CARGO_TARGET_DIR") {
        Some(dir) => root().join(dir),
        None => root().join("target"),
    }
}

/// The built client, as the server serves it.
pub(crate) fn dist_dir() -> PathBuf {
    root().join("dist")
}

/// Tools that belong to this checkout only.
pub(crate) fn tools_dir() -> PathBuf {
    root().join(".tools")
}

/// `-p a -p b …` for all native crates.
pub(crate) fn native_package_flags() -> Vec<&'static str> {
    NATIVE_CRATES.iter().flat_map(|name| ["-p", name]).collect()
}
