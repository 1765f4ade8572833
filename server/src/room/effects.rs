//! Carries out the requests of a room in tasks beside the room's own task.
//!
//! Each task ends with a reply for the room. All of them are aborted with the room.

use std::future::Future;
use std::sync::Arc;

use bytes::Bytes;
use shared::id::{BoardId, Position, Seq};
use shared::sync::log::Batch;
use shared::sync::{NamedAuthor, Snapshot};
use tokio::sync::mpsc;
use tokio::task::{JoinError, JoinSet};

use super::board_store::{BoardStore, StoreReply};
use super::context::Context;
use crate::broker::Broker;
use crate::metrics::{LiveDrop, Metrics};
use crate::store::{BoardRecord, ChatPageBytes};
use crate::telemetry::Tag;

/// Replies that wait for the room.
const REPLIES: usize = 64;

/// The requests of one room that are under way.
#[derive(Debug)]
pub(super) struct Effects {
    store: BoardStore,
    tasks: JoinSet<()>,
    replies: mpsc::Receiver<StoreReply>,
    broker: Arc<dyn Broker>,
    metrics: Arc<Metrics>,
}

impl Effects {
    pub(super) fn new(context: &Context, board: BoardId) -> Self {
        let (replying, replies) = mpsc::channel(REPLIES);
        let store = BoardStore {
            store: Arc::clone(&context.store),
            warnings: Arc::clone(&context.store_warnings),
            board,
            replays: context.replays.clone(),
            snapshots: context.snapshots.clone(),
            replies: replying,
        };
        Self {
            store,
            tasks: JoinSet::new(),
            replies,
            broker: Arc::clone(&context.broker),
            metrics: Arc::clone(&context.metrics),
        }
    }

    /// The next reply. Safe to drop while waiting.
    ///
    /// # Errors
    /// A task panicked, so that its reply never comes.
    pub(super) async fn next(&mut self) -> Result<StoreReply, JoinError> {
        loop {
            tokio::select! {
                Some(reply) = self.replies.recv() => return Ok(reply),
                Some(ended) = self.tasks.join_next() => ended?,
            }
        }
    }

    /// Ends all requests that are under way, and waits until nothing of them is left.
    pub(super) async fn end(mut self) {
        self.tasks.shutdown().await;
    }

    pub(super) fn publish(&self, message: Bytes) {
        match self.broker.publish_live(self.store.board, message) {
            Ok(()) => self.metrics.broker.message_published(),
            Err(error) => {
                self.metrics.fan_out.live_dropped(LiveDrop::NotPublished);
                tracing::debug!(board = %Tag::from(self.store.board), %error, "not published");
            }
        }
    }

    pub(super) fn commit(&mut self, batch: Batch) {
        self.spawn(|store| async move { store.commit(batch).await });
    }

    pub(super) fn read_after(&mut self, after: Position) {
        self.spawn(|store| async move { store.read_after(after).await });
    }

    pub(super) fn load(&mut self) {
        self.spawn(|store| async move { store.load().await });
    }

    pub(super) fn restore(&mut self, snapshot: Box<Snapshot>, record: BoardRecord) {
        self.spawn(|store| async move { store.restore(snapshot, record).await });
    }

    pub(super) fn head(&mut self) {
        self.spawn(|store| async move { store.head().await });
    }

    pub(super) fn wait_durable(&mut self, at: Position) {
        self.spawn(|store| async move { store.wait_durable(at).await });
    }

    pub(super) fn compact(&mut self, snapshot: Box<Snapshot>, floor: Seq) {
        self.spawn(|store| async move { store.compact(snapshot, floor).await });
    }

    pub(super) fn encode(&mut self, snapshot: Box<Snapshot>) {
        self.spawn(|store| async move { store.encode_parts(snapshot).await });
    }

    pub(super) fn store_chat_page(&mut self, page: ChatPageBytes) {
        self.spawn(|store| async move { store.store_chat_page(page).await });
    }

    pub(super) fn note_author(&mut self, named: NamedAuthor) {
        self.spawn(|store| async move { store.note_author(named).await });
    }

    pub(super) fn read_chat_page(&mut self, number: u64) {
        self.spawn(|store| async move { store.read_chat_page(number).await });
    }

    pub(super) fn read_record(&mut self) {
        self.spawn(|store| async move { store.read_record().await });
    }

    pub(super) fn put_record(&mut self, record: BoardRecord, version: u64) {
        self.spawn(|store| async move { store.put_record(record, version).await });
    }

    fn spawn<F>(&mut self, request: impl FnOnce(BoardStore) -> F)
    where
        F: Future<Output = StoreReply> + Send + 'static,
    {
        let replies = self.store.replies.clone();
        let request = request(self.store.clone());
        self.tasks.spawn(async move {
            if replies.send(request.await).await.is_err() {
                tracing::debug!("the room ended before a reply");
            }
        });
    }
}
