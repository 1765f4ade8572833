//! Blobs as files in a directory of this machine.
//!
//! `<board>/<hash>` is a complete blob. An unfinished one has two files: `<hash>.part` with the bytes
//! so far, so that its size is the offset also after a crash, and `<hash>.length` with
//! the length that it shall have and its generation. A finished blob reaches the disk before its file gets the last
//! name. The time of the empty file `<hash>.unneeded` tells since when the board does not need it.

mod listing;
mod paths;

use std::hash::{BuildHasher as _, RandomState};
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use async_trait::async_trait;
use bytes::Bytes;
use shared::id::BoardId;

use super::{
    Appended, BlobEntry, BlobError, BlobKey, BlobState, BlobStore, BoardLimit, Generation, Piece,
    Seen, UnixMillis,
};
use paths::{Paths, remove_if_empty};

/// Boards whose changes wait for one another because they have a lock in common.
const LOCKS: usize = 64;

/// Blobs in a directory.
#[derive(Debug, Clone)]
pub struct FileBlobs {
    inner: Arc<Inner>,
}

#[derive(Debug)]
struct Inner {
    dir: PathBuf,
    /// Changes of the blobs of one board take turns.
    locks: [Mutex<()>; LOCKS],
    hasher: RandomState,
}

impl FileBlobs {
    /// Uses a directory, which is made when the first blob comes.
    #[must_use]
    pub fn new(dir: PathBuf) -> Self {
        Self {
            inner: Arc::new(Inner {
                dir,
                locks: std::array::from_fn(|_| Mutex::default()),
                hasher: RandomState::new(),
            }),
        }
    }

    /// Changes the files of a board, on a thread that may wait for the disk. The work gets the
    /// directory of all boards.
    async fn in_turn<T: Send + 'static>(
        &self,
        board: BoardId,
        work: impl FnOnce(&Path) -> io::Result<T> + Send + 'static,
    ) -> Result<T, BlobError> {
        let inner = Arc::clone(&self.inner);
        off_thread(move || {
            let slot = inner.hasher.hash_one(board) as usize % LOCKS;
            let lock = inner.locks.get(slot).map(Mutex::lock);
            // The files hold the state, so a panic that held the lock left nothing half done.
            let _turn = lock.map(|lock| lock.unwrap_or_else(PoisonError::into_inner));
            work(&inner.dir)
        })
        .await
    }

    /// Changes the files of a blob.
    async fn change<T: Send + 'static>(
        &self,
        key: BlobKey,
        change: impl FnOnce(&Paths) -> io::Result<T> + Send + 'static,
    ) -> Result<T, BlobError> {
        self.in_turn(key.board, move |root| change(&Paths::new(root, key)))
            .await
    }

    /// Reads the files of a blob, on a thread that may wait for the disk.
    async fn look<T: Send + 'static>(
        &self,
        key: BlobKey,
        look: impl FnOnce(&Paths) -> io::Result<T> + Send + 'static,
    ) -> Result<T, BlobError> {
        let inner = Arc::clone(&self.inner);
        off_thread(move || look(&Paths::new(&inner.dir, key))).await
    }
}

/// Runs work that waits for the disk.
async fn off_thread<T: Send + 'static>(
    work: impl FnOnce() -> io::Result<T> + Send + 'static,
) -> Result<T, BlobError> {
    let done = tokio::task::spawn_blocking(work).await;
    let done = done.map_err(|error| BlobError::Unavailable(error.to_string()))?;
    done.map_err(|error| refused(&error))
}

/// What a failure of the system means for the caller.
fn refused(error: &io::Error) -> BlobError {
    let reason = error.to_string();
    match error.kind() {
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded | ErrorKind::FileTooLarge => {
            BlobError::Full(reason)
        }
        ErrorKind::ReadOnlyFilesystem | ErrorKind::PermissionDenied => BlobError::ReadOnly(reason),
        ErrorKind::NotFound | ErrorKind::UnexpectedEof => BlobError::Missing(reason),
        _ => BlobError::Unavailable(reason),
    }
}

#[async_trait]
impl BlobStore for FileBlobs {
    async fn state(&self, key: BlobKey) -> Result<BlobState, BlobError> {
        self.look(key, Paths::state).await
    }

    async fn append(&self, key: BlobKey, piece: &Piece) -> Result<Appended, BlobError> {
        let piece = piece.clone();
        let append = move |paths: &Paths| {
            let is_complete = matches!(paths.state()?, BlobState::Complete { .. });
            if piece.offset == 0 && !is_complete {
                let entries = listing::list(paths.dir())?;
                if let Err(limit) = BoardLimit::check(&entries, key.hash, piece.length) {
                    return Ok(Err(limit));
                }
            }
            paths.append(&piece).map(Ok)
        };
        Ok(self.change(key, append).await??)
    }

    async fn generation(&self, key: BlobKey) -> Result<Option<Generation>, BlobError> {
        self.look(key, Paths::generation).await
    }

    async fn finish(
        &self,
        key: BlobKey,
        length: u64,
        checked: Generation,
    ) -> Result<(), BlobError> {
        self.change(key, move |paths| paths.finish(length, checked))
            .await
    }

    async fn read(&self, key: BlobKey, offset: u64, bytes: usize) -> Result<Bytes, BlobError> {
        self.look(key, move |paths| paths.read(offset, bytes)).await
    }

    async fn remove_if(&self, key: BlobKey, seen: Seen) -> Result<bool, BlobError> {
        let remove = move |paths: &Paths| {
            let still = match seen {
                Seen::Unfinished(generation) => paths.generation()? == Some(generation),
                Seen::Listed(stage) => listing::list(paths.dir())?
                    .iter()
                    .any(|entry| entry.hash == key.hash && entry.stage == stage),
            };
            if still {
                paths.remove()?;
            }
            Ok(still)
        };
        self.change(key, remove).await
    }

    async fn tidy(&self, board: BoardId) -> Result<(), BlobError> {
        let forget = move |root: &Path| remove_if_empty(&root.join(board.to_string()));
        self.in_turn(board, forget).await
    }

    async fn mark(&self, key: BlobKey, unneeded: Option<UnixMillis>) -> Result<(), BlobError> {
        self.change(key, move |paths| paths.mark(unneeded)).await
    }

    async fn list(&self, board: BoardId) -> Result<Vec<BlobEntry>, BlobError> {
        let dir = self.inner.dir.join(board.to_string());
        off_thread(move || listing::list(&dir)).await
    }

    async fn boards(&self) -> Result<Vec<BoardId>, BlobError> {
        let inner = Arc::clone(&self.inner);
        off_thread(move || listing::boards(&inner.dir)).await
    }
}
