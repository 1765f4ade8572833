//! The recent commits of a room, encoded once for all who read them.
//!
//! Sessions hold a place in the ring, not a queue of their own, so a slow
//! reader costs nothing; a place that fell out of the ring gets a snapshot.

use std::collections::VecDeque;

use bytes::Bytes;

use crate::id::{ClientId, CommitNo, Seq};
use crate::limits::{RING_BYTES, RING_COMMITS};
use crate::protocol::StoredCommit;

/// One commit in the ring.
#[derive(Debug, Clone)]
pub struct Entry {
    /// Its place in the history.
    pub seq: Seq,
    /// As the store has it, for healing a store that lost it.
    pub stored: StoredCommit,
    /// The frame for everybody but its author.
    pub frame: Bytes,
}

impl Entry {
    /// Who made it and its number.
    #[must_use]
    pub const fn op_id(&self) -> (ClientId, CommitNo) {
        (self.stored.author, self.stored.cno)
    }
}

/// See the module.
#[derive(Debug, Default)]
pub struct Ring {
    entries: VecDeque<Entry>,
    bytes: usize,
}

impl Ring {
    /// Adds the commit that follows the last one; one that does not follow
    /// begins the ring anew.
    pub fn push(&mut self, entry: Entry) {
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

    /// Whether all commits after `seq` up to `last`, the room's own place, are here.
    #[must_use]
    pub fn covers(&self, seq: Seq, last: Seq) -> bool {
        seq >= last
            || self
                .entries
                .front()
                .is_some_and(|first| first.seq <= seq + 1)
    }

    /// The commit at a place.
    #[must_use]
    pub fn get(&self, seq: Seq) -> Option<&Entry> {
        let first = self.entries.front()?.seq;
        let at = usize::try_from(seq.checked_sub(first)?).ok()?;
        self.entries.get(at)
    }

    /// All commits, oldest first.
    pub fn iter(&self) -> impl Iterator<Item = &Entry> {
        self.entries.iter()
    }
}
