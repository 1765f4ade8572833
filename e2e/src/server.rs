//! The servers of a scene: which client they serve, and where they keep boards.

use std::path::PathBuf;

use anyhow::Result;
use testkit::server::{Server, dist, program};

/// What a server keeps its boards in.
#[derive(Debug, Clone)]
pub(crate) enum Keeping {
    /// The embedded store in this directory.
    Embedded(PathBuf),
    /// The Redis at this URL; the directory is still the server's own.
    Redis(String, PathBuf),
}

/// Starts a server with the built client and waits until it can be reached. It is given no public
/// URL: people come by several addresses, some of them proxies.
///
/// # Errors
/// If the program or the client is not built, or it does not start.
pub(crate) async fn start(keeping: &Keeping) -> Result<Server> {
    let (Keeping::Embedded(data) | Keeping::Redis(_, data)) = keeping;
    let (dist, data) = (dist()?, data.to_string_lossy());
    let dist = dist.to_string_lossy();
    let mut options = vec!["--static-dir", &dist, "--data-dir", &data];
    if let Keeping::Redis(url, _) = keeping {
        options.extend(["--redis-url", url]);
    }
    Server::start(&program()?, &options).await
}
