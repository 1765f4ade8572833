//! A store in memory that follows the rules of the log.

use std::collections::BTreeMap;

use bytes::Bytes;
use shared::id::{ClientId, CommitNo, Position, Seq};
use shared::protocol::{StoredCommit, encode};
use shared::sync::Snapshot;
use shared::sync::log::{Batch, BatchReply, Head, Loaded, LogEnd, LogState, Outcome, decide};
use testkit::fixtures::EPOCH;

/// The log of one board, with its latest snapshot.
#[derive(Debug, Default)]
pub(super) struct Store {
    log: Vec<StoredCommit>,
    last: BTreeMap<ClientId, CommitNo>,
    snapshot: Option<(Seq, Bytes)>,
    /// Pages of the conversation.
    pub(super) chat_pages: BTreeMap<u64, Bytes>,
}

impl Store {
    pub(super) fn at(&self) -> Position {
        let seq = self.log.len() as u64;
        Position { epoch: EPOCH, seq }
    }

    pub(super) fn commit(&mut self, batch: &Batch) -> BatchReply {
        let state = LogState {
            at: self.at(),
            bytes: 0,
            end: LogEnd::Certain,
        };
        let last = |author| self.last.get(&author).copied().unwrap_or(0);
        let reply = decide(state, batch, last);
        if let BatchReply::Done(outcomes) = &reply {
            for (commit, outcome) in batch.commits.iter().zip(outcomes) {
                if matches!(outcome, Outcome::Stored(_)) {
                    self.last.insert(commit.author, commit.cno);
                    self.log.push(commit.clone());
                }
            }
        }
        reply
    }

    pub(super) fn next_of(&self, author: ClientId) -> CommitNo {
        self.last.get(&author).copied().unwrap_or(0) + 1
    }

    /// Stores a commit that another server sent.
    pub(super) fn push(&mut self, commit: StoredCommit) -> Seq {
        self.last.insert(commit.author, commit.cno);
        self.log.push(commit);
        self.log.len() as u64
    }

    pub(super) fn read_after(&self, after: Position) -> Option<Vec<(Seq, StoredCommit)>> {
        let is_known = after.epoch == EPOCH && after.seq <= self.at().seq;
        let log = (1..).zip(self.log.iter().cloned());
        is_known.then(|| log.filter(|(seq, _)| *seq > after.seq).collect())
    }

    pub(super) fn head(&self) -> Head {
        Head {
            at: self.at(),
            record_version: 1,
            bytes: 0,
        }
    }

    pub(super) fn keep(&mut self, snapshot: &Snapshot) -> bool {
        let is_newer = self
            .snapshot
            .as_ref()
            .is_none_or(|(seq, _)| snapshot.at.seq > *seq);
        if is_newer {
            self.snapshot = Some((snapshot.at.seq, encode(snapshot).unwrap()));
        }
        is_newer
    }

    /// The board from the latest snapshot and the commits after it.
    pub(super) fn load(&self) -> Loaded {
        Loaded {
            snapshot: self.snapshot.clone(),
            ..self.whole_log()
        }
    }

    /// The board from all its commits.
    pub(super) fn whole_log(&self) -> Loaded {
        Loaded {
            at: self.at(),
            snapshot: None,
            commits: (1..).zip(self.log.iter().cloned()).collect(),
            record_version: 1,
        }
    }
}
