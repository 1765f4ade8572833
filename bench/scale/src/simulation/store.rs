//! The log of one board in memory, by the rules of `sync::log`. It loses nothing.

use std::collections::BTreeMap;

use bytes::Bytes;
use shared::id::{ClientId, CommitNo, Epoch, Position, Seq};
use shared::protocol::{StoredCommit, encode};
use shared::sync::Snapshot;
use shared::sync::log::{Batch, BatchReply, Head, Loaded, LogEnd, LogState, Outcome, decide};

/// The version of the record of every board.
pub(super) const RECORD_VERSION: u64 = 1;

/// A board as the store has it.
#[derive(Debug)]
pub(super) struct StoredBoard {
    at: Position,
    log: Vec<(Seq, StoredCommit)>,
    floor: Seq,
    snapshot: Option<(Seq, Bytes)>,
    last: BTreeMap<ClientId, CommitNo>,
    bytes: u64,
}

/// Commits that were stored, the first of them at a position.
#[derive(Debug, Clone)]
pub(super) struct Appended {
    pub(super) epoch: Epoch,
    pub(super) first: Seq,
    pub(super) commits: Vec<StoredCommit>,
}

impl StoredBoard {
    pub(super) const fn new(epoch: Epoch) -> Self {
        Self {
            at: Position { epoch, seq: 0 },
            log: Vec::new(),
            floor: 0,
            snapshot: None,
            last: BTreeMap::new(),
            bytes: 0,
        }
    }

    /// Stores a batch; returns the reply, and the commits that are published.
    pub(super) fn commit(&mut self, batch: &Batch) -> (BatchReply, Option<Appended>) {
        let state = LogState {
            at: self.at,
            bytes: self.bytes,
            end: LogEnd::Certain,
        };
        let last = |author| self.last.get(&author).copied().unwrap_or(0);
        let reply = decide(state, batch, last);
        let first = self.at.seq + 1;
        let mut commits = Vec::new();
        if let BatchReply::Done(outcomes) = &reply {
            for (commit, outcome) in batch.commits.iter().zip(outcomes) {
                if let Outcome::Stored(seq) = outcome {
                    self.append(*seq, commit);
                    commits.push(commit.clone());
                }
            }
        }
        let appended = Appended {
            epoch: self.at.epoch,
            first,
            commits,
        };
        let is_some = !appended.commits.is_empty();
        (reply, is_some.then_some(appended))
    }

    fn append(&mut self, seq: Seq, commit: &StoredCommit) {
        self.at.seq = seq;
        self.bytes += commit.payload.len() as u64;
        self.last.insert(commit.author, commit.cno);
        self.log.push((seq, commit.clone()));
    }

    pub(super) const fn head(&self) -> Head {
        Head {
            at: self.at,
            record_version: RECORD_VERSION,
            bytes: self.bytes,
        }
    }

    pub(super) fn load(&self) -> Loaded {
        Loaded {
            at: self.at,
            snapshot: self.snapshot.clone(),
            commits: self.log.clone(),
            record_version: RECORD_VERSION,
        }
    }

    pub(super) fn read_after(&self, after: Position) -> Option<Vec<(Seq, StoredCommit)>> {
        let is_readable = after.epoch == self.at.epoch && after.seq >= self.floor;
        let later = self.log.iter().filter(|(seq, _)| *seq > after.seq);
        is_readable.then(|| later.cloned().collect())
    }

    /// Stores a snapshot, and drops the commits up to the floor.
    pub(super) fn compact(&mut self, snapshot: &Snapshot, floor: Seq) -> bool {
        let Ok(bytes) = encode(snapshot) else {
            return false;
        };
        self.snapshot = Some((snapshot.at.seq, bytes));
        self.floor = floor;
        self.log.retain(|(seq, _)| *seq > floor);
        true
    }
}
