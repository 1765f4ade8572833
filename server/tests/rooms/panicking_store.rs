//! A real store that panics once, at the first commit to one board.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use async_trait::async_trait;
use bytes::Bytes;
use server::health::Health;
use server::store::embedded::EmbeddedStore;
use server::store::{
    Author, Authors, BoardRecord, ChatPageBytes, Compaction, Log, Store, StoreError, Tail, TimeMark,
};
use shared::id::{BoardId, ClientId, Epoch, Position};
use shared::sync::log::{Batch, BatchReply, Head, Loaded};
use tokio::sync::watch;

#[derive(Debug)]
pub(crate) struct PanickingStore {
    store: Arc<EmbeddedStore>,
    board: BoardId,
    whole: AtomicBool,
}

impl PanickingStore {
    pub(crate) fn new(store: Arc<EmbeddedStore>, board: BoardId) -> Self {
        Self {
            store,
            board,
            whole: AtomicBool::new(true),
        }
    }
}

#[async_trait]
impl Store for PanickingStore {
    async fn create(
        &self,
        board: BoardId,
        record: &BoardRecord,
        epoch: Epoch,
    ) -> Result<(), StoreError> {
        self.store.create(board, record, epoch).await
    }

    async fn record(&self, board: BoardId) -> Result<Option<(BoardRecord, u64)>, StoreError> {
        self.store.record(board).await
    }

    async fn put_record(
        &self,
        board: BoardId,
        record: &BoardRecord,
        version: u64,
    ) -> Result<bool, StoreError> {
        self.store.put_record(board, record, version).await
    }

    async fn load(&self, board: BoardId) -> Result<Option<Loaded>, StoreError> {
        self.store.load(board).await
    }

    async fn commit(&self, board: BoardId, batch: &Batch) -> Result<BatchReply, StoreError> {
        assert!(
            board != self.board || !self.whole.swap(false, Ordering::Relaxed),
            "panics for the test"
        );
        self.store.commit(board, batch).await
    }

    async fn read_after(&self, board: BoardId, after: Position) -> Result<Tail, StoreError> {
        self.store.read_after(board, after).await
    }

    async fn head(&self, board: BoardId) -> Result<Option<Head>, StoreError> {
        self.store.head(board).await
    }

    async fn compact(&self, board: BoardId, compaction: &Compaction) -> Result<bool, StoreError> {
        self.store.compact(board, compaction).await
    }

    async fn put_chat_page(&self, board: BoardId, page: &ChatPageBytes) -> Result<(), StoreError> {
        self.store.put_chat_page(board, page).await
    }

    async fn chat_page(&self, board: BoardId, number: u64) -> Result<Option<Bytes>, StoreError> {
        self.store.chat_page(board, number).await
    }

    async fn archived(&self, board: BoardId, number: u64) -> Result<Option<Log>, StoreError> {
        self.store.archived(board, number).await
    }

    async fn time_marks(&self, board: BoardId) -> Result<Vec<TimeMark>, StoreError> {
        self.store.time_marks(board).await
    }

    async fn put_author(
        &self,
        board: BoardId,
        client: ClientId,
        author: &Author,
    ) -> Result<(), StoreError> {
        self.store.put_author(board, client, author).await
    }

    async fn authors(&self, board: BoardId) -> Result<Authors, StoreError> {
        self.store.authors(board).await
    }

    async fn restore(
        &self,
        board: BoardId,
        record: &BoardRecord,
        compaction: &Compaction,
    ) -> Result<Option<Position>, StoreError> {
        self.store.restore(board, record, compaction).await
    }

    async fn delete(&self, board: BoardId, version: u64) -> Result<bool, StoreError> {
        self.store.delete(board, version).await
    }

    async fn was_deleted(&self, board: BoardId) -> Result<bool, StoreError> {
        self.store.was_deleted(board).await
    }

    async fn wait_durable(&self, board: BoardId) -> Result<(), StoreError> {
        self.store.wait_durable(board).await
    }

    fn health(&self) -> watch::Receiver<Health> {
        self.store.health()
    }
}
