//! What recently deleted elements said about people: the proof for a client that restores one.
//!
//! A tombstone does not keep it. The room remembers it for as many elements as users may undo the
//! deletion of within a session; what is restored later counts as the work of the client that
//! restores it.

use std::collections::{BTreeMap, VecDeque};

use crate::id::ElementId;
use crate::model::Board;
use crate::op::authorship::Authorship;
use crate::op::{Commit, Op};

/// Elements that are remembered: some gestures that delete as many as one commit may.
const MAX_ELEMENTS: usize = 4_000;
/// Bytes that they take at most.
const MAX_BYTES: usize = 4 * 1024 * 1024;

/// What recently deleted elements said about people.
#[derive(Debug, Default)]
pub(super) struct DeletedElements {
    /// With the number of the deletion that says it.
    known: BTreeMap<ElementId, (u64, Authorship)>,
    /// Oldest first. An element that was deleted twice is in it twice.
    order: VecDeque<Deletion>,
    /// The number of the next deletion.
    next: u64,
    bytes: usize,
}

/// A deletion that is remembered.
#[derive(Debug)]
struct Deletion {
    number: u64,
    id: ElementId,
    bytes: usize,
}

impl DeletedElements {
    /// Remembers the elements that a commit is about to delete from the board.
    pub(super) fn note(&mut self, board: &Board, commit: &Commit) {
        for op in &commit.ops {
            let Op::Delete { ids } = op else { continue };
            for id in ids {
                if let Some(known) = board.get(*id).and_then(|element| Authorship::of(element)) {
                    self.add(*id, known);
                }
            }
        }
    }

    /// What a deleted element said.
    pub(super) fn get(&self, id: ElementId) -> Option<&Authorship> {
        self.known.get(&id).map(|(_, known)| known)
    }

    fn add(&mut self, id: ElementId, known: Authorship) {
        let (number, bytes) = (self.next, known.bytes());
        self.next += 1;
        self.bytes += bytes;
        self.order.push_back(Deletion { number, id, bytes });
        self.known.insert(id, (number, known));
        while self.order.len() > MAX_ELEMENTS || self.bytes > MAX_BYTES {
            let Some(oldest) = self.order.pop_front() else {
                return;
            };
            self.bytes -= oldest.bytes;
            // A later deletion of the same element is remembered instead.
            let is_latest = |(number, _): &(u64, Authorship)| *number == oldest.number;
            if self.known.get(&oldest.id).is_some_and(is_latest) {
                self.known.remove(&oldest.id);
            }
        }
    }
}
