//! Pictures of boards as callers see them: upload in pieces or whole, look, load.

mod budgets;
mod purge;
mod quotas;
mod refusal;
mod sweep;
mod upload;
mod whole;

use std::sync::Arc;

use bytes::Bytes;
use shared::api::ApiError;
use shared::id::{BoardId, Secret};
use shared::limits::MAX_PICTURE_BYTES;
use shared::model::{BlobHash, MediaType};
use shared::protocol::{Relay, RelayMessage, encode};
use tokio::sync::Semaphore;

use super::boards::Boards;
use crate::blob::measured::MeasuredBlobs;
use crate::blob::{BlobKey, BlobState, BlobStore, Generation, PIECE_BYTES, Seen};
use crate::caller_rate_limit::Caller;
use crate::metrics::BlobRemoval;
use crate::picture::{HEAD_BYTES, Inspector, PictureInfo, media_type_of};
use crate::room::{Context, Hub};
use crate::telemetry::Tag;
use quotas::Quotas;

pub use refusal::BlobRefusal;
pub use sweep::{Swept, UNNEEDED_FOR_MS, UPLOAD_EXPIRES_MS, sweep};
pub use upload::{Finished, Upload};

/// Blobs that are read whole and checked at the same time. Each takes [`MAX_PICTURE_BYTES`] beside
/// what decoding it takes; others wait.
const CHECKS: usize = 4;

/// The caller who asks for blobs of a board.
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

/// What a visitor says of an upload.
#[derive(Debug, Clone, Copy)]
pub struct Wanted {
    /// The hash that the bytes shall have.
    pub hash: BlobHash,
    /// How many bytes come before those of the request.
    pub offset: u64,
    /// How many bytes the blob shall have.
    pub length: u64,
    /// The type that the bytes shall have.
    pub media_type: MediaType,
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
        self.needed_state(visitor.key(hash)).await
    }

    /// How much there is of a blob that a visitor needs. The mark comes first: a blob that is complete
    /// afterwards is not removed for a week.
    async fn needed_state(&self, key: BlobKey) -> Result<BlobState, BlobRefusal> {
        self.store.mark(key, None).await?;
        Ok(self.store.state(key).await?)
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
    ) -> Result<Option<(u64, MediaType)>, BlobRefusal> {
        self.enter(visitor).await?;
        let key = visitor.key(hash);
        let BlobState::Complete { length } = self.store.state(key).await? else {
            return Ok(None);
        };
        Ok(Some((length, self.media_type(key, length).await?)))
    }

    /// The type of a blob with so many bytes by the first of them.
    async fn media_type(&self, key: BlobKey, length: u64) -> Result<MediaType, BlobRefusal> {
        let head_bytes = usize::try_from(length)
            .unwrap_or(HEAD_BYTES)
            .min(HEAD_BYTES);
        let head = self.store.read(key, 0, head_bytes).await?;
        Ok(media_type_of(&head)?)
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
        wanted: Wanted,
    ) -> Result<Upload<'_>, BlobRefusal> {
        self.enter_to_draw(visitor).await?;
        let Wanted { offset, length, .. } = wanted;
        if length == 0 || length > MAX_PICTURE_BYTES {
            return Err(BlobRefusal::Length(length));
        }
        let key = visitor.key(wanted.hash);
        let (at, known) = match self.needed_state(key).await? {
            BlobState::Complete { length } => {
                return Ok(Upload::complete(self, key, visitor.caller, wanted, length));
            }
            BlobState::Unfinished { offset, length } => (offset, length),
        };
        let at = if known == length { at } else { 0 };
        if at != offset {
            return Err(BlobRefusal::Offset(at));
        }
        if known != length {
            self.quotas.admit(visitor.caller)?;
            self.reserve(visitor, key, length).await?;
        }
        Ok(Upload::new(self, key, visitor.caller, wanted))
    }

    /// Checks that the visitor may upload, before the bytes come.
    ///
    /// # Errors
    /// [`BlobRefusal::Access`].
    pub async fn may_upload(&self, visitor: &Visitor) -> Result<(), BlobRefusal> {
        self.enter_to_draw(visitor).await
    }

    /// Removes bytes that are no picture, unless others have come meanwhile.
    async fn discard(&self, key: BlobKey, generation: Generation) -> Result<(), BlobRefusal> {
        let seen = Seen::Unfinished(generation);
        if self.store.remove_if(key, seen).await? {
            self.context.metrics.blobs.removed(BlobRemoval::Refused, 1);
        }
        Ok(())
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
        if let Err(error) = self.context.broker.publish_live(key.board, message) {
            tracing::debug!(board = %Tag::from(key.board), %error, "picture not announced");
        }
    }

    async fn enter(&self, visitor: &Visitor) -> Result<bool, BlobRefusal> {
        let Visitor {
            board,
            secret,
            caller,
        } = visitor;
        let grant = self.boards.grant_of(*board, secret, *caller).await?;
        Ok(grant.role.may_draw())
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
