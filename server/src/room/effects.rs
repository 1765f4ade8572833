//! Carrying out what a room asks for, beside the room's own task.
//!
//! Each request is a task that answers into the room; requests that must be
//! answered are repeated until they are. All of them end with the room.

use std::future::Future;
use std::time::Duration;

use backon::Retryable as _;
use bytes::Bytes;
use shared::id::{BoardId, Epoch, Position, Seq};
use shared::limits::MAX_SNAPSHOT_BYTES;
use shared::protocol::{StoredCommit, encode};
use shared::sync::log::{Batch, BatchReply, Head, Loaded};
use shared::sync::{Durability, Snapshot};
use tokio::sync::mpsc;
use tokio::task::{JoinError, JoinSet};
use tokio::time::{sleep, timeout};

use super::Context;
use crate::clock::random16;
use crate::retry::backoff;
use crate::store::{BoardRecord, Compaction, StoreError, Tail};
use crate::telemetry::Tag;

/// Answers that wait for the room.
const ANSWERS: usize = 64;
/// Live messages that wait to be published; beyond it new ones are dropped.
const PUBLISHING: usize = 256;
/// Publishing one live message may take this long.
const PUBLISH_PATIENCE: Duration = Duration::from_secs(1);
/// The check of the head may take this long; it is repeated anyway.
const HEAD_PATIENCE: Duration = Duration::from_millis(900);
/// Wait before asking again whether everything is durable.
const SETTLE_AGAIN: Duration = Duration::from_secs(1);

/// How a request ended.
#[derive(Debug)]
pub(super) enum Answer {
    Batch(BatchReply),
    Tail(Position, Option<Vec<(Seq, StoredCommit)>>),
    Loaded(Option<Box<Loaded>>),
    Head(Option<Head>),
    HeadFailed,
    Durability(Position, Durability),
    Compacted {
        stored: bool,
        seq: Seq,
        /// Size of the encoded snapshot, whether it was stored or not.
        bytes: usize,
    },
    Record(BoardRecord, u64),
    /// An attempt failed; the request goes on.
    StoreFailed,
}

/// The requests of one room that are on their way.
#[derive(Debug)]
pub(super) struct Effects {
    context: Context,
    board: BoardId,
    tasks: JoinSet<()>,
    answering: mpsc::Sender<Answer>,
    answers: mpsc::Receiver<Answer>,
    publishing: mpsc::Sender<Bytes>,
}

impl Effects {
    pub(super) fn new(context: Context, board: BoardId) -> Self {
        let (answering, answers) = mpsc::channel(ANSWERS);
        let (publishing, published) = mpsc::channel(PUBLISHING);
        let mut tasks = JoinSet::new();
        tasks.spawn(publish_all(context.clone(), board, published));
        Self {
            context,
            board,
            tasks,
            answering,
            answers,
            publishing,
        }
    }

    /// The next answer. Safe to drop while waiting.
    ///
    /// # Errors
    /// A request failed in a way that leaves no answer: a bug.
    pub(super) async fn next(&mut self) -> Result<Answer, JoinError> {
        loop {
            tokio::select! {
                Some(answer) = self.answers.recv() => return Ok(answer),
                Some(ended) = self.tasks.join_next() => ended?,
            }
        }
    }

    pub(super) fn publish(&self, message: Bytes) {
        if self.publishing.try_send(message).is_err() {
            tracing::debug!(board = %Tag::from(self.board), "live message dropped");
        }
    }

    pub(super) fn commit(&mut self, mut batch: Batch) {
        match random16() {
            Ok(bytes) => batch.fresh_epoch = Epoch::from_bytes(bytes),
            // The batch still works, unless history was lost at this very moment.
            Err(error) => tracing::error!(%error, "no fresh epoch"),
        }
        let asker = self.asker();
        self.answer(async move {
            Answer::Batch(
                asker
                    .until_answered(|| asker.context.store.commit(asker.board, &batch))
                    .await,
            )
        });
    }

    pub(super) fn read_after(&mut self, after: Position) {
        let asker = self.asker();
        self.answer(async move {
            let read = || asker.context.store.read_after(asker.board, after);
            Answer::Tail(
                after,
                match asker.until_answered(read).await {
                    Tail::Commits(commits) => Some(commits),
                    Tail::Gone => None,
                },
            )
        });
    }

    pub(super) fn load(&mut self) {
        let asker = self.asker();
        self.answer(async move { asker.load().await });
    }

    pub(super) fn restore(&mut self, snapshot: Box<Snapshot>, record: BoardRecord) {
        let asker = self.asker();
        self.answer(async move {
            if let Some(compaction) = fresh_start(snapshot).await {
                let restore = || {
                    asker
                        .context
                        .store
                        .restore(asker.board, &record, &compaction)
                };
                asker.until_answered(restore).await;
            }
            asker.load().await
        });
    }

    pub(super) fn head(&mut self) {
        let asker = self.asker();
        self.answer(async move {
            match timeout(HEAD_PATIENCE, asker.context.store.head(asker.board)).await {
                Ok(Ok(head)) => Answer::Head(head),
                Ok(Err(_)) | Err(_) => Answer::HeadFailed,
            }
        });
    }

    pub(super) fn settle(&mut self, at: Position) {
        let asker = self.asker();
        self.answer(async move {
            match asker.context.store.settle().await {
                Ok(()) => Answer::Durability(at, asker.still_there(at).await),
                Err(StoreError::NeverDurable) => Answer::Durability(at, Durability::Unsupported),
                Err(error) => {
                    asker.log(&error);
                    sleep(SETTLE_AGAIN).await;
                    Answer::Durability(at, Durability::Unknown)
                }
            }
        });
    }

    pub(super) fn compact(&mut self, snapshot: Box<Snapshot>, floor: Seq) {
        let asker = self.asker();
        let at = snapshot.at;
        self.answer(async move {
            let snapshot = encoded(snapshot).await;
            let bytes = snapshot.as_ref().map_or(0, Bytes::len);
            let stored = match snapshot {
                Some(_) if bytes > MAX_SNAPSHOT_BYTES => {
                    tracing::error!(board = %Tag::from(asker.board), bytes, "snapshot is too large");
                    Ok(false)
                }
                Some(snapshot) => {
                    let compaction = Compaction {
                        at,
                        snapshot,
                        floor,
                    };
                    asker.context.store.compact(asker.board, &compaction).await
                }
                None => Ok(false),
            };
            let stored = stored.unwrap_or_else(|error| {
                asker.log(&error);
                false
            });
            Answer::Compacted {
                stored,
                seq: at.seq,
                bytes,
            }
        });
    }

    pub(super) fn read_record(&mut self) {
        let asker = self.asker();
        let answering = self.answering.clone();
        self.tasks.spawn(async move {
            let read = || asker.context.store.record(asker.board);
            if let Some((record, version)) = asker.until_answered(read).await {
                give(&answering, Answer::Record(record, version)).await;
            }
        });
    }

    fn asker(&self) -> Asker {
        Asker {
            context: self.context.clone(),
            board: self.board,
            answering: self.answering.clone(),
        }
    }

    fn answer(&mut self, work: impl Future<Output = Answer> + Send + 'static) {
        let answering = self.answering.clone();
        self.tasks.spawn(async move {
            let answer = work.await;
            give(&answering, answer).await;
        });
    }
}

async fn give(answering: &mpsc::Sender<Answer>, answer: Answer) {
    if answering.send(answer).await.is_err() {
        tracing::debug!("the room ended before an answer");
    }
}

/// Asks the store on behalf of a room.
#[derive(Debug)]
struct Asker {
    context: Context,
    board: BoardId,
    answering: mpsc::Sender<Answer>,
}

impl Asker {
    /// Asks again and again, and lets the room know of every failure.
    async fn until_answered<T, F>(&self, ask: impl Fn() -> F + Send) -> T
    where
        F: Future<Output = Result<T, StoreError>> + Send,
    {
        loop {
            let asking = (&ask).retry(backoff()).notify(|error, _| {
                self.log(error);
                // If the room has that many answers to read, it knows already.
                drop(self.answering.try_send(Answer::StoreFailed));
            });
            match asking.await {
                Ok(answer) => return answer,
                // Cannot happen without a largest number of attempts.
                Err(error) => self.log(&error),
            }
        }
    }

    /// Whether the store still has a position. What was settled just now is of no
    /// use if the store lost that position before: a settled store only answers
    /// for what it has.
    async fn still_there(&self, at: Position) -> Durability {
        match self.context.store.head(self.board).await {
            Ok(Some(head)) if head.at.epoch == at.epoch && head.at.seq >= at.seq => {
                Durability::Confirmed
            }
            Ok(_) | Err(_) => {
                sleep(SETTLE_AGAIN).await;
                Durability::Unknown
            }
        }
    }

    async fn load(&self) -> Answer {
        let load = || self.context.store.load(self.board);
        Answer::Loaded(self.until_answered(load).await.map(Box::new))
    }

    fn log(&self, error: &StoreError) {
        tracing::warn!(board = %Tag::from(self.board), %error, "store failed");
    }
}

/// Publishes one after the other: live ink must not be reordered.
async fn publish_all(context: Context, board: BoardId, mut messages: mpsc::Receiver<Bytes>) {
    while let Some(message) = messages.recv().await {
        let published = timeout(
            PUBLISH_PATIENCE,
            context.broker.publish_live(board, message),
        );
        match published.await {
            Ok(Ok(())) => {}
            Ok(Err(error)) => tracing::debug!(board = %Tag::from(board), %error, "not published"),
            Err(_) => tracing::debug!(board = %Tag::from(board), "publishing takes too long"),
        }
    }
}

/// Encodes a snapshot; a large one takes a while.
async fn encoded(snapshot: Box<Snapshot>) -> Option<Bytes> {
    let encoded = tokio::task::spawn_blocking(move || encode(&*snapshot)).await;
    match encoded {
        Ok(Ok(bytes)) => Some(bytes),
        Ok(Err(error)) => {
            tracing::error!(%error, "snapshot cannot be encoded");
            None
        }
        Err(error) => {
            tracing::error!(%error, "encoding a snapshot failed");
            None
        }
    }
}

/// A snapshot as the beginning of a new epoch.
async fn fresh_start(mut snapshot: Box<Snapshot>) -> Option<Compaction> {
    let epoch = random16().ok()?;
    snapshot.at.epoch = Epoch::from_bytes(epoch);
    let at = snapshot.at;
    Some(Compaction {
        at,
        snapshot: encoded(snapshot).await?,
        floor: at.seq,
    })
}
