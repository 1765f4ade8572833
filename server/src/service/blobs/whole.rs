//! Pictures that programs upload whole.

use bytes::Bytes;
use shared::limits::MAX_PICTURE_BYTES;
use shared::model::BlobHash;

use super::{BlobRefusal, Blobs, StoredPicture, Visitor};
use crate::blob::{Appended, BlobError, BlobKey, BlobState, BlobStore, PIECE_BYTES, Piece};

/// How often a whole picture is stored anew because another visitor exchanges its bytes meanwhile.
const WHOLE_ATTEMPTS: usize = 3;
/// Pieces that storing a whole picture takes at most: twice as many as it has, because another visitor
/// may store some at the same time.
const WHOLE_PIECES: usize = 2 + 2 * (MAX_PICTURE_BYTES as usize).div_ceil(PIECE_BYTES);

/// How far the bytes of a whole picture came.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Whole {
    /// All are stored.
    Stored,
    /// The blob is complete.
    Complete,
}

impl Blobs {
    /// Cleans a picture and stores it, for a visitor who may upload.
    ///
    /// # Errors
    /// [`BlobRefusal`].
    pub async fn put(&self, visitor: &Visitor, file: Bytes) -> Result<StoredPicture, BlobRefusal> {
        self.quotas.admit(visitor.caller)?;
        let check = self.checks.acquire().await;
        let account = self.quotas.account(visitor.board, visitor.caller)?;
        let (file, info) = self.inspector.clean(file, &account).await?;
        drop(check);
        let length = file.len() as u64;
        if length > MAX_PICTURE_BYTES {
            return Err(BlobRefusal::Length(length));
        }
        let hash = account.measure(|| BlobHash::of(&file));
        let key = visitor.key(hash);
        if let BlobState::Complete { .. } = self.needed_state(key).await? {
            return Ok(StoredPicture { hash, info });
        }
        self.reserve(visitor, key, length).await?;
        if let Err(refusal) = self.store_whole(key, &file).await {
            self.quotas.ended(visitor.caller, key);
            return Err(refusal);
        }
        self.refuse_deleted(visitor.board).await?;
        self.completed(key, visitor.caller).await;
        Ok(StoredPicture { hash, info })
    }

    /// Stores all bytes of a blob, of which another visitor may store some at the same time.
    async fn store_whole(&self, key: BlobKey, file: &Bytes) -> Result<(), BlobRefusal> {
        let length = file.len() as u64;
        for _ in 0..WHOLE_ATTEMPTS {
            if append_whole(&*self.store, key, file).await? == Whole::Complete {
                return Ok(());
            }
            let Some(generation) = self.store.generation(key).await? else {
                continue;
            };
            match self.whole(key, length).await {
                Ok(stored) if stored == *file => {
                    match self.store.finish(key, length, generation).await {
                        Err(BlobError::Missing(_)) => {}
                        finished => return Ok(finished?),
                    }
                }
                // The bytes of another visitor are wrong.
                Ok(_) => self.discard(key, generation).await?,
                Err(BlobRefusal::Store(BlobError::Missing(_))) => {}
                Err(refusal) => return Err(refusal),
            }
        }
        Err(BlobRefusal::Contended)
    }
}

/// Adds the bytes that a blob lacks.
async fn append_whole(
    store: &dyn BlobStore,
    key: BlobKey,
    file: &Bytes,
) -> Result<Whole, BlobRefusal> {
    let length = file.len() as u64;
    let mut offset = 0;
    for _ in 0..WHOLE_PIECES {
        if offset == length {
            return Ok(Whole::Stored);
        }
        let from = usize::try_from(offset).unwrap_or(usize::MAX);
        // A piece of a store ends at a multiple of its size.
        let end = (from / PIECE_BYTES + 1).saturating_mul(PIECE_BYTES);
        let bytes = file.slice(from.min(file.len())..file.len().min(end));
        let piece = Piece {
            offset,
            length,
            bytes,
        };
        offset = match store.append(key, &piece).await? {
            Appended::Stored(at) | Appended::Elsewhere(at) => at,
            Appended::Complete => return Ok(Whole::Complete),
        };
    }
    Err(BlobRefusal::Contended)
}

#[cfg(test)]
mod tests {
    use async_trait::async_trait;
    use shared::id::BoardId;

    use super::*;
    use crate::blob::{BlobEntry, Generation, Seen, UnixMillis};

    fn unasked() -> BlobError {
        BlobError::Unavailable("only appending is possible".to_owned())
    }

    /// A store in which another visitor begins the blob anew before each piece.
    #[derive(Debug)]
    struct Restless;

    #[async_trait]
    impl BlobStore for Restless {
        async fn append(&self, _: BlobKey, piece: &Piece) -> Result<Appended, BlobError> {
            Ok(if piece.offset == 0 {
                Appended::Stored(piece.bytes.len() as u64)
            } else {
                Appended::Elsewhere(0)
            })
        }

        async fn state(&self, _: BlobKey) -> Result<BlobState, BlobError> {
            Err(unasked())
        }

        async fn generation(&self, _: BlobKey) -> Result<Option<Generation>, BlobError> {
            Err(unasked())
        }

        async fn finish(&self, _: BlobKey, _: u64, _: Generation) -> Result<(), BlobError> {
            Err(unasked())
        }

        async fn read(&self, _: BlobKey, _: u64, _: usize) -> Result<Bytes, BlobError> {
            Err(unasked())
        }

        async fn remove_if(&self, _: BlobKey, _: Seen) -> Result<bool, BlobError> {
            Err(unasked())
        }

        async fn tidy(&self, _: BoardId) -> Result<(), BlobError> {
            Err(unasked())
        }

        async fn mark(&self, _: BlobKey, _: Option<UnixMillis>) -> Result<(), BlobError> {
            Err(unasked())
        }

        async fn list(&self, _: BoardId) -> Result<Vec<BlobEntry>, BlobError> {
            Err(unasked())
        }

        async fn boards(&self) -> Result<Vec<BoardId>, BlobError> {
            Err(unasked())
        }
    }

    #[tokio::test]
    async fn a_visitor_who_begins_the_blob_again_and_again_does_not_hold_the_request() {
        let file = Bytes::from(vec![1; 3 * PIECE_BYTES]);
        let board = BoardId::from_bytes([1; 16]);
        let hash = BlobHash::of(&file);
        let appended = append_whole(&Restless, BlobKey { board, hash }, &file).await;
        assert_eq!(appended, Err(BlobRefusal::Contended));
    }
}
