//! The floor page: a page that draws the strokes of a board on a canvas and does nothing else. It
//! shows what drawing alone costs in this browser on this machine at this moment.

use anyhow::Result;
use tempfile::TempDir;
use testkit::handwriting;
use testkit::server::{self, Server};

/// The page and its script.
const PAGE: &str = include_str!("floor/floor.html");
const SCRIPT: &str = include_str!("floor/floor.js");

/// A server with the page and files of strokes.
pub(crate) struct Floor {
    server: Server,
    /// The folder that it serves.
    _files: TempDir,
}

impl Floor {
    /// Starts a server of ours, as the boards have one, with a file for each number of strokes.
    pub(crate) async fn start(strokes: &[usize]) -> Result<Self> {
        let files = tempfile::tempdir()?;
        let folder = files.path();
        tokio::fs::write(folder.join("floor.html"), PAGE).await?;
        tokio::fs::write(folder.join("floor.js"), SCRIPT).await?;
        for count in strokes {
            let file = folder.join(format!("strokes-{count}.bin"));
            tokio::fs::write(file, handwriting::numbers(*count)).await?;
        }
        let folder = folder.to_string_lossy().into_owned();
        let server = Server::start(&server::program()?, &["--static-dir", &folder]).await?;
        Ok(Self {
            server,
            _files: files,
        })
    }

    /// The address of the page with so many strokes.
    pub(crate) fn page(&self, strokes: usize) -> String {
        format!("{}/floor.html?strokes={strokes}", self.server.url())
    }
}
