//! The records of one board in the outbox's database: commits, and the keys of their authors.

use shared::id::{BoardId, ClientId, ClientKey, CommitNo};
use shared::limits::MAX_FRAME_BYTES;
use shared::op::Commit;
use shared::protocol::{decode, encode};
use shared::sync::OutboxChange;

use super::database::{Database, Entry, Range, Store, Value};

/// An identity whose commits are kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Author {
    pub(super) key: ClientKey,
    /// Seconds since 1970 when it last kept a commit.
    pub(super) last_kept: u64,
}

/// The records of the outbox. Without a database nothing is kept.
#[derive(Debug)]
pub(super) struct Records<D> {
    board: BoardId,
    database: Option<D>,
}

impl<D: Database> Records<D> {
    pub(super) const fn new(board: BoardId, database: Option<D>) -> Self {
        Self { board, database }
    }

    pub(super) const fn database(&self) -> Option<&D> {
        self.database.as_ref()
    }

    /// Begins to make a change that a driver requests. `unix_seconds` is the time, in seconds
    /// since 1970.
    pub(super) fn apply(&self, change: &OutboxChange, unix_seconds: u64) {
        match change {
            OutboxChange::Keep { author, commit } => self.keep(author, commit, unix_seconds),
            OutboxChange::Forget { author, up_to } => self.forget(author.client_id(), *up_to),
            OutboxChange::ForgetAuthor(author) => self.forget_author(author.client_id()),
        }
    }

    fn keep(&self, author: &ClientKey, commit: &Commit, unix_seconds: u64) {
        let (Some(database), Ok(bytes)) = (&self.database, encode(commit)) else {
            return;
        };
        let (key, id) = (author.reveal(), author.client_id());
        database.put(vec![
            Entry {
                store: Store::Authors,
                key: self.author_key(id),
                value: Value::Text(format!("{key} {unix_seconds}")),
            },
            Entry {
                store: Store::Commits,
                key: self.commit_key(id, commit.cno),
                value: Value::Bytes(bytes.to_vec()),
            },
        ]);
    }

    fn forget(&self, author: ClientId, up_to: CommitNo) {
        if let Some(database) = &self.database {
            database.delete(Store::Commits, self.commit_range(author, up_to));
        }
    }

    fn forget_author(&self, author: ClientId) {
        self.forget(author, CommitNo::MAX);
        if let Some(database) = &self.database {
            let key = self.author_key(author);
            let (from, to) = (key.clone(), key);
            database.delete(Store::Authors, Range { from, to });
        }
    }

    /// Begins to forget everything of the board.
    pub(super) fn forget_all(&self) {
        if let Some(database) = &self.database {
            for store in [Store::Commits, Store::Authors] {
                database.delete(store, Range::of(self.board));
            }
        }
    }

    /// The stored commits of an author, ascending.
    pub(super) async fn commits(&self, author: ClientId) -> Vec<Commit> {
        let range = self.commit_range(author, CommitNo::MAX);
        let values = self.read(Store::Commits, range).await;
        values
            .into_iter()
            .filter_map(|value| match value {
                Value::Bytes(bytes) => decode(&bytes, MAX_FRAME_BYTES).ok(),
                Value::Text(_) => None,
            })
            .collect()
    }

    /// All identities of which the outbox keeps or kept commits.
    pub(super) async fn authors(&self) -> Vec<Author> {
        let values = self.read(Store::Authors, Range::of(self.board)).await;
        values.into_iter().filter_map(Author::parse).collect()
    }

    async fn read(&self, store: Store, range: Range) -> Vec<Value> {
        match &self.database {
            Some(database) => database.read(store, range).await.unwrap_or_default(),
            None => Vec::new(),
        }
    }

    fn author_key(&self, author: ClientId) -> String {
        format!("{}/{author}", self.board)
    }

    /// The keys of commits sort like their numbers.
    fn commit_key(&self, author: ClientId, cno: CommitNo) -> String {
        format!("{}/{author}/{cno:016x}", self.board)
    }

    fn commit_range(&self, author: ClientId, up_to: CommitNo) -> Range {
        Range {
            from: self.commit_key(author, 0),
            to: self.commit_key(author, up_to),
        }
    }
}

impl Author {
    fn parse(value: Value) -> Option<Self> {
        let Value::Text(text) = value else {
            return None;
        };
        let (key, last_kept) = text.split_once(' ')?;
        Some(Self {
            key: key.parse().ok()?,
            last_kept: last_kept.parse().ok()?,
        })
    }
}
