//! How far the history is durable: safe from power loss.

use crate::id::{Position, Seq};

use super::effect::Durability;

/// How far the history is durable, and whether the store is being asked.
#[derive(Debug, Default)]
pub(super) struct DurableMark {
    seq: Seq,
    is_waiting: bool,
}

impl DurableMark {
    /// The last durable commit.
    pub(super) const fn seq(&self) -> Seq {
        self.seq
    }

    /// Begins again after a change of epoch: nothing of the new history is known to be durable.
    pub(super) const fn reset(&mut self) {
        self.seq = 0;
    }

    /// Whether to ask the store now about a position; if so, an answer must follow.
    pub(super) const fn start_waiting(&mut self, at: Position) -> bool {
        let starts = self.seq < at.seq && !self.is_waiting;
        self.is_waiting |= starts;
        starts
    }

    /// Notes the answer about a position; `at` is where the history stands now. Tells whether
    /// to ask again.
    pub(super) fn answered(&mut self, asked: Position, answer: Durability, at: Position) -> bool {
        self.is_waiting = false;
        match answer {
            Durability::Confirmed if asked.epoch == at.epoch => {
                self.seq = self.seq.max(asked.seq);
                true
            }
            Durability::Confirmed | Durability::Unknown => true,
            Durability::Unsupported => false,
        }
    }
}
