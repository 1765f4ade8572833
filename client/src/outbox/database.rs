//! The databases that the outbox needs: stores of values by key.

use shared::id::BoardId;

/// A store of a database.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Store {
    /// Encoded commits.
    Commits,
    /// The private keys of their authors.
    Authors,
    /// Files of pictures. They have a database of their own.
    Pictures,
}

/// Keys from one text to another, both included.
#[derive(Clone, Debug)]
pub(super) struct Range {
    pub(super) from: String,
    pub(super) to: String,
}

impl Range {
    /// All keys of a board.
    pub(super) fn of(board: BoardId) -> Self {
        // "0" follows "/", which ends the board's part of the key.
        Self {
            from: format!("{board}/"),
            to: format!("{board}0"),
        }
    }
}

/// A value in a store.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Value {
    Text(String),
    Bytes(Vec<u8>),
}

/// A value on its way to a store.
#[derive(Clone, Debug)]
pub(super) struct Entry {
    pub(super) store: Store,
    pub(super) key: String,
    pub(super) value: Value,
}

/// The browser has no database for this page, or refused to use it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("this browser keeps nothing")]
pub(super) struct Unavailable;

/// The database. Callers do not await writes.
pub(super) trait Database {
    /// Begins to write entries, all or none.
    fn put(&self, entries: Vec<Entry>);

    /// Begins to delete a range of keys.
    fn delete(&self, store: Store, range: Range);

    /// All values of a range, by key.
    ///
    /// # Errors
    /// Where the browser refuses to read.
    async fn read(&self, store: Store, range: Range) -> Result<Vec<Value>, Unavailable>;
}
