//! The rules of a full board, which takes only commits after which it is not larger.

use crate::id::ClientId;
use crate::op::{Commit, Guard, Op};
use crate::protocol::{Refusal, StoredCommit};

use super::super::log::ALWAYS_FITS_BYTES;
use super::Room;

impl Room {
    /// Whether the history may keep the id of a commit's author, which it does for good. A full board
    /// takes a new author only with a commit that deletes an element, which makes room for the id. It
    /// takes one such commit at a time, because two could delete the same element. A new author must
    /// be able to delete: those who filled the board may never come back.
    pub(super) fn has_room_for_author(
        &self,
        author: ClientId,
        commit: &Commit,
        form: &Result<StoredCommit, Refusal>,
    ) -> bool {
        let is_known =
            self.history.last_cno(author) > 0 || self.pipeline.last_waiting(author).is_some();
        if is_known || !self.compaction.is_full() {
            return true;
        }
        let is_stored = |stored: &StoredCommit| stored.payload.len() <= ALWAYS_FITS_BYTES;
        self.pipeline.is_empty()
            && commit.guard == Guard::Any
            && commit.ops.iter().any(|op| self.deletes_element(op))
            && form.as_ref().is_ok_and(is_stored)
    }

    fn deletes_element(&self, op: &Op) -> bool {
        let board = self.history.board();
        matches!(op, Op::Delete { ids } if ids.iter().any(|id| board.get(*id).is_some()))
    }
}

/// Whether a board may need more bytes after an op. A tombstone is smaller than any element.
pub(super) const fn may_grow(op: &Op) -> bool {
    match op {
        Op::Delete { .. } | Op::Unerase { .. } => false,
        Op::Put(_)
        | Op::Extend { .. }
        | Op::Set { .. }
        | Op::Restore(_)
        | Op::Text { .. }
        | Op::Erase { .. } => true,
    }
}
