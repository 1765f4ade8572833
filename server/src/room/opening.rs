//! Opens a board: subscribes first, then reads, so that no commit falls between, and then replays
//! what was read.
//!
//! Store and broker must answer within a limit. The replay has none, for it makes progress.

use std::time::Duration;

use backon::Retryable as _;
use shared::id::BoardId;
use shared::sync::Room;
use shared::sync::log::Loaded;
use tokio::time::timeout;

use super::context::Context;
use super::replaying::{ReplayError, replay};
use crate::broker::{BrokerError, Subscription};
use crate::clock::unix_ms;
use crate::protection::{self, Protection};
use crate::retry::backoff;
use crate::store::{BoardRecord, StoreError};

/// How long store and broker are asked before the sessions are closed, so that their clients try
/// again.
const ANSWER_LIMIT: Duration = Duration::from_secs(5);
/// A replay that takes longer is long: the room stores a snapshot soon.
const LONG_REPLAY: Duration = Duration::from_millis(500);
/// Time between reading and subscribing if these are done in the wrong order.
const UNSUBSCRIBED: Duration = Duration::from_millis(500);

/// Why a board could not be opened.
#[derive(Debug, thiserror::Error)]
pub(super) enum OpeningError {
    #[error(transparent)]
    Broker(#[from] BrokerError),
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error(transparent)]
    Replay(#[from] ReplayError),
    #[error("board is not in the store")]
    Missing,
    #[error("store or broker did not answer within {} s", ANSWER_LIMIT.as_secs())]
    TooLate,
}

/// A board that was just opened.
#[derive(Debug)]
pub(super) struct Opened {
    pub(super) room: Room,
    pub(super) record: BoardRecord,
    pub(super) subscription: Subscription,
}

/// A board as store and broker have it.
struct Found {
    subscription: Subscription,
    record: BoardRecord,
    record_version: u64,
    loaded: Loaded,
}

/// Opens a board. `report` is told how much of the replay is done, `0 ..= 1000`.
pub(super) async fn open(
    context: &Context,
    board: BoardId,
    report: impl Fn(u16),
) -> Result<Opened, OpeningError> {
    let find = || find(context, board);
    let retried = find.retry(backoff()).when(|error| match error {
        OpeningError::Broker(_) | OpeningError::Store(StoreError::Unavailable(_)) => true,
        OpeningError::Store(_)
        | OpeningError::Replay(_)
        | OpeningError::Missing
        | OpeningError::TooLate => false,
    });
    let Found {
        subscription,
        record,
        record_version,
        loaded,
    } = timeout(ANSWER_LIMIT, retried)
        .await
        .map_err(|_| OpeningError::TooLate)??;
    let outcome = replay(&context.replays, loaded, report).await?;
    context.metrics.boards.replayed(outcome.took);
    let (title, now) = (record.title.clone(), context.clock.now());
    let mut room = Room::open(context.node, title, *outcome.replayed, now);
    room.set_unix_time(unix_ms(), now);
    room.set_record(record.title.clone(), record.access(), record_version);
    if outcome.took > LONG_REPLAY {
        room.compact_soon();
    }
    Ok(Opened {
        room,
        record,
        subscription,
    })
}

async fn find(context: &Context, board: BoardId) -> Result<Found, OpeningError> {
    let mut subscription = context.broker.subscribe(board).await?;
    let (record, record_version) = context
        .store
        .record(board)
        .await?
        .ok_or(OpeningError::Missing)?;
    let loaded = context
        .store
        .load(board)
        .await?
        .ok_or(OpeningError::Missing)?;
    if !protection::is_on(Protection::SubscribeFirst) {
        drop(subscription);
        tokio::time::sleep(UNSUBSCRIBED).await;
        subscription = context.broker.subscribe(board).await?;
    }
    Ok(Found {
        subscription,
        record,
        record_version,
        loaded,
    })
}
