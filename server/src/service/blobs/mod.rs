//! Pictures of boards as callers see them: upload in pieces or whole, look, load.

mod quotas;
mod refusal;
mod sweep;
mod upload;

use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use shared::api::ApiError;
use shared::id::{BoardId, Secret};
use shared::limits::MAX_PICTURE_BYTES;
use shared::model::BlobHash;
use shared::protocol::{Relay, RelayMessage, encode};
use tokio::sync::Semaphore;
use tokio::time::sleep;
use tokio_util::sync::CancellationToken;

use super::boards::Boards;
use crate::blob::measured::MeasuredBlobs;
use crate::blob::{Appended, BlobKey, BlobState, BlobStore, PIECE_BYTES, Piece};
use crate::caller_rate_limit::Caller;
use crate::metrics::BlobRemoval;
use crate::picture::{Format, HEAD_BYTES, Inspector, PictureInfo};
use crate::room::{Context, Hub};
use crate::telemetry::Tag;
use quotas::Quotas;

pub use refusal::BlobRefusal;
pub use sweep::{SweepError, Swept, UNNEEDED_FOR_MS, UPLOAD_EXPIRES_MS, sweep};
pub use upload::Upload;

/// Blobs that are read whole and checked at the same time. Each takes [`MAX_PICTURE_BYTES`] beside
/// what decoding it takes; others wait.
const CHECKS: usize = 4;

/// The first sweep comes this long after the start, or up to twice as long.
const FIRST_SWEEP: Duration = Duration::from_mins(10);
/// How often the server looks for blobs that no board needs. Each time all boards with blobs are
/// loaded, one after the other.
const SWEEP_EVERY: Duration = Duration::from_hours(24);

/// Someone who asks for blobs of a board.
#[derive(Debug, Clone, Copy)]
pub struct Visitor {
    /// The board.
    pub board: BoardId,
    /// The secret of a link to it.
    pub secret: Secret,
    /// From where.
    pub caller: Caller,
}

/// The service.
#[derive(Debug)]
pub struct Blobs {
    context: Context,
    hub: Hub,
    boards: Arc<Boards>,
    store: Arc<dyn BlobStore>,
    inspector: Inspector,
    quotas: Quotas,
    checks: Semaphore,
}

/// A picture that is complete.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredPicture {
    /// The hash of its bytes.
    pub hash: BlobHash,
    /// The facts about it.
    pub info: PictureInfo,
}

impl Blobs {
    /// Makes the service.
    #[must_use]
    pub fn new(context: Context, hub: Hub, boards: Arc<Boards>, store: Arc<dyn BlobStore>) -> Self {
        let store = Arc::new(MeasuredBlobs::new(store, context.metrics.blobs.clone()));
        let quotas = Quotas::new(context.clock);
        Self {
            context,
            hub,
            boards,
            store,
            inspector: Inspector::default(),
            quotas,
            checks: Semaphore::new(CHECKS),
        }
    }

    /// How much there is of a blob, for visitors who may see the board. A blob that a visitor asks
    /// for is needed, or will be soon.
    ///
    /// # Errors
    /// [`BlobRefusal`].
    pub async fn state(&self, visitor: &Visitor, hash: BlobHash) -> Result<BlobState, BlobRefusal> {
        self.enter(visitor).await?;
        let key = visitor.key(hash);
        let state = self.store.state(key).await?;
        if let BlobState::Complete { .. } = state {
            self.store.mark(key, None).await?;
        }
        Ok(state)
    }

    /// Length and format of a complete blob, for visitors who may see the board; `None` if it is
    /// not complete.
    ///
    /// # Errors
    /// [`BlobRefusal`].
    pub async fn find(
        &self,
        visitor: &Visitor,
        hash: BlobHash,
    ) -> Result<Option<(u64, Format)>, BlobRefusal> {
        self.enter(visitor).await?;
        let key = visitor.key(hash);
        let BlobState::Complete { length } = self.store.state(key).await? else {
            return Ok(None);
        };
        let head_bytes = usize::try_from(length)
            .unwrap_or(HEAD_BYTES)
            .min(HEAD_BYTES);
        let head = self.store.read(key, 0, head_bytes).await?;
        Ok(Some((length, Format::of_bytes(&head)?)))
    }

    /// Removes blobs that no board needs any longer, every day until the server shuts down.
    pub async fn sweep_daily(&self, closing: CancellationToken) {
        // Servers that started together do not look at the same boards at the same time.
        let mut wait = FIRST_SWEEP.mul_f64(1.0 + fastrand::f64());
        loop {
            tokio::select! {
                () = sleep(wait) => {}
                () = closing.cancelled() => return,
            }
            wait = SWEEP_EVERY;
            let store = &*self.context.store;
            match sweep(store, &*self.store, super::boards::unix_ms()).await {
                Ok(swept) => {
                    let metrics = &self.context.metrics.blobs;
                    metrics.removed(BlobRemoval::Expired, swept.expired);
                    metrics.removed(BlobRemoval::Unneeded, swept.unneeded);
                    tracing::debug!(?swept, "pictures swept");
                }
                Err(error) => {
                    tracing::warn!(%error, "pictures that no board needs could not be removed")
                }
            }
        }
    }

    /// Reads a piece of a complete blob that was found before.
    ///
    /// # Errors
    /// [`BlobRefusal::Store`].
    pub async fn read(
        &self,
        key: BlobKey,
        offset: u64,
        bytes: usize,
    ) -> Result<Bytes, BlobRefusal> {
        let piece = self.store.read(key, offset, bytes).await?;
        self.context.metrics.blobs.sent(piece.len());
        Ok(piece)
    }

    /// Begins or continues an upload.
    ///
    /// # Errors
    /// [`BlobRefusal`]; [`BlobRefusal::Offset`] says where to go on.
    pub async fn upload(
        &self,
        visitor: &Visitor,
        hash: BlobHash,
        offset: u64,
        length: u64,
    ) -> Result<Upload<'_>, BlobRefusal> {
        self.enter_to_draw(visitor).await?;
        if length == 0 || length > MAX_PICTURE_BYTES {
            return Err(BlobRefusal::Length(length));
        }
        let key = visitor.key(hash);
        let at = match self.store.state(key).await? {
            BlobState::Complete { .. } => {
                self.store.mark(key, None).await?;
                length
            }
            BlobState::Unfinished {
                offset: at,
                length: known,
            } if known == length => {
                if at != offset {
                    return Err(BlobRefusal::Offset(at));
                }
                at
            }
            BlobState::Unfinished { .. } if offset != 0 => return Err(BlobRefusal::Offset(0)),
            BlobState::Unfinished { .. } => {
                self.reserve(visitor, key, length).await?;
                0
            }
        };
        Ok(Upload::new(self, key, visitor.caller, at, length))
    }

    /// Checks that the visitor may upload, before the bytes come.
    ///
    /// # Errors
    /// [`BlobRefusal::Access`].
    pub async fn may_upload(&self, visitor: &Visitor) -> Result<(), BlobRefusal> {
        self.enter_to_draw(visitor).await
    }

    /// Cleans a picture and stores it, for a visitor who may upload.
    ///
    /// # Errors
    /// [`BlobRefusal`].
    pub async fn put(&self, visitor: &Visitor, file: Bytes) -> Result<StoredPicture, BlobRefusal> {
        let check = self.checks.acquire().await;
        let (file, info) = self.inspector.clean(file).await?;
        drop(check);
        let length = file.len() as u64;
        if length > MAX_PICTURE_BYTES {
            return Err(BlobRefusal::Length(length));
        }
        let hash = BlobHash::of(&file);
        let key = visitor.key(hash);
        if let BlobState::Complete { .. } = self.store.state(key).await? {
            self.store.mark(key, None).await?;
            return Ok(StoredPicture { hash, info });
        }
        self.reserve(visitor, key, length).await?;
        self.store_whole(key, &file).await?;
        self.completed(key, visitor.caller).await;
        Ok(StoredPicture { hash, info })
    }

    /// Stores all bytes of a blob, of which another visitor may store some at the same time.
    async fn store_whole(&self, key: BlobKey, file: &Bytes) -> Result<(), BlobRefusal> {
        let length = file.len() as u64;
        let mut offset = 0;
        while offset < length {
            let from = usize::try_from(offset).unwrap_or(usize::MAX);
            let bytes = file.slice(from..file.len().min(from.saturating_add(PIECE_BYTES)));
            let piece = Piece {
                offset,
                length,
                bytes,
            };
            offset = match self.store.append(key, &piece).await? {
                Appended::Stored(at) | Appended::Elsewhere(at) => at,
                Appended::Complete => return Ok(()),
            };
        }
        // The bytes of another visitor may be wrong.
        if self.whole(key, length).await? != *file {
            self.discard(key).await?;
            return Err(BlobRefusal::Hash);
        }
        Ok(self.store.finish(key, length).await?)
    }

    /// Removes bytes that are no picture.
    async fn discard(&self, key: BlobKey) -> Result<(), BlobRefusal> {
        self.context.metrics.blobs.removed(BlobRemoval::Refused, 1);
        Ok(self.store.remove(key).await?)
    }

    /// All bytes of a blob that has so many.
    async fn whole(&self, key: BlobKey, length: u64) -> Result<Bytes, BlobRefusal> {
        let mut file = Vec::with_capacity(usize::try_from(length).unwrap_or(0));
        while (file.len() as u64) < length {
            let left = length - file.len() as u64;
            let bytes = usize::try_from(left)
                .unwrap_or(PIECE_BYTES)
                .min(PIECE_BYTES);
            let piece = self.store.read(key, file.len() as u64, bytes).await?;
            file.extend_from_slice(&piece);
        }
        Ok(file.into())
    }

    /// Counts a new blob, and refuses it beyond a limit.
    async fn reserve(
        &self,
        visitor: &Visitor,
        key: BlobKey,
        length: u64,
    ) -> Result<(), BlobRefusal> {
        let entries = self.store.list(key.board).await?;
        self.quotas.take(visitor.caller, key, length, &entries)
    }

    /// Tells all pages on the board, here and on other servers, that a blob is complete.
    async fn completed(&self, key: BlobKey, caller: Caller) {
        self.quotas.ended(caller, key);
        self.context.metrics.blobs.stored();
        tracing::debug!(board = %Tag::from(key.board), "picture stored");
        self.hub.blob_ready(key.board, key.hash);
        let relay = Relay {
            node: self.context.node,
            message: RelayMessage::BlobReady(key.hash),
        };
        let Ok(message) = encode(&relay) else { return };
        // Best effort: pages that wait for a blob ask for it again.
        if let Err(error) = self.context.broker.publish_live(key.board, message).await {
            tracing::debug!(board = %Tag::from(key.board), %error, "picture not announced");
        }
    }

    async fn enter(&self, visitor: &Visitor) -> Result<bool, BlobRefusal> {
        let Visitor {
            board,
            secret,
            caller,
        } = visitor;
        let role = self.boards.role_of(*board, secret, *caller).await?;
        Ok(role.may_draw())
    }

    async fn enter_to_draw(&self, visitor: &Visitor) -> Result<(), BlobRefusal> {
        if self.enter(visitor).await? {
            Ok(())
        } else {
            Err(ApiError::Forbidden.into())
        }
    }
}

impl Visitor {
    /// Names a blob of the board.
    #[must_use]
    pub const fn key(&self, hash: BlobHash) -> BlobKey {
        let board = self.board;
        BlobKey { board, hash }
    }
}
