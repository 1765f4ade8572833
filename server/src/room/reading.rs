//! Reads a board as the store has it, without opening a room.

use std::sync::Arc;
use std::time::Duration;

use shared::id::BoardId;
use shared::sync::Replayed;

use super::context::Context;
use super::replaying::{ReplayError, replay};
use crate::store::StoreError;
use crate::store::calls::within;

/// How long the store is asked.
const ANSWER_LIMIT: Duration = Duration::from_secs(5);

/// Why a board was not read.
#[derive(Debug, thiserror::Error)]
pub(crate) enum ReadError {
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error("the board cannot be replayed: {0}")]
    Replay(String),
}

/// A board that was read.
#[derive(Debug)]
pub(crate) struct ReadBoard {
    /// The board with the end of its history.
    pub(crate) replayed: Arc<Replayed>,
    /// Processor time of the replay.
    pub(crate) took: Duration,
}

/// Reads a board; `None` if there is no such board. Large boards take turns with those that are
/// being opened.
pub(crate) async fn read_board(
    context: &Context,
    board: BoardId,
) -> Result<Option<ReadBoard>, ReadError> {
    let Some(loaded) = within(ANSWER_LIMIT, context.store.load(board)).await? else {
        return Ok(None);
    };
    let outcome = replay(&context.replays, loaded, |_| ()).await;
    let outcome = outcome.map_err(|error: ReplayError| ReadError::Replay(error.to_string()))?;
    Ok(Some(ReadBoard {
        replayed: Arc::from(outcome.replayed),
        took: outcome.took,
    }))
}
