//! The open file, and how it is found again after it was deleted.

use std::fs::{self, DirBuilder, File};
use std::io;
use std::os::unix::fs::{DirBuilderExt as _, FileExt as _, MetadataExt as _};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{PoisonError, RwLock};

use redb::Database;

use super::super::{StoreError, StoreFile};

/// Bytes copied at once.
const COPY_BYTES: usize = 1024 * 1024;

/// The database in its file.
pub(super) struct OpenFile {
    pub(super) database: Database,
    /// The file of the database, which can still be read after it was deleted.
    pub(super) file: File,
    pub(super) path: PathBuf,
}

impl OpenFile {
    /// Checks that the file is still at its path. If it is not, a later start would not find the
    /// commits in it.
    ///
    /// # Errors
    /// If it was deleted or replaced.
    pub(super) fn check_place(&self) -> io::Result<()> {
        let there = fs::metadata(&self.path)?;
        let ours = self.file.metadata()?;
        if (there.dev(), there.ino()) == (ours.dev(), ours.ino()) {
            Ok(())
        } else {
            Err(io::Error::other("another file took its place"))
        }
    }

    /// Closes the database; the file stays open.
    pub(super) fn close(self) -> File {
        drop(self.database);
        self.file
    }
}

/// The open file of a store; none while it is being opened again.
#[derive(Default)]
pub(super) struct Current {
    open: RwLock<Option<OpenFile>>,
    /// How often it was opened again after it failed.
    reopened: AtomicU64,
}

impl Current {
    /// Uses the open file.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`] if none is open.
    pub(super) fn with<T>(&self, work: impl FnOnce(&OpenFile) -> T) -> Result<T, StoreError> {
        // A panic while it is read leaves it whole.
        let current = self.open.read().unwrap_or_else(PoisonError::into_inner);
        match &*current {
            Some(open) => Ok(work(open)),
            None => Err(StoreError::Unavailable(
                "file of the boards is not open at present".to_owned(),
            )),
        }
    }

    pub(super) fn put(&self, open: OpenFile) {
        *self.open.write().unwrap_or_else(PoisonError::into_inner) = Some(open);
    }

    /// Notes that the file was opened again after it failed.
    pub(super) fn count_reopening(&self) {
        self.reopened.fetch_add(1, Ordering::Relaxed);
    }

    /// Its size, and how often it was opened again.
    pub(super) fn measured(&self) -> StoreFile {
        let size = self.with(|open| open.file.metadata().map_or(0, |file| file.len()));
        StoreFile {
            bytes: size.unwrap_or(0),
            reopened: self.reopened.load(Ordering::Relaxed),
        }
    }

    /// Takes the file out, after all who use it are done.
    pub(super) fn take(&self) -> Option<OpenFile> {
        self.open
            .write()
            .unwrap_or_else(PoisonError::into_inner)
            .take()
    }
}

impl std::fmt::Debug for Current {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Current")
    }
}

/// Makes the data directory if it is missing, for this user alone.
pub(super) fn make_dir(dir: &Path) -> io::Result<()> {
    DirBuilder::new().recursive(true).mode(0o700).create(dir)
}

/// Writes a deleted file, which only its handle still holds, to its path again.
pub(super) fn restore(deleted: &File, path: &Path) -> io::Result<()> {
    let dir = path.parent().unwrap_or_else(|| Path::new("."));
    make_dir(dir)?;
    let copy_path = path.with_extension("restored");
    let copy = File::create(&copy_path)?;
    let mut buffer = vec![0; COPY_BYTES];
    let mut offset = 0;
    loop {
        let length = deleted.read_at(&mut buffer, offset)?;
        let Some(part) = buffer.get(..length).filter(|part| !part.is_empty()) else {
            break;
        };
        copy.write_all_at(part, offset)?;
        offset += length as u64;
    }
    copy.sync_all()?;
    fs::rename(&copy_path, path)?;
    File::open(dir)?.sync_all()
}
