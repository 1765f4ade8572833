//! The rules of the ordered log: how a store answers a batch of commits.
//!
//! Every store follows them: the embedded one calls [`decide`], the Redis one
//! runs the same rules as a script, and one contract suite tests both. The rules look at ids and
//! numbers, not at the contents of commits.

use bytes::Bytes;

use crate::id::{ClientId, CommitNo, Epoch, Position, Seq};
use crate::protocol::StoredCommit;

/// Payloads up to this size are stored even on a full board: an empty commit that takes the number
/// of a refused one must always fit. Once a board has reached
/// [`crate::limits::FULL_SNAPSHOT_BYTES`], rooms refuse those that let it grow.
pub const ALWAYS_FITS_BYTES: usize = 64;

/// Commits that a room asks its store to order and keep.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Batch {
    /// The epoch that the room believes in.
    pub epoch: Epoch,
    /// The last position that the room has seen. A store that has less has lost
    /// part of its history.
    pub known_seq: Seq,
    /// The epoch to begin if history was lost; random.
    pub fresh_epoch: Epoch,
    /// Bytes that the board may have with a commit of this batch:
    /// [`MAX_BOARD_BYTES`](crate::limits::MAX_BOARD_BYTES), or
    /// [`MAX_SNAPSHOT_BYTES`](crate::limits::MAX_SNAPSHOT_BYTES) if all commits let the board shrink.
    pub max_bytes: u64,
    /// The commits, in order.
    pub commits: Vec<StoredCommit>,
}

/// The result of one commit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It is in the log at this position.
    Stored(Seq),
    /// It was in the log already.
    Duplicate,
    /// Its author's commits before it are missing; the last one known is given.
    Gap(CommitNo),
    /// The board is full.
    Full,
}

/// The answer of a store to a batch.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum BatchReply {
    /// One outcome for each commit.
    Done(Vec<Outcome>),
    /// The board's history continues in another epoch; nothing was stored.
    EpochChanged(Position),
    /// The store does not know the board; nothing was stored.
    NoBoard,
}

/// A change of a board's log, which a store publishes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LogEvent {
    /// Commits were stored, the first of them at `first`.
    Commits {
        /// The epoch they belong to.
        epoch: Epoch,
        /// Position of the first.
        first: Seq,
        /// The commits, contiguous.
        commits: Vec<StoredCommit>,
    },
    /// The board's history continues in another epoch.
    EpochChanged,
}

/// A board as it is read when the first client opens it. One consistent state.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Loaded {
    /// The position of its history.
    pub at: Position,
    /// The latest snapshot with its position; none if it was never compacted.
    pub snapshot: Option<(Seq, Bytes)>,
    /// The commits kept, contiguous and ending at `at`; they begin at or before
    /// the one that follows the snapshot.
    pub commits: Vec<(Seq, StoredCommit)>,
    /// Version of the board's record (title, links).
    pub record_version: u64,
}

/// The position of a board in the store.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Head {
    /// Epoch and last position.
    pub at: Position,
    /// Version of the board's record.
    pub record_version: u64,
    /// Bytes of the snapshot and of the payloads in the log.
    pub bytes: u64,
}

/// The state of a log for [`decide`].
#[derive(Clone, Copy, Debug)]
pub struct LogState {
    /// Epoch and last position.
    pub at: Position,
    /// Bytes of the log.
    pub bytes: u64,
    /// Whether the end of the log may be missing.
    pub end: LogEnd,
}

/// Whether the end of a log may be lost.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LogEnd {
    /// No commit can have been lost since the last one.
    Certain,
    /// The store process was started again, or another replaced it, since
    /// the last commit; commits that were acknowledged may be missing. Nothing
    /// may be added to this epoch any more, or two histories would share a position.
    Uncertain,
}

/// Decides a batch by the rules of the log, in the order epoch, duplicate, gap,
/// full. `last_cno` tells the last number known of an author; commits decided
/// to be stored are counted within the batch. An epoch change must be written
/// by the caller.
pub fn decide(
    state: LogState,
    batch: &Batch,
    last_cno: impl Fn(ClientId) -> CommitNo,
) -> BatchReply {
    let LogState { at, mut bytes, end } = state;
    if at.epoch != batch.epoch {
        return BatchReply::EpochChanged(at);
    }
    if at.seq < batch.known_seq || end == LogEnd::Uncertain {
        return BatchReply::EpochChanged(Position {
            epoch: batch.fresh_epoch,
            seq: at.seq,
        });
    }
    let mut seq = at.seq;
    let mut fresh: Vec<(ClientId, CommitNo)> = Vec::new();
    let outcomes = batch.commits.iter().map(|commit| {
        let seen = fresh
            .iter()
            .rev()
            .find(|(author, _)| *author == commit.author);
        let last = seen.map_or_else(|| last_cno(commit.author), |(_, cno)| *cno);
        let size = commit.payload.len();
        let room = bytes + size as u64 <= batch.max_bytes || size <= ALWAYS_FITS_BYTES;
        if commit.cno <= last {
            Outcome::Duplicate
        } else if commit.cno != last.saturating_add(1) {
            Outcome::Gap(last)
        } else if !room {
            Outcome::Full
        } else {
            seq += 1;
            bytes += size as u64;
            fresh.push((commit.author, commit.cno));
            Outcome::Stored(seq)
        }
    });
    BatchReply::Done(outcomes.collect())
}
