//! Opens a board: subscribes first, then reads, so that no commit falls between.

use std::time::Duration;

use backon::Retryable as _;
use shared::id::BoardId;
use shared::sync::{Room, RoomError};
use tokio::time::timeout;

use super::context::Context;
use crate::broker::{BrokerError, Subscription};
use crate::retry::backoff;
use crate::store::{BoardRecord, StoreError};

/// How long opening is tried before the sessions are closed, so that their clients try again.
const OPEN_LIMIT: Duration = Duration::from_secs(5);

/// Why a board could not be opened.
#[derive(Debug, thiserror::Error)]
pub(super) enum OpeningError {
    #[error(transparent)]
    Broker(#[from] BrokerError),
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error(transparent)]
    Room(#[from] RoomError),
    #[error("board is not in the store")]
    Missing,
    #[error("store or broker did not answer within {} s", OPEN_LIMIT.as_secs())]
    TooLate,
    #[error("reading the board failed")]
    Aborted,
}

/// A board that was just opened.
#[derive(Debug)]
pub(super) struct Opened {
    pub(super) room: Room,
    pub(super) record: BoardRecord,
    pub(super) subscription: Subscription,
}

/// Opens a board.
pub(super) async fn open(context: &Context, board: BoardId) -> Result<Opened, OpeningError> {
    let attempt = || attempt(context, board);
    let retried = attempt.retry(backoff()).when(|error| match error {
        OpeningError::Broker(_) | OpeningError::Store(StoreError::Unavailable(_)) => true,
        OpeningError::Store(_)
        | OpeningError::Room(_)
        | OpeningError::Missing
        | OpeningError::TooLate
        | OpeningError::Aborted => false,
    });
    timeout(OPEN_LIMIT, retried)
        .await
        .map_err(|_| OpeningError::TooLate)?
}

async fn attempt(context: &Context, board: BoardId) -> Result<Opened, OpeningError> {
    let subscription = context.broker.subscribe(board).await?;
    let (record, _) = context
        .store
        .record(board)
        .await?
        .ok_or(OpeningError::Missing)?;
    let loaded = context
        .store
        .load(board)
        .await?
        .ok_or(OpeningError::Missing)?;
    let (node, title, now) = (context.node, record.title.clone(), context.clock.now());
    // A large board takes a while to rebuild.
    let room = tokio::task::spawn_blocking(move || Room::open(node, title, &loaded, now))
        .await
        .map_err(|_| OpeningError::Aborted)??;
    Ok(Opened {
        room,
        record,
        subscription,
    })
}
