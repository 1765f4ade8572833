//! Starts the servers of a scenario with the built client and a place to store boards.

use std::path::PathBuf;

use anyhow::Result;
use testkit::server::{Server, dist, program};

/// Where a server stores its boards.
#[derive(Debug, Clone)]
pub(crate) enum Storage {
    /// The embedded store in this directory.
    Embedded(PathBuf),
    /// The Redis at this URL; the directory is still the server's own.
    Redis(String, PathBuf),
}

/// Starts a server with the built client and waits until it accepts connections. It gets no public
/// URL, because people connect through several addresses, some of them proxies.
///
/// # Errors
/// If the program or the client is not built, or it does not start.
pub(crate) async fn start(storage: &Storage) -> Result<Server> {
    start_with(storage, &[]).await
}

/// As [`start`], with more options.
///
/// # Errors
/// As [`start`].
pub(crate) async fn start_with(storage: &Storage, more: &[&str]) -> Result<Server> {
    let (Storage::Embedded(data) | Storage::Redis(_, data)) = storage;
    let (dist, data) = (dist()?, data.to_string_lossy());
    let dist = dist.to_string_lossy();
    let mut options = vec!["--static-dir", &dist, "--data-dir", &data];
    if let Storage::Redis(url, _) = storage {
        options.extend(["--redis-url", url]);
    }
    options.extend(more);
    Server::start(&program()?, &options).await
}
