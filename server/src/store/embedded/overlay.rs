//! A file that is only read, for the time in which nothing can be written to it.
//!
//! The library must repair a file that was not closed in order before it reads it, and so wants to
//! write. What it writes stays in memory here, and is gone when the file is closed.

use std::fs::File;
use std::io;
use std::ops::Bound;
use std::os::unix::fs::FileExt as _;
use std::sync::{Mutex, MutexGuard, PoisonError};

use redb::{BackendError, StorageBackend};

/// A file with changes in memory.
#[derive(Debug)]
pub(super) struct Overlay {
    file: File,
    /// Length of the file itself.
    file_length: u64,
    changes: Mutex<Changes>,
}

#[derive(Debug)]
struct Changes {
    length: u64,
    /// Written bytes by their offsets, in the order in which they were written.
    written: Vec<(u64, Vec<u8>)>,
}

impl Overlay {
    pub(super) fn new(file: File) -> io::Result<Self> {
        let file_length = file.metadata()?.len();
        let changes = Changes {
            length: file_length,
            written: Vec::new(),
        };
        Ok(Self {
            file,
            file_length,
            changes: Mutex::new(changes),
        })
    }

    fn changes(&self) -> MutexGuard<'_, Changes> {
        // No code panics while it holds the lock, so the changes are always sound.
        self.changes.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl StorageBackend for Overlay {
    fn len(&self) -> io::Result<u64> {
        Ok(self.changes().length)
    }

    fn read(&self, offset: u64, out: &mut [u8]) -> io::Result<()> {
        let in_file = self.file_length.saturating_sub(offset);
        let in_file = usize::try_from(in_file).unwrap_or(out.len()).min(out.len());
        let (from_file, beyond) = out.split_at_mut(in_file);
        self.file.read_exact_at(from_file, offset)?;
        beyond.fill(0);
        for (at, bytes) in &self.changes().written {
            copy_overlap(*at, bytes, offset, out);
        }
        Ok(())
    }

    fn set_len(&self, length: u64) -> io::Result<()> {
        self.changes().length = length;
        Ok(())
    }

    fn sync_data(&self) -> io::Result<()> {
        Ok(())
    }

    fn write(&self, offset: u64, data: &[u8]) -> io::Result<()> {
        self.changes().written.push((offset, data.to_vec()));
        Ok(())
    }

    /// Locks the whole file against other processes; other ranges are not asked for then.
    fn try_lock_range(&self, start: Bound<u64>, end: Bound<u64>) -> Result<bool, BackendError> {
        let is_whole = matches!(start, Bound::Unbounded | Bound::Included(0));
        if !is_whole || end != Bound::Unbounded {
            return Err(BackendError::Unsupported);
        }
        Ok(self.file.try_lock().is_ok())
    }

    fn unlock_range(&self, _: Bound<u64>, _: Bound<u64>) -> Result<(), BackendError> {
        // The lock ends with the file.
        Ok(())
    }

    fn close(&self) -> io::Result<()> {
        self.file.unlock()
    }
}

/// Copies the bytes that two ranges have in common.
fn copy_overlap(from: u64, bytes: &[u8], to: u64, out: &mut [u8]) {
    let start = from.max(to);
    let skip = |begin: u64| usize::try_from(start - begin).ok();
    let (Some(skip_from), Some(skip_to)) = (skip(from), skip(to)) else {
        return;
    };
    let (Some(source), Some(target)) = (bytes.get(skip_from..), out.get_mut(skip_to..)) else {
        return;
    };
    for (target, source) in target.iter_mut().zip(source) {
        *target = *source;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn writes_are_read_back_and_the_file_stays_as_it_was() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("file");
        std::fs::write(&path, [7; 10]).unwrap();
        let overlay = Overlay::new(File::open(&path).unwrap()).unwrap();
        overlay.set_len(20).unwrap();
        overlay.write(8, &[1; 4]).unwrap();
        overlay.write(11, &[2; 2]).unwrap();
        let mut out = [9; 16];
        overlay.read(2, &mut out).unwrap();
        assert_eq!(out, [7, 7, 7, 7, 7, 7, 1, 1, 1, 2, 2, 0, 0, 0, 0, 0]);
        assert_eq!(overlay.len().unwrap(), 20);
        assert_eq!(std::fs::read(&path).unwrap(), [7; 10]);
    }
}
