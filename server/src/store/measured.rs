//! A store whose requests are counted and measured.

use std::sync::Arc;
use std::time::{Duration, Instant};

use async_trait::async_trait;
use bytes::Bytes;
use shared::id::{BoardId, ClientId, Epoch, Position};
use shared::sync::log::{Batch, BatchReply, Head, Loaded};
use tokio::sync::watch;

use super::{
    Author, Authors, BoardRecord, ChatPageBytes, Compaction, Log, Store, StoreError, StoreFile,
    Tail, TimeMark,
};
use crate::health::Health;
use crate::metrics::{StoreCall, StoreMetrics};

/// Passes every request on to a store, and notes how it ended.
#[derive(Debug)]
pub struct MeasuredStore {
    store: Arc<dyn Store>,
    metrics: StoreMetrics,
}

impl MeasuredStore {
    pub(crate) fn new(store: Arc<dyn Store>, metrics: StoreMetrics) -> Self {
        Self { store, metrics }
    }

    async fn counted<T>(
        &self,
        call: StoreCall,
        request: impl Future<Output = Result<T, StoreError>> + Send,
    ) -> Result<T, StoreError> {
        let answer = request.await;
        match &answer {
            Ok(_) | Err(StoreError::NeverDurable) => {}
            Err(StoreError::Unavailable(_) | StoreError::Corrupt(_)) => {
                self.metrics.call_failed(call);
            }
        }
        answer
    }
}

#[async_trait]
impl Store for MeasuredStore {
    async fn create(
        &self,
        board: BoardId,
        record: &BoardRecord,
        epoch: Epoch,
    ) -> Result<(), StoreError> {
        let request = self.store.create(board, record, epoch);
        self.counted(StoreCall::Create, request).await
    }

    async fn record(&self, board: BoardId) -> Result<Option<(BoardRecord, u64)>, StoreError> {
        let request = self.store.record(board);
        self.counted(StoreCall::Record, request).await
    }

    async fn put_record(
        &self,
        board: BoardId,
        record: &BoardRecord,
        version: u64,
    ) -> Result<bool, StoreError> {
        let request = self.store.put_record(board, record, version);
        self.counted(StoreCall::PutRecord, request).await
    }

    async fn load(&self, board: BoardId) -> Result<Option<Loaded>, StoreError> {
        self.counted(StoreCall::Load, self.store.load(board)).await
    }

    async fn commit(&self, board: BoardId, batch: &Batch) -> Result<BatchReply, StoreError> {
        let began = Instant::now();
        let request = self.store.commit(board, batch);
        let reply = self.counted(StoreCall::Commit, request).await?;
        if let BatchReply::Done(_) = reply {
            let bytes = batch.commits.iter().map(|commit| commit.payload.len());
            self.metrics
                .batch_kept(began.elapsed(), batch.commits.len(), bytes.sum());
        }
        Ok(reply)
    }

    async fn read_after(&self, board: BoardId, after: Position) -> Result<Tail, StoreError> {
        let request = self.store.read_after(board, after);
        self.counted(StoreCall::ReadAfter, request).await
    }

    fn head_check_every(&self) -> Duration {
        self.store.head_check_every()
    }

    async fn head(&self, board: BoardId) -> Result<Option<Head>, StoreError> {
        self.counted(StoreCall::Head, self.store.head(board)).await
    }

    async fn compact(&self, board: BoardId, compaction: &Compaction) -> Result<bool, StoreError> {
        let request = self.store.compact(board, compaction);
        let stored = self.counted(StoreCall::Compact, request).await?;
        if stored {
            self.metrics.compacted(compaction.snapshot.len());
        }
        Ok(stored)
    }

    async fn put_chat_page(&self, board: BoardId, page: &ChatPageBytes) -> Result<(), StoreError> {
        let request = self.store.put_chat_page(board, page);
        self.counted(StoreCall::PutChatPage, request).await
    }

    async fn chat_page(&self, board: BoardId, number: u64) -> Result<Option<Bytes>, StoreError> {
        let request = self.store.chat_page(board, number);
        self.counted(StoreCall::ChatPage, request).await
    }

    async fn archived(&self, board: BoardId, number: u64) -> Result<Option<Log>, StoreError> {
        let request = self.store.archived(board, number);
        self.counted(StoreCall::Archived, request).await
    }

    async fn time_marks(&self, board: BoardId) -> Result<Vec<TimeMark>, StoreError> {
        let request = self.store.time_marks(board);
        self.counted(StoreCall::TimeMarks, request).await
    }

    async fn put_author(
        &self,
        board: BoardId,
        client: ClientId,
        author: &Author,
    ) -> Result<(), StoreError> {
        let request = self.store.put_author(board, client, author);
        self.counted(StoreCall::PutAuthor, request).await
    }

    async fn authors(&self, board: BoardId) -> Result<Authors, StoreError> {
        let request = self.store.authors(board);
        self.counted(StoreCall::Authors, request).await
    }

    async fn restore(
        &self,
        board: BoardId,
        record: &BoardRecord,
        compaction: &Compaction,
    ) -> Result<Option<Position>, StoreError> {
        let request = self.store.restore(board, record, compaction);
        self.counted(StoreCall::Restore, request).await
    }

    async fn delete(&self, board: BoardId, version: u64) -> Result<bool, StoreError> {
        let request = self.store.delete(board, version);
        self.counted(StoreCall::Delete, request).await
    }

    async fn was_deleted(&self, board: BoardId) -> Result<bool, StoreError> {
        let request = self.store.was_deleted(board);
        self.counted(StoreCall::WasDeleted, request).await
    }

    async fn wait_durable(&self, board: BoardId) -> Result<(), StoreError> {
        let request = self.store.wait_durable(board);
        self.counted(StoreCall::WaitDurable, request).await
    }

    fn health(&self) -> watch::Receiver<Health> {
        self.store.health()
    }

    fn file(&self) -> Option<StoreFile> {
        self.store.file()
    }
}
