//! New epochs for all boards, after a part of the history may be lost.

use redb::ReadableTable as _;
use shared::id::{BoardId, Epoch};

use super::tables::{BoardRow, Tables};
use crate::clock::NoRandomness;

/// Begins a new epoch for every board: other commits must not come under the numbers of commits that
/// are lost. Returns the boards.
pub(super) fn begin_epochs(
    tables: &mut Tables<'_>,
    fresh: impl Fn() -> Result<Epoch, NoRandomness>,
) -> Result<Vec<BoardId>, BeginError> {
    let mut boards = Vec::new();
    for entry in tables.heads.iter()? {
        let (board, row) = entry?;
        boards.push((
            BoardId::from_bytes(*board.value()),
            BoardRow::read(row.value()),
        ));
    }
    for (board, row) in &mut boards {
        row.at.epoch = fresh()?;
        tables.put_head(*board, row)?;
    }
    Ok(boards.into_iter().map(|(board, _)| board).collect())
}

/// Why no new epochs were begun.
#[derive(Debug, thiserror::Error)]
pub(super) enum BeginError {
    #[error(transparent)]
    Database(#[from] redb::Error),
    #[error(transparent)]
    Storage(#[from] redb::StorageError),
    #[error(transparent)]
    Randomness(#[from] NoRandomness),
}
