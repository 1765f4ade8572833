//! Blobs in a bucket of S3, or of a store that speaks like it, below `<prefix>/<board>/`.
//!
//! S3 can neither append to an object nor rename one, and it deletes without a condition. But it writes
//! under a condition. So the object `index` says all about the blobs of a board and is replaced only
//! if nothing else replaced it meanwhile: marks, removals and the limits of the board hold on any
//! number of servers. Bytes are in objects that never change:
//!
//! - `<hash>.<generation>.part/<offset>` is a piece of an unfinished blob, written only if there is none
//!   with that begin. So the offset of a blob is the end of its last piece, also after a crash. A
//!   multipart upload would need no objects of its own, but its parts have at least 5 MiB, and it
//!   tells no other server how far it came.
//! - `<hash>.<generation>` is a complete blob: the pieces that were checked, put together.
//!
//! Each time a blob begins it has another generation. So objects of an old one can be deleted at any
//! time, and a server that is slow can neither change nor delete what came after it. One thing is not
//! safe from other servers: `tidy`, once a day, deletes the index of a board without blobs. A blob
//! that another server begins while the store carries that out is lost.

mod changes;
mod failure;
mod index;
mod objects;
mod opening;
mod reading;

use std::collections::HashMap;
use std::hash::RandomState;
use std::sync::Mutex;
use std::time::{SystemTime, UNIX_EPOCH};

use async_trait::async_trait;
use bytes::Bytes;
use shared::id::BoardId;

use super::{
    Appended, BlobEntry, BlobError, BlobKey, BlobStage, BlobState, BlobStore, Generation, Piece,
    Seen, UnixMillis,
};
use changes::{Begun, Change};
use index::Indexed;
use objects::{Objects, Part};

pub use opening::{Opened, S3OpenError};

/// Boards of which changes wait for one another in this server because they have a lock in common.
const LOCKS: usize = 64;
/// Pieces of a blob, of which a client that is not cut off sends 32. An upload that has more begins
/// anew, because otherwise a client that sends single bytes could fill the bucket with objects.
const MAX_PARTS: usize = 500;
/// Objects that no index names are left alone for so long, because a server may be about to name them.
const LEFT_ALONE_MS: UnixMillis = 24 * 60 * 60 * 1000;

/// The store.
#[derive(Debug)]
pub struct S3Blobs {
    objects: Objects,
    /// By the board.
    locks: [tokio::sync::Mutex<()>; LOCKS],
    hasher: RandomState,
    complete: Mutex<HashMap<BlobKey, Indexed>>,
}

impl S3Blobs {
    fn new(objects: Objects) -> Self {
        Self {
            objects,
            locks: std::array::from_fn(|_| tokio::sync::Mutex::new(())),
            hasher: RandomState::new(),
            complete: Mutex::default(),
        }
    }

    async fn indexed(&self, key: BlobKey) -> Result<Option<Indexed>, BlobError> {
        let (index, _) = self.objects.index(key.board).await?;
        Ok(index.get(key.hash))
    }

    /// The generation of a blob that still is as it was seen.
    async fn unchanged(&self, key: BlobKey, seen: Seen) -> Result<Option<Indexed>, BlobError> {
        let blob = self.indexed(key).await?;
        let Some(blob) = blob else { return Ok(None) };
        let is_unchanged = match seen {
            Seen::Unfinished(generation) => blob.is_unfinished() && blob.generation == generation,
            Seen::Listed(stage) if blob.is_unfinished() => {
                let parts = self.objects.parts(key, blob.generation).await?;
                last_written(blob, &parts) == stage
            }
            Seen::Listed(stage) => blob.stage == stage,
        };
        Ok(is_unchanged.then_some(blob))
    }
}

#[async_trait]
impl BlobStore for S3Blobs {
    async fn state(&self, key: BlobKey) -> Result<BlobState, BlobError> {
        let Some(blob) = self.indexed(key).await? else {
            return Ok(BlobState::MISSING);
        };
        let length = blob.length;
        if !blob.is_unfinished() {
            return Ok(BlobState::Complete { length });
        }
        let offset = end(&self.objects.parts(key, blob.generation).await?);
        Ok(BlobState::Unfinished { offset, length })
    }

    async fn append(&self, key: BlobKey, piece: &Piece) -> Result<Appended, BlobError> {
        let (generation, at) = match self.begin(key, piece).await? {
            Err(answer) => return Ok(answer),
            Ok(Begun::Before(generation)) => {
                let parts = self.objects.parts(key, generation).await?;
                if parts.len() >= MAX_PARTS {
                    self.remove_if(key, Seen::Unfinished(generation)).await?;
                    return Ok(Appended::Elsewhere(0));
                }
                (generation, end(&parts))
            }
            Ok(Begun::Now(generation, old)) => {
                if let Some(old) = old {
                    leave_out(self.objects.delete_parts(key, old).await);
                }
                (generation, 0)
            }
        };
        if at != piece.offset {
            return Ok(Appended::Elsewhere(at));
        }
        let bytes = piece.bytes.clone();
        let stored = at + bytes.len() as u64;
        if bytes.is_empty() || self.objects.put_part(key, generation, at, bytes).await? {
            return Ok(Appended::Stored(stored));
        }
        // Another server was faster.
        let parts = self.objects.parts(key, generation).await?;
        Ok(Appended::Elsewhere(end(&parts)))
    }

    async fn generation(&self, key: BlobKey) -> Result<Option<Generation>, BlobError> {
        let blob = self.indexed(key).await?;
        Ok(blob
            .filter(Indexed::is_unfinished)
            .map(|blob| blob.generation))
    }

    async fn finish(
        &self,
        key: BlobKey,
        length: u64,
        checked: Generation,
    ) -> Result<(), BlobError> {
        let is_wanted = |blob: &Indexed| blob.generation == checked && blob.length == length;
        let blob = match self.indexed(key).await? {
            Some(blob) if !blob.is_unfinished() => return Ok(()),
            blob => blob.filter(is_wanted).ok_or_else(missing)?,
        };
        let parts = self.objects.parts(key, checked).await?;
        let range = (0, length);
        let file = match self.objects.read_parts(key, checked, &parts, range).await {
            Ok(file) if file.len() as u64 == length => file,
            Ok(_) | Err(BlobError::Missing(_)) => {
                // Another server may have finished it just now, and deleted its pieces.
                let now = self.indexed(key).await?;
                let is_complete = now.is_some_and(|blob| !blob.is_unfinished());
                return is_complete.then_some(()).ok_or_else(missing);
            }
            Err(error) => return Err(error),
        };
        self.objects.put_whole(key, blob.generation, file).await?;
        if !self.note_complete(key, checked).await? {
            leave_out(self.objects.delete_whole(key, checked).await);
            return match self.indexed(key).await? {
                Some(blob) if !blob.is_unfinished() => Ok(()),
                _ => Err(missing()),
            };
        }
        leave_out(self.objects.delete_parts(key, checked).await);
        Ok(())
    }

    async fn read(&self, key: BlobKey, offset: u64, bytes: usize) -> Result<Bytes, BlobError> {
        let range = (offset, offset + bytes as u64);
        let read = self.read_range(key, range).await?;
        if read.len() < bytes {
            return Err(missing());
        }
        Ok(read)
    }

    async fn remove_if(&self, key: BlobKey, seen: Seen) -> Result<bool, BlobError> {
        let Some(blob) = self.unchanged(key, seen).await? else {
            return Ok(false);
        };
        let remove = self.change(key.board, |index| {
            if index.get(key.hash) != Some(blob) {
                return Change::Stay(false);
            }
            index.remove(key.hash);
            Change::Replace(true)
        });
        if !remove.await? {
            return Ok(false);
        }
        self.forget(key);
        leave_out(self.objects.delete_whole(key, blob.generation).await);
        leave_out(self.objects.delete_parts(key, blob.generation).await);
        Ok(true)
    }

    async fn tidy(&self, board: BoardId) -> Result<(), BlobError> {
        // The objects come first: what an index names later is younger than a day.
        let objects = self.objects.of_board(board).await?;
        let (index, version) = self.objects.index(board).await?;
        let named = index.names();
        let old = now().saturating_sub(LEFT_ALONE_MS);
        let is_left = |found: &objects::Found| {
            found.written < old && named.get(&found.blob) != Some(&found.is_part)
        };
        let left = objects.into_iter().filter(is_left);
        self.objects
            .delete(left.map(|found| found.path).collect())
            .await?;
        if !index.is_empty() || version.is_none() {
            return Ok(());
        }
        let _turn = self.turn(board).await;
        // A blob may have begun meanwhile.
        let (index, _) = self.objects.index(board).await?;
        if index.is_empty() {
            self.objects.delete_index(board).await?;
        }
        Ok(())
    }

    async fn mark(&self, key: BlobKey, unneeded: Option<UnixMillis>) -> Result<(), BlobError> {
        let stage = unneeded.map_or(BlobStage::Needed, BlobStage::Unneeded);
        let mark = self.change(key.board, |index| match index.get(key.hash) {
            Some(blob) if !blob.is_unfinished() && blob.stage != stage => {
                index.set(key.hash, Indexed { stage, ..blob });
                Change::Replace(())
            }
            _ => Change::Stay(()),
        });
        mark.await
    }

    async fn list(&self, board: BoardId) -> Result<Vec<BlobEntry>, BlobError> {
        let (index, _) = self.objects.index(board).await?;
        let mut entries = index.entries();
        for entry in &mut entries {
            let hash = entry.hash;
            let blob = index.get(hash).filter(Indexed::is_unfinished);
            if let Some(blob) = blob {
                let key = BlobKey { board, hash };
                let parts = self.objects.parts(key, blob.generation).await?;
                entry.stage = last_written(blob, &parts);
            }
        }
        Ok(entries)
    }

    async fn boards(&self) -> Result<Vec<BoardId>, BlobError> {
        self.objects.boards().await
    }
}

/// Takes the outcome of deleting objects that no index names any more. `tidy` deletes those that stay,
/// so a failure fails nothing else.
fn leave_out(deleted: Result<(), BlobError>) {
    if let Err(error) = deleted {
        tracing::debug!(%error, "objects of pictures are left over");
    }
}

/// Where the pieces of a blob end.
fn end(parts: &[Part]) -> u64 {
    parts.last().map_or(0, |part| part.offset + part.length)
}

/// The stage of an unfinished blob with these pieces.
fn last_written(blob: Indexed, parts: &[Part]) -> BlobStage {
    match blob.stage {
        BlobStage::Unfinished(began) => {
            let written = parts.iter().map(|part| part.written);
            BlobStage::Unfinished(written.fold(began, u64::max))
        }
        complete => complete,
    }
}

fn missing() -> BlobError {
    BlobError::Missing("the bucket lacks it, or bytes of it".to_owned())
}

fn now() -> UnixMillis {
    let since = SystemTime::now().duration_since(UNIX_EPOCH);
    since.map_or(0, |since| u64::try_from(since.as_millis()).unwrap_or(0))
}
