//! Changes of the index of a board, each on its newest version.

use std::hash::BuildHasher as _;
use std::time::Duration;

use shared::id::BoardId;
use tokio::sync::MutexGuard;
use tokio::time::sleep;

use super::super::{Appended, BlobError, BlobKey, BlobStage, BoardLimit, Generation, Piece};
use super::index::{Index, Indexed};
use super::{LOCKS, S3Blobs, now};

/// How often a change is tried while other servers change the same index.
const ATTEMPTS: u32 = 20;
/// The longest pause before the second attempt; it doubles up to eight times as much.
const PAUSE: Duration = Duration::from_millis(20);
/// What becomes of an index.
pub(super) enum Change<T> {
    /// It stays.
    Stay(T),
    /// It is replaced.
    Replace(T),
}

/// How an upload goes on.
pub(super) enum Begun {
    /// Pieces of this generation may be there.
    Before(Generation),
    /// It is a new generation. The bytes of an old one are left over.
    Now(Generation, Option<Generation>),
}

impl S3Blobs {
    /// Waits until no other task of this server changes the index of a board.
    pub(super) async fn turn(&self, board: BoardId) -> Option<MutexGuard<'_, ()>> {
        let slot = self.hasher.hash_one(board) as usize % LOCKS;
        match self.locks.get(slot) {
            Some(lock) => Some(lock.lock().await),
            None => None,
        }
    }

    /// Changes the index of a board. The change is tried again on a newer index if another server
    /// replaced it meanwhile.
    pub(super) async fn change<T>(
        &self,
        board: BoardId,
        mut change: impl FnMut(&mut Index) -> Change<T> + Send,
    ) -> Result<T, BlobError> {
        let _turn = self.turn(board).await;
        for attempt in 0..ATTEMPTS {
            let (mut index, version) = self.objects.index(board).await?;
            let done = match change(&mut index) {
                Change::Stay(done) => return Ok(done),
                Change::Replace(done) => done,
            };
            if self.objects.replace_index(board, &index, version).await? {
                return Ok(done);
            }
            sleep(PAUSE.mul_f64(fastrand::f64()) * (1 << attempt.min(3))).await;
        }
        let reason = "other servers change the pictures of the board again and again";
        Err(BlobError::Unavailable(reason.to_owned()))
    }

    /// Begins a blob, or goes on with it. The inner error is the answer if nothing can be appended.
    pub(super) async fn begin(
        &self,
        key: BlobKey,
        piece: &Piece,
    ) -> Result<Result<Begun, Appended>, BlobError> {
        let generation = fastrand::u64(1..);
        let begun = self.change(key.board, |index| {
            let known = index.get(key.hash);
            match known {
                Some(blob) if !blob.is_unfinished() => {
                    return Change::Stay(Ok(Err(Appended::Complete)));
                }
                Some(blob) if blob.length == piece.length => {
                    return Change::Stay(Ok(Ok(Begun::Before(blob.generation))));
                }
                _ => {}
            }
            if piece.offset != 0 {
                return Change::Stay(Ok(Err(Appended::Elsewhere(0))));
            }
            if let Err(limit) = BoardLimit::check(&index.entries(), key.hash, piece.length) {
                return Change::Stay(Err(BlobError::from(limit)));
            }
            let blob = Indexed {
                length: piece.length,
                generation,
                stage: BlobStage::Unfinished(now()),
            };
            index.set(key.hash, blob);
            let old = known.map(|blob| blob.generation);
            Change::Replace(Ok(Ok(Begun::Now(generation, old))))
        });
        begun.await?
    }

    /// Makes the index say that a blob is complete, if it is still of the generation that was checked.
    /// Tells whether the blob is complete.
    pub(super) async fn note_complete(
        &self,
        key: BlobKey,
        checked: Generation,
    ) -> Result<bool, BlobError> {
        let note = self.change(key.board, |index| match index.get(key.hash) {
            Some(blob) if !blob.is_unfinished() => Change::Stay(blob.generation == checked),
            Some(blob) if blob.generation == checked => {
                let stage = BlobStage::Needed;
                index.set(key.hash, Indexed { stage, ..blob });
                Change::Replace(true)
            }
            _ => Change::Stay(false),
        });
        note.await
    }
}
