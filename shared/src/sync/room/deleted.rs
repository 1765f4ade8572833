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
    known: BTreeMap<ElementId, Authorship>,
    /// Oldest first. An element that was deleted twice is in it twice.
    order: VecDeque<(ElementId, usize)>,
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
        self.known.get(&id)
    }

    fn add(&mut self, id: ElementId, known: Authorship) {
        let bytes = known.bytes();
        self.bytes += bytes;
        self.order.push_back((id, bytes));
        self.known.insert(id, known);
        while self.order.len() > MAX_ELEMENTS || self.bytes > MAX_BYTES {
            let Some((oldest, bytes)) = self.order.pop_front() else {
                return;
            };
            self.bytes -= bytes;
            if self.order.iter().all(|(id, _)| *id != oldest) {
                self.known.remove(&oldest);
            }
        }
    }
}
