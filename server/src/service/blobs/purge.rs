//! Removes all blobs of a board that was deleted.
//!
//! An upload that was admitted before the deletion may still add bytes afterwards. So each piece is
//! followed by a look at the marker of deleted boards, and the daily sweep removes what a server left
//! that ended in between.

use shared::api::ApiError;
use shared::id::BoardId;

use super::{BlobRefusal, Blobs};
use crate::blob::{BlobError, BlobKey, BlobStore, Seen};
use crate::metrics::BlobRemoval;
use crate::telemetry::Tag;

/// How often the blobs are listed: one that changes meanwhile is removed the next time.
const ATTEMPTS: usize = 5;

impl Blobs {
    /// Removes all blobs of a board that was deleted. If that fails, the next sweep does it.
    pub(in crate::service) async fn purge(&self, board: BoardId) {
        match purge(&*self.store, board).await {
            Ok(removed) => {
                let metrics = &self.context.metrics.blobs;
                metrics.removed(BlobRemoval::Deleted, removed);
            }
            Err(error) => {
                tracing::warn!(board = %Tag::from(board), %error, "pictures of a deleted board stay for now");
            }
        }
    }

    /// Removes bytes that came after their board was deleted.
    ///
    /// # Errors
    /// [`ApiError::NoAccess`] if it was.
    pub(super) async fn refuse_deleted(&self, board: BoardId) -> Result<(), BlobRefusal> {
        if !self.boards.was_deleted(board).await? {
            return Ok(());
        }
        self.purge(board).await;
        Err(ApiError::NoAccess.into())
    }
}

/// Removes all blobs of a board. Returns how many there were.
pub(super) async fn purge(store: &dyn BlobStore, board: BoardId) -> Result<u64, BlobError> {
    let mut removed = 0;
    for _ in 0..ATTEMPTS {
        let entries = store.list(board).await?;
        if entries.is_empty() {
            break;
        }
        for entry in entries {
            let hash = entry.hash;
            let seen = Seen::Listed(entry.stage);
            let was_removed = store.remove_if(BlobKey { board, hash }, seen).await?;
            removed += u64::from(was_removed);
        }
    }
    store.tidy(board).await?;
    Ok(removed)
}
