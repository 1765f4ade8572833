//! One upload: bytes as they come, and the check at its end.

use bytes::{Bytes, BytesMut};
use shared::model::BlobHash;

use super::{BlobRefusal, Blobs, StoredPicture};
use crate::blob::{Appended, BlobError, BlobKey, BlobState, PIECE_BYTES, Piece};
use crate::caller_rate_limit::Caller;
use crate::picture::Format;

/// An upload that goes on. Bytes are stored in pieces, whose ends are multiples of [`PIECE_BYTES`] in
/// the blob, and the last ones when the request ends, however it ends.
#[derive(Debug)]
pub struct Upload<'a> {
    blobs: &'a Blobs,
    key: BlobKey,
    caller: Caller,
    /// How many bytes of the blob are stored.
    at: u64,
    length: u64,
    /// Bytes that came after those.
    waiting: BytesMut,
}

impl<'a> Upload<'a> {
    pub(super) fn new(
        blobs: &'a Blobs,
        key: BlobKey,
        caller: Caller,
        at: u64,
        length: u64,
    ) -> Self {
        Self {
            blobs,
            key,
            caller,
            at,
            length,
            waiting: BytesMut::new(),
        }
    }

    /// How many bytes of the blob are stored.
    #[must_use]
    pub const fn offset(&self) -> u64 {
        self.at
    }

    /// Takes bytes of the request, and stores them as soon as a piece is full. Bytes of a blob that is
    /// complete are ignored.
    ///
    /// # Errors
    /// [`BlobRefusal`], also if there are more bytes than were announced.
    pub async fn take(&mut self, bytes: &Bytes) -> Result<(), BlobRefusal> {
        if self.at == self.length && self.waiting.is_empty() && self.is_complete().await? {
            return Ok(());
        }
        let mut rest = bytes.clone();
        while !rest.is_empty() {
            if self.at + self.waiting.len() as u64 >= self.length {
                return Err(BlobRefusal::TooManyBytes(self.length));
            }
            let room = self.piece_bytes() - self.waiting.len();
            let taken = rest.split_to(room.min(rest.len()));
            self.waiting.extend_from_slice(&taken);
            if self.waiting.len() == self.piece_bytes() {
                self.store().await?;
            }
        }
        Ok(())
    }

    /// Stores all bytes that came.
    ///
    /// # Errors
    /// [`BlobRefusal`].
    pub async fn store(&mut self) -> Result<(), BlobRefusal> {
        if self.waiting.is_empty() {
            return Ok(());
        }
        let piece = Piece {
            offset: self.at,
            length: self.length,
            bytes: self.waiting.split().freeze(),
        };
        self.at = match self.blobs.store.append(self.key, &piece).await? {
            Appended::Stored(at) => at,
            Appended::Elsewhere(at) => return Err(BlobRefusal::Offset(at)),
            Appended::Complete => self.length,
        };
        Ok(())
    }

    /// Checks the blob if all its bytes are stored; `None` if some are missing. A blob that does not
    /// pass is removed.
    ///
    /// # Errors
    /// [`BlobRefusal`].
    pub async fn finish(mut self, format: Format) -> Result<Option<StoredPicture>, BlobRefusal> {
        self.store().await?;
        if self.at < self.length {
            return Ok(None);
        }
        let was_complete = self.is_complete().await?;
        let checked = self.check(format).await;
        match &checked {
            Ok(_) if was_complete => {}
            Ok(_) => {
                self.blobs.store.finish(self.key, self.length).await?;
                self.blobs.completed(self.key, self.caller).await;
            }
            // Bytes that are missing have expired.
            Err(
                BlobRefusal::Picture(_)
                | BlobRefusal::Hash
                | BlobRefusal::Store(BlobError::Missing(_)),
            ) if !was_complete => {
                self.blobs.quotas.ended(self.caller, self.key);
                self.blobs.discard(self.key).await?;
            }
            Err(_) => {}
        }
        checked.map(Some)
    }

    async fn check(&self, format: Format) -> Result<StoredPicture, BlobRefusal> {
        let blobs = self.blobs;
        // The semaphore is never closed.
        let _turn = blobs.checks.acquire().await;
        let file = blobs.whole(self.key, self.length).await?;
        let hash = self.key.hash;
        if BlobHash::of(&file) != hash {
            return Err(BlobRefusal::Hash);
        }
        let info = blobs.inspector.check(file, format).await?;
        Ok(StoredPicture { hash, info })
    }

    async fn is_complete(&self) -> Result<bool, BlobRefusal> {
        let state = self.blobs.store.state(self.key).await?;
        Ok(matches!(state, BlobState::Complete { .. }))
    }

    /// Bytes of the piece that begins at the offset.
    fn piece_bytes(&self) -> usize {
        let piece = PIECE_BYTES as u64;
        let to_boundary = piece - self.at % piece;
        let bytes = to_boundary.min(self.length - self.at);
        usize::try_from(bytes).unwrap_or(PIECE_BYTES)
    }
}
