//! One upload: bytes as they come, and the check at its end.

use bytes::{Bytes, BytesMut};
use shared::limits::MAX_PICTURE_BYTES;
use shared::model::{BlobHash, MediaType};

use super::{BlobRefusal, Blobs, StoredPicture, Wanted};
use crate::blob::{Appended, BlobError, BlobKey, BlobState, Generation, PIECE_BYTES, Piece};
use crate::caller_rate_limit::Caller;
use crate::picture::{HEAD_BYTES, PictureError, media_type_of};

/// An upload that goes on. Bytes are stored in pieces, whose ends are multiples of [`PIECE_BYTES`] in
/// the blob, and the last ones when the request ends, however it ends.
#[derive(Debug)]
pub struct Upload<'a> {
    blobs: &'a Blobs,
    key: BlobKey,
    caller: Caller,
    declared: MediaType,
    /// How many bytes of the blob are stored.
    at: u64,
    length: u64,
    /// Bytes that came after those.
    waiting: BytesMut,
    /// The blob is complete, and so many further bytes were ignored.
    ignored: Option<u64>,
}

/// What an upload ended with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Finished {
    /// Bytes are missing.
    Unfinished,
    /// All bytes are there and were checked.
    Checked(StoredPicture),
    /// The blob was complete already.
    Before(MediaType),
}

impl<'a> Upload<'a> {
    pub(super) fn new(blobs: &'a Blobs, key: BlobKey, caller: Caller, wanted: Wanted) -> Self {
        Self {
            blobs,
            key,
            caller,
            declared: wanted.media_type,
            at: wanted.offset,
            length: wanted.length,
            waiting: BytesMut::new(),
            ignored: None,
        }
    }

    /// An upload of a blob that is complete and has so many bytes.
    pub(super) fn complete(
        blobs: &'a Blobs,
        key: BlobKey,
        caller: Caller,
        wanted: Wanted,
        length: u64,
    ) -> Self {
        Self {
            at: length,
            length,
            ignored: Some(0),
            ..Self::new(blobs, key, caller, wanted)
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
        let mut rest = bytes.clone();
        while !rest.is_empty() {
            if let Some(ignored) = &mut self.ignored {
                *ignored += rest.len() as u64;
                let is_possible = *ignored <= MAX_PICTURE_BYTES;
                return is_possible
                    .then_some(())
                    .ok_or(BlobRefusal::Length(*ignored));
            }
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
        let bytes = self.waiting.split().freeze();
        let stored = self.store_piece(bytes).await;
        if stored.is_err() && self.at == 0 {
            // Nothing waits for its last bytes.
            self.blobs.quotas.ended(self.caller, self.key);
        }
        stored
    }

    async fn store_piece(&mut self, bytes: Bytes) -> Result<(), BlobRefusal> {
        if self.at == 0 && bytes.len() >= HEAD_BYTES {
            self.compare(media_type_of(&bytes)?)?;
        }
        let piece = Piece {
            offset: self.at,
            length: self.length,
            bytes,
        };
        match self.blobs.store.append(self.key, &piece).await? {
            Appended::Stored(at) => {
                self.at = at;
                self.blobs.refuse_deleted(self.key.board).await?;
            }
            Appended::Elsewhere(at) => return Err(BlobRefusal::Offset(at)),
            Appended::Complete => self.completed_by_another().await?,
        }
        Ok(())
    }

    /// Another upload has completed the blob, or begun it anew.
    async fn completed_by_another(&mut self) -> Result<(), BlobRefusal> {
        match self.blobs.store.state(self.key).await? {
            BlobState::Complete { length } => {
                (self.at, self.length) = (length, length);
                self.ignored = Some(0);
                self.blobs.quotas.ended(self.caller, self.key);
                Ok(())
            }
            BlobState::Unfinished { offset, .. } => Err(BlobRefusal::Offset(offset)),
        }
    }

    /// Checks the blob if all its bytes are stored. Bytes that do not pass are removed, unless it is
    /// only the declared type that is wrong: they may be another visitor's.
    ///
    /// # Errors
    /// [`BlobRefusal`].
    pub async fn finish(&mut self) -> Result<Finished, BlobRefusal> {
        self.store().await?;
        if self.at < self.length {
            return Ok(Finished::Unfinished);
        }
        let (blobs, key) = (self.blobs, self.key);
        let generation = match self.ignored {
            None => blobs.store.generation(key).await?,
            Some(_) => None,
        };
        let Some(generation) = generation else {
            self.completed_by_another().await?;
            return Ok(Finished::Before(blobs.media_type(key, self.length).await?));
        };
        let checked = self.check().await;
        match &checked {
            Ok(_) => self.completed(generation).await?,
            Err(BlobRefusal::Picture(PictureError::OtherFormat { .. })) => {}
            // Bytes that are missing have expired.
            Err(
                BlobRefusal::Picture(_)
                | BlobRefusal::Hash
                | BlobRefusal::Store(BlobError::Missing(_)),
            ) => {
                blobs.quotas.ended(self.caller, key);
                blobs.discard(key, generation).await?;
            }
            Err(_) => {}
        }
        checked.map(Finished::Checked)
    }

    async fn check(&self) -> Result<StoredPicture, BlobRefusal> {
        let (blobs, key) = (self.blobs, self.key);
        // The semaphore is never closed.
        let _turn = blobs.checks.acquire().await;
        let account = blobs.quotas.account(key.board, self.caller)?;
        self.compare(blobs.media_type(key, self.length).await?)?;
        let file = blobs.whole(key, self.length).await?;
        let hash = key.hash;
        if account.measure(|| BlobHash::of(&file)) != hash {
            return Err(BlobRefusal::Hash);
        }
        let info = blobs.inspector.check(file, &account).await?;
        Ok(StoredPicture { hash, info })
    }

    /// Checks the declared type.
    fn compare(&self, found: MediaType) -> Result<(), BlobRefusal> {
        let declared = self.declared;
        if found == declared {
            return Ok(());
        }
        Err(PictureError::OtherFormat { found, declared }.into())
    }

    /// Finishes the bytes that were checked.
    async fn completed(&self, checked: Generation) -> Result<(), BlobRefusal> {
        let (blobs, key) = (self.blobs, self.key);
        match blobs.store.finish(key, self.length, checked).await {
            // Another visitor has begun the blob anew, or has finished it.
            Err(BlobError::Missing(_)) => match blobs.store.state(key).await? {
                BlobState::Complete { .. } => {
                    blobs.quotas.ended(self.caller, key);
                    Ok(())
                }
                BlobState::Unfinished { offset, .. } => Err(BlobRefusal::Offset(offset)),
            },
            finished => {
                finished?;
                blobs.completed(key, self.caller).await;
                Ok(())
            }
        }
    }

    /// Bytes of the piece that begins at the offset.
    fn piece_bytes(&self) -> usize {
        let piece = PIECE_BYTES as u64;
        let to_boundary = piece - self.at % piece;
        let bytes = to_boundary.min(self.length - self.at);
        usize::try_from(bytes).unwrap_or(PIECE_BYTES)
    }
}
