//! What is measured in turn: built clients, and the floor page beside them.

use anyhow::{Result, ensure};
use testkit::handwriting;
use tokio::time::Instant;

use crate::client::Client;
use crate::floor::Floor;
use crate::row::{Action, Row};
use crate::{pair, visit};

/// A column of the table.
pub(crate) enum Subject {
    Client(Client),
    Floor(Floor),
}

impl Subject {
    /// Its name in the table.
    pub(crate) fn name(&self) -> String {
        match self {
            Self::Client(client) => client.name().into_owned(),
            Self::Floor(_) => "floor".to_owned(),
        }
    }

    /// Whether it can do what the row says.
    pub(crate) const fn can(&self, row: &Row) -> bool {
        match self {
            Self::Client(_) => true,
            Self::Floor(_) => row.action.is_only_drawing(),
        }
    }

    /// Measures a row once; the figures are those that the row names.
    pub(crate) async fn measure(&self, row: &Row, is_profiled: bool) -> Result<Vec<f64>> {
        match (self, row.action) {
            (Self::Floor(floor), _) => {
                visit::measure(row, floor.page(row.strokes), None, is_profiled).await
            }
            (Self::Client(client), Action::Join) => join(client, row).await,
            (Self::Client(client), Action::Server) => client.server_memory(),
            (Self::Client(client), Action::DrawForOther) => pair::measure(client.dist()).await,
            (Self::Client(client), _) => {
                let link = client.board(row)?.edit.at(&client.url());
                visit::measure(row, link, Some(client), is_profiled).await
            }
        }
    }
}

/// Joins without a page: milliseconds until the board is there, and the kilobytes of all messages.
async fn join(client: &Client, row: &Row) -> Result<Vec<f64>> {
    let board = client.board(row)?;
    let begin = Instant::now();
    let (bytes, elements) = handwriting::read(&client.url(), board.edit).await?;
    let took = begin.elapsed().as_secs_f64() * 1e3;
    ensure!(elements == row.strokes, "{elements} elements came");
    Ok(vec![took, bytes as f64 / 1e3])
}
