//! A built client to measure, with a server and boards of its own.

use std::borrow::Cow;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result};
use testkit::board::Board;
use testkit::handwriting;
use testkit::server::{self, Server};
use testkit::usage::resident;

use crate::row::{Action, Row};

/// A client with a server of its own and the boards on it.
pub(crate) struct Client {
    /// The folder with its files.
    dist: PathBuf,
    server: Server,
    /// The boards by the number of their strokes.
    boards: Vec<(usize, Board)>,
    /// The board on which others draw. It has more strokes after each round, so no other row uses it.
    watched: Option<Board>,
    /// Resident bytes of the server when the boards had been filled.
    filled: u64,
}

impl Client {
    /// Starts a server for the client in `dist`, and fills the boards that the rows need.
    pub(crate) async fn start(dist: PathBuf, rows: &[Row]) -> Result<Self> {
        let folder = dist.to_string_lossy().into_owned();
        let server = Server::start(&server::program()?, &["--static-dir", &folder]).await?;
        let mut boards = Vec::new();
        let mut watched = None;
        for row in rows {
            match row.action {
                Action::DrawForOther | Action::Server => {}
                Action::Watch => watched = Some(filled(&server, row.strokes).await?),
                Action::OpenAll
                | Action::Open
                | Action::Pan
                | Action::Zoom
                | Action::Select
                | Action::Draw
                | Action::Join => {
                    if boards.iter().all(|(count, _)| *count != row.strokes) {
                        boards.push((row.strokes, filled(&server, row.strokes).await?));
                    }
                }
            }
        }
        let filled = memory(&server)?;
        Ok(Self {
            dist,
            server,
            boards,
            watched,
            filled,
        })
    }

    /// The name of its folder.
    pub(crate) fn name(&self) -> Cow<'_, str> {
        let name = self.dist.file_name().unwrap_or(self.dist.as_os_str());
        name.to_string_lossy()
    }

    pub(crate) fn dist(&self) -> &Path {
        &self.dist
    }

    /// The address of its server.
    pub(crate) fn url(&self) -> String {
        self.server.url()
    }

    /// The board of a row.
    pub(crate) fn board(&self, row: &Row) -> Result<Board> {
        if row.action == Action::Watch {
            return self.watched.context("no board to watch");
        }
        let mut boards = self.boards.iter();
        let found = boards.find(|(count, _)| *count == row.strokes);
        found.map(|(_, board)| *board).context("no such board")
    }

    /// Megabytes of its server's process: when the boards had been filled, and now.
    pub(crate) fn server_memory(&self) -> Result<Vec<f64>> {
        let both = [self.filled, memory(&self.server)?];
        Ok(both.map(|bytes| bytes as f64 / 1e6).to_vec())
    }
}

/// A new board with so many strokes.
async fn filled(server: &Server, strokes: usize) -> Result<Board> {
    let board = Board::create(&server.url()).await?;
    handwriting::fill(&server.url(), board.edit, strokes).await?;
    Ok(board)
}

fn memory(server: &Server) -> Result<u64> {
    let process = server.id().context("the server has ended")?;
    resident(process).context("the memory of the server cannot be read")
}
