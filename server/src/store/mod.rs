//! Stores boards: an ordered log of commits, snapshots, and a record (title, links) for each board.
//!
//! One trait, two implementations, one contract suite. A store does not decode commits.

mod authors;
pub(crate) mod calls;
pub mod embedded;
#[cfg(feature = "fuzzing")]
pub mod fuzzing;
mod history;
pub mod measured;
pub mod record;
pub mod redis;
mod sealed;
mod segment;
mod warnings;

use std::time::Duration;

use async_trait::async_trait;
use bytes::Bytes;
use shared::id::{BoardId, ClientId, Epoch, Position, Seq};
use shared::protocol::StoredCommit;
use shared::sync::log::{Batch, BatchReply, Head, Loaded};
use tokio::sync::watch;

use crate::health::Health;

pub use history::{Author, Authors, TimeMark};
pub use record::{
    BoardRecord, Bytes16, LinkRecord, LinkSource, MAX_CLEARED, MAX_ENDED_LINKS, MAX_NAMED_PEOPLE,
};
pub use warnings::StoreWarnings;

/// How often a store that servers share is asked where boards stand. A revoked link must end within two
/// seconds although the message about it got lost.
const HEAD_CHECK_EVERY: Duration = Duration::from_secs(1);
/// Commits that one read returns at most; the reader reads again for more.
const READ_COMMITS: usize = 500;
/// Payload bytes after which a read stops, though it always returns one commit.
const READ_BYTES: usize = 4 * 1024 * 1024;

/// Why a request to a store failed.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// It cannot be reached or does not answer in time; the outcome is unknown
    /// and asking again is safe.
    #[error("store cannot be reached: {0}")]
    Unavailable(String),
    /// Stored data or an answer is malformed.
    #[error("store is damaged: {0}")]
    Corrupt(String),
    /// It is not set up to keep anything over a power loss.
    #[error("store is not set up to keep data over a power loss")]
    NeverDurable,
}

/// A snapshot that a store shall keep.
#[derive(Debug, Clone)]
pub struct Compaction {
    /// The state that the snapshot shows.
    pub at: Position,
    /// The encoded [`shared::sync::Snapshot`].
    pub snapshot: Bytes,
    /// Commits up to and including this position leave the log for the archive.
    pub floor: Seq,
}

/// A page of the conversation that a store shall keep.
#[derive(Debug, Clone)]
pub struct ChatPageBytes {
    /// The epoch in which it was filled.
    pub epoch: Epoch,
    /// Its number.
    pub number: u64,
    /// The page, packed.
    pub packed: Bytes,
}

/// Commits with their positions.
pub type Log = Vec<(Seq, StoredCommit)>;

/// The commits after a position.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Tail {
    /// The commits after it, contiguous; empty if there are none.
    Commits(Log),
    /// It is of another epoch, or below the floor, or the board is unknown:
    /// load the board again.
    Gone,
}

/// Stores boards. All methods may be called from many tasks at once; a call that
/// failed with [`StoreError::Unavailable`] may be repeated with the same
/// arguments without doing anything twice.
#[async_trait]
pub trait Store: std::fmt::Debug + Send + Sync + 'static {
    /// Creates an empty board with this record and epoch, unless it is there or was deleted. Repeating
    /// it is harmless.
    async fn create(
        &self,
        board: BoardId,
        record: &BoardRecord,
        epoch: Epoch,
    ) -> Result<(), StoreError>;

    /// The record of a board with its version; `None` if there is no such board.
    async fn record(&self, board: BoardId) -> Result<Option<(BoardRecord, u64)>, StoreError>;

    /// Replaces the record if its version is still `version`; tells whether it
    /// did. The version goes up by one.
    async fn put_record(
        &self,
        board: BoardId,
        record: &BoardRecord,
        version: u64,
    ) -> Result<bool, StoreError>;

    /// Reads a board as one consistent state; `None` if there is no such board.
    async fn load(&self, board: BoardId) -> Result<Option<Loaded>, StoreError>;

    /// Orders commits by the rules in [`shared::sync::log`], and publishes what
    /// was stored ([`shared::sync::log::LogEvent`]) or that a new epoch was begun, atomically
    /// with it.
    async fn commit(&self, board: BoardId, batch: &Batch) -> Result<BatchReply, StoreError>;

    /// The commits after a position, at most a few hundred at a time.
    async fn read_after(&self, board: BoardId, after: Position) -> Result<Tail, StoreError>;

    /// How often servers ask where boards stand, to find messages that got lost.
    fn head_check_every(&self) -> Duration {
        HEAD_CHECK_EVERY
    }

    /// Where a board stands; `None` if there is no such board.
    async fn head(&self, board: BoardId) -> Result<Option<Head>, StoreError>;

    /// Stores a snapshot, if the board is still in its epoch and no newer
    /// snapshot is there, and moves commits up to the floor to the archive.
    /// Tells whether it did.
    async fn compact(&self, board: BoardId, compaction: &Compaction) -> Result<bool, StoreError>;

    /// Stores a page of the conversation, unless the board is in another epoch or unknown. A page
    /// that is there already is replaced: it has the same messages, or some that were lost.
    async fn put_chat_page(&self, board: BoardId, page: &ChatPageBytes) -> Result<(), StoreError>;

    /// A page of the conversation; `None` if the store does not have it.
    async fn chat_page(&self, board: BoardId, number: u64) -> Result<Option<Bytes>, StoreError>;

    /// A segment of the archive: contiguous commits that compactions moved there. Segments are counted
    /// from 0, the oldest one; `None` if there are no more.
    async fn archived(&self, board: BoardId, number: u64) -> Result<Option<Log>, StoreError>;

    /// The seconds in which commits of a board were stored, in order.
    async fn time_marks(&self, board: BoardId) -> Result<Vec<TimeMark>, StoreError>;

    /// Notes who uses a client, unless the board is unknown. A later note replaces an earlier one.
    async fn put_author(
        &self,
        board: BoardId,
        client: ClientId,
        author: &Author,
    ) -> Result<(), StoreError>;

    /// The users of all clients that were noted.
    async fn authors(&self, board: BoardId) -> Result<Authors, StoreError>;

    /// Restores a board that the store lost altogether, from what a server
    /// still holds, unless another server did so first. Answers where the board
    /// stands then; `None` if it was deleted.
    ///
    /// The epoch of `compaction.at` becomes the board's epoch, so it must be a
    /// fresh one. The log begins empty after the snapshot. It publishes that the
    /// epoch changed, so that other servers load the board.
    async fn restore(
        &self,
        board: BoardId,
        record: &BoardRecord,
        compaction: &Compaction,
    ) -> Result<Option<Position>, StoreError>;

    /// Deletes a board with everything that belongs to it except its blobs, if the version of its
    /// record is still `version`; tells whether it did. A marker stays: for every call the board is
    /// unknown from then on, and no call makes or restores a board with this id.
    async fn delete(&self, board: BoardId, version: u64) -> Result<bool, StoreError>;

    /// Whether a board was deleted, so that the store did not lose it.
    async fn was_deleted(&self, board: BoardId) -> Result<bool, StoreError>;

    /// Returns when everything that was stored of a board before the call is safe from
    /// power loss. It cannot know what a restarted server had lost before: a caller that
    /// relies on a position asks [`Store::head`] afterwards, and only if that
    /// is of the same epoch and not behind it, the position is durable.
    ///
    /// # Errors
    /// [`StoreError::NeverDurable`] if the store is not set up for it.
    async fn wait_durable(&self, board: BoardId) -> Result<(), StoreError>;

    /// Whether the store keeps commits at present. A store that answers reads but takes no commits
    /// is down. The receiver sees every later change.
    fn health(&self) -> watch::Receiver<Health>;

    /// The file of a store that has one on this machine.
    fn file(&self) -> Option<StoreFile> {
        None
    }
}

/// The file of a store.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct StoreFile {
    /// Its size.
    pub bytes: u64,
    /// How often it was opened again after it failed.
    pub reopened: u64,
}
