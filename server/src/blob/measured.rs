//! A blob store whose failures are counted and logged.

use std::sync::Arc;

use async_trait::async_trait;
use bytes::Bytes;
use shared::id::BoardId;

use super::{
    Appended, BlobEntry, BlobError, BlobKey, BlobState, BlobStore, Generation, Piece, Seen,
    UnixMillis,
};
use crate::metrics::{BlobFailure, BlobMetrics};
use crate::warning_limit::WarningLimit;

/// Passes every request on to a store, and notes how it ended.
#[derive(Debug)]
pub struct MeasuredBlobs {
    store: Arc<dyn BlobStore>,
    metrics: BlobMetrics,
    unavailable: WarningLimit,
    read_only: WarningLimit,
    full: WarningLimit,
}

impl MeasuredBlobs {
    pub(crate) fn new(store: Arc<dyn BlobStore>, metrics: BlobMetrics) -> Self {
        Self {
            store,
            metrics,
            unavailable: WarningLimit::new(),
            read_only: WarningLimit::new(),
            full: WarningLimit::new(),
        }
    }

    fn noted<T>(&self, answer: Result<T, BlobError>) -> Result<T, BlobError> {
        let Err(error) = &answer else {
            return answer;
        };
        let (failure, warning) = match error {
            BlobError::Unavailable(_) => (BlobFailure::Unavailable, &self.unavailable),
            BlobError::ReadOnly(_) => (BlobFailure::ReadOnly, &self.read_only),
            BlobError::Full(_) => (BlobFailure::Full, &self.full),
            // Another task removed it meanwhile, or clients store too much.
            BlobError::Missing(_) | BlobError::BoardLimit(_) => return answer,
        };
        self.metrics.failed(failure);
        warning.warn(|suppressed| tracing::warn!(%error, suppressed, "pictures cannot be stored"));
        answer
    }
}

#[async_trait]
impl BlobStore for MeasuredBlobs {
    async fn state(&self, key: BlobKey) -> Result<BlobState, BlobError> {
        self.noted(self.store.state(key).await)
    }

    async fn append(&self, key: BlobKey, piece: &Piece) -> Result<Appended, BlobError> {
        let answer = self.noted(self.store.append(key, piece).await)?;
        if let Appended::Stored(_) = answer {
            self.metrics.received(piece.bytes.len());
        }
        Ok(answer)
    }

    async fn generation(&self, key: BlobKey) -> Result<Option<Generation>, BlobError> {
        self.noted(self.store.generation(key).await)
    }

    async fn finish(
        &self,
        key: BlobKey,
        length: u64,
        checked: Generation,
    ) -> Result<(), BlobError> {
        self.noted(self.store.finish(key, length, checked).await)
    }

    async fn read(&self, key: BlobKey, offset: u64, bytes: usize) -> Result<Bytes, BlobError> {
        self.noted(self.store.read(key, offset, bytes).await)
    }

    async fn remove_if(&self, key: BlobKey, seen: Seen) -> Result<bool, BlobError> {
        self.noted(self.store.remove_if(key, seen).await)
    }

    async fn tidy(&self, board: BoardId) -> Result<(), BlobError> {
        self.noted(self.store.tidy(board).await)
    }

    async fn mark(&self, key: BlobKey, unneeded: Option<UnixMillis>) -> Result<(), BlobError> {
        self.noted(self.store.mark(key, unneeded).await)
    }

    async fn list(&self, board: BoardId) -> Result<Vec<BlobEntry>, BlobError> {
        self.noted(self.store.list(board).await)
    }

    async fn boards(&self) -> Result<Vec<BoardId>, BlobError> {
        self.noted(self.store.boards().await)
    }
}
