//! The files of pictures that the server does not have yet, kept over reloads and crashes.

use std::cell::Cell;
use std::rc::Rc;

use serde::{Deserialize, Serialize};
use serde_bytes::ByteBuf;
use shared::id::BoardId;
use shared::limits::MAX_PICTURE_BYTES;
use shared::model::{BlobHash, MediaType};
use shared::protocol::{decode, encode};

use super::database::{Database as _, Entry, Range, Store, Value};
use super::indexed_db::{IndexedDb, PICTURES, WriteEnd};

/// Bytes of a record beside the file at most.
const OVERHEAD: usize = 128;

/// The file of a picture.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct PictureFile {
    /// Its name.
    pub(crate) sha256: BlobHash,
    /// Its format.
    pub(crate) media_type: MediaType,
    /// Its bytes.
    pub(crate) bytes: ByteBuf,
}

/// The files of one board. Without IndexedDB it keeps nothing.
#[derive(Debug)]
pub(crate) struct PictureFiles {
    board: BoardId,
    database: Option<IndexedDb>,
    has_failed: Rc<Cell<bool>>,
}

impl PictureFiles {
    /// Opens the files of a board.
    pub(crate) async fn open(board: BoardId) -> Self {
        let database = IndexedDb::open(PICTURES).await.ok();
        let has_failed = Rc::new(Cell::new(false));
        if let Some(database) = &database {
            let has_failed = Rc::clone(&has_failed);
            database.on_write_end(move |end| match end {
                WriteEnd::Done => {}
                WriteEnd::Failed => has_failed.set(true),
            });
        }
        Self {
            board,
            database,
            has_failed,
        }
    }

    /// Whether the files outlive the page, as far as the browser says.
    pub(crate) fn are_kept(&self) -> bool {
        let database = self.database.as_ref();
        let is_idle = database.is_some_and(|database| database.unfinished_writes() == 0);
        is_idle && !self.has_failed.get()
    }

    /// Begins to write a file.
    pub(crate) fn keep(&self, file: &PictureFile) {
        let (Some(database), Ok(bytes)) = (&self.database, encode(file)) else {
            return;
        };
        database.put(vec![Entry {
            store: Store::Pictures,
            key: self.key(file.sha256),
            value: Value::Bytes(bytes.to_vec()),
        }]);
    }

    /// Begins to remove a file.
    pub(crate) fn forget(&self, sha256: BlobHash) {
        if let Some(database) = &self.database {
            let (from, to) = (self.key(sha256), self.key(sha256));
            database.delete(Store::Pictures, Range { from, to });
        }
    }

    /// Begins to remove all files.
    pub(crate) fn forget_all(&self) {
        if let Some(database) = &self.database {
            database.delete(Store::Pictures, Range::of(self.board));
        }
    }

    /// All files.
    pub(crate) async fn all(&self) -> Vec<PictureFile> {
        let Some(database) = &self.database else {
            return Vec::new();
        };
        let values = database.read(Store::Pictures, Range::of(self.board)).await;
        let most = usize::try_from(MAX_PICTURE_BYTES).unwrap_or(usize::MAX) + OVERHEAD;
        let file = |value| match value {
            Value::Bytes(bytes) => decode(&bytes, most).ok(),
            Value::Text(_) => None,
        };
        values
            .unwrap_or_default()
            .into_iter()
            .filter_map(file)
            .collect()
    }

    fn key(&self, sha256: BlobHash) -> String {
        format!("{}/{sha256}", self.board)
    }
}
