//! Opens the file again after it failed.

use std::fs::File;
use std::path::PathBuf;
use std::sync::Arc;

use super::file::{Current, OpenFile, restore};
use super::open::{file_path, open, open_for_reading};
use super::writer::guarded;

/// Whether the open file can be written.
#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    Usable,
    Failed,
}

/// Opens the file in a data directory again.
pub(super) struct Reopener {
    dir: PathBuf,
    current: Arc<Current>,
    state: State,
    /// The file that failed, until it is open again: if it was deleted, this is all that is left.
    failed_file: Option<File>,
}

impl Reopener {
    pub(super) const fn new(dir: PathBuf, current: Arc<Current>) -> Self {
        Self {
            dir,
            current,
            state: State::Usable,
            failed_file: None,
        }
    }

    /// Notes that the open file failed.
    pub(super) const fn file_failed(&mut self) {
        self.state = State::Failed;
    }

    /// Opens the file again if it failed; restores it if it was deleted.
    pub(super) fn reopen_if_failed(&mut self) -> Result<(), String> {
        if self.state == State::Usable {
            return Ok(());
        }
        self.close();
        let path = file_path(&self.dir);
        if let Some(file) = self.failed_file.as_ref().filter(|_| !path.exists()) {
            tracing::error!(path = %path.display(), "the file of the boards was deleted: it is written again");
            restore(file, &path).map_err(|error| error.to_string())?;
        }
        let opened = guarded(|| open(&self.dir).map_err(|error| error.to_string()))?;
        self.current.put(opened);
        self.current.count_reopening();
        self.state = State::Usable;
        self.failed_file = None;
        Ok(())
    }

    /// Opens the file, which cannot be written, so that boards can be read.
    pub(super) fn open_for_reading(&mut self) {
        self.close();
        let path = file_path(&self.dir);
        let opened = guarded(|| {
            let file = File::open(&path).or_else(|error| match &self.failed_file {
                Some(file) => file.try_clone(),
                None => Err(error),
            });
            let file = file.map_err(|error| error.to_string())?;
            open_for_reading(file, path).map_err(|error| error.to_string())
        });
        match opened {
            Ok(opened) => self.current.put(opened),
            Err(reason) => tracing::warn!(reason, "boards cannot be read"),
        }
    }

    /// Closes the file. It has no readers after that.
    fn close(&mut self) {
        if let Some(open) = self.current.take() {
            self.failed_file = guarded(|| Ok(OpenFile::close(open))).ok();
        }
    }
}
