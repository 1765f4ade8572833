//! The recent commits of a room, each encoded once for all readers.
//!
//! A session stores its position here instead of having a queue of its own, so a slow reader costs
//! nothing. A session whose position was dropped gets a snapshot.

use std::collections::VecDeque;

use bytes::Bytes;

use crate::id::{ClientId, CommitNo, Seq};
use crate::limits::{RING_BYTES, RING_COMMITS};
use crate::op::AuthoredCommit;
use crate::protocol::{CodecError, ServerMsg, StoredCommit, encode};

/// A recent commit.
#[derive(Debug, Clone)]
pub struct RecentCommit {
    /// Its position in the history.
    pub seq: Seq,
    /// The form in which the store has it, so that a store that lost it can get it back.
    pub stored: StoredCommit,
    /// The encoded message for all clients but its author.
    pub frame: Bytes,
    /// The message for clients of version 5, if they do not know something in it.
    pub frame_5: Option<Bytes>,
}

impl RecentCommit {
    /// Encodes a commit for clients.
    ///
    /// # Errors
    /// Never for the types of this crate; serde requires the result type.
    pub fn new(seq: Seq, stored: StoredCommit, commit: AuthoredCommit) -> Result<Self, CodecError> {
        let for_5 = commit.commit.for_version_5();
        let for_5 = for_5.map(|earlier| AuthoredCommit {
            author: commit.author,
            commit: earlier,
        });
        let encoded = |commit| encode(&ServerMsg::Commit { seq, commit });
        Ok(Self {
            seq,
            stored,
            frame: encoded(commit)?,
            frame_5: for_5.map(encoded).transpose()?,
        })
    }

    /// The encoded message for a client that speaks a version and is not the author.
    #[must_use]
    pub const fn frame_for(&self, version: u16) -> &Bytes {
        match &self.frame_5 {
            Some(frame) if version < 6 => frame,
            _ => &self.frame,
        }
    }

    /// Its author and its number.
    #[must_use]
    pub const fn op_id(&self) -> (ClientId, CommitNo) {
        (self.stored.author, self.stored.cno)
    }
}

/// A bounded buffer of recent commits.
#[derive(Debug, Default)]
pub struct RecentCommits {
    entries: VecDeque<RecentCommit>,
    bytes: usize,
}

impl RecentCommits {
    /// Appends a commit. If it does not follow the last one, the buffer starts anew with it.
    pub fn push(&mut self, entry: RecentCommit) {
        if self
            .entries
            .back()
            .is_some_and(|last| last.seq + 1 != entry.seq)
        {
            self.clear();
        }
        self.bytes += entry.frame.len();
        self.entries.push_back(entry);
        while self.bytes > RING_BYTES || self.entries.len() > RING_COMMITS {
            let Some(oldest) = self.entries.pop_front() else {
                return;
            };
            self.bytes -= oldest.frame.len();
        }
    }

    /// Forgets everything.
    pub fn clear(&mut self) {
        self.entries.clear();
        self.bytes = 0;
    }

    /// Whether the buffer has all commits after `seq` up to `last`, the room's own position.
    #[must_use]
    pub fn covers(&self, seq: Seq, last: Seq) -> bool {
        seq >= last
            || self
                .entries
                .front()
                .is_some_and(|first| first.seq <= seq + 1)
    }

    /// The bytes of the frames of all commits after a position.
    #[must_use]
    pub fn bytes_after(&self, seq: Seq) -> usize {
        let after = self.entries.iter().rev();
        let after = after.take_while(|entry| entry.seq > seq);
        after.map(|entry| entry.frame.len()).sum()
    }

    /// The commit at a position.
    #[must_use]
    pub fn get(&self, seq: Seq) -> Option<&RecentCommit> {
        let first = self.entries.front()?.seq;
        let at = usize::try_from(seq.checked_sub(first)?).ok()?;
        self.entries.get(at)
    }

    /// All commits, oldest first.
    pub fn iter(&self) -> impl Iterator<Item = &RecentCommit> {
        self.entries.iter()
    }
}
