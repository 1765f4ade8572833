//! The rules of a full board, which takes only commits after which it is not larger.
//!
//! A board has three limits: the number of its elements, the bytes that the store counts, and the
//! bytes of its snapshot. At each of them elements can be deleted, so no board is full for good.

use std::collections::{BTreeMap, BTreeSet};

use crate::id::{ClientId, ElementId};
use crate::limits::MAX_ELEMENTS;
use crate::model::Board;
use crate::op::{Commit, Guard, Op};
use crate::protocol::encode;

use super::super::confirmed_state::decode_commit;
use super::Room;

/// Bytes by which a commit may let a full board grow for each element that it deletes. To delete an
/// element also sets properties of the lines that were bound to it. All elements of the largest board
/// have less than the snapshot may grow after it is full.
const GROWTH_PER_DELETION: usize = 512;
/// Bytes that a board keeps of a property beside its value: who wrote it.
const WRITER_BYTES: usize = 24;

impl Room {
    /// Whether the history may keep the id of a commit's author, which it does for good. A full board
    /// takes a new author only with a commit that deletes an element, which makes room for the id. It
    /// takes one such commit at a time, because two could delete the same element. A new author must
    /// be able to delete: those who filled the board may never come back.
    pub(super) fn has_room_for_author(&self, author: ClientId, commit: &Commit) -> bool {
        let is_known =
            self.history.last_cno(author) > 0 || self.pipeline.last_waiting(author).is_some();
        if is_known || !self.compaction.is_full() {
            return true;
        }
        self.is_flushed()
            && commit.guard == Guard::Any
            && !deleted(self.history.board(), commit).is_empty()
            && !lets_grow(self.history.board(), commit)
    }

    /// Whether the board has room for a commit, as far as the room can tell.
    pub(super) fn has_room_for(&self, commit: &Commit) -> bool {
        self.has_room_for_elements(commit)
            && (!self.compaction.is_full() || !self.lets_grow_after_waiting(commit))
    }

    /// Whether there is room for a commit only after all commits that wait now, and not if it
    /// overtakes some of them.
    pub(super) fn must_not_overtake(&self, commit: &Commit) -> bool {
        self.compaction.is_full()
            || self.compaction.is_store_full()
            || !self.has_much_room_for_elements(commit)
    }

    /// Whether the board has room for the elements of a commit and of those that wait, in any order.
    fn has_much_room_for_elements(&self, commit: &Commit) -> bool {
        let (puts, to_come) = (commit.puts(), self.pipeline.puts_to_come());
        puts == 0 || self.history.board().len() + puts + to_come <= MAX_ELEMENTS
    }

    /// Whether the board has room for the elements of a commit after those that wait.
    fn has_room_for_elements(&self, commit: &Commit) -> bool {
        if self.has_much_room_for_elements(commit) {
            return true;
        }
        let mut elements = ElementCount::new(self.history.board());
        for waiting in self.pipeline.commits_to_come() {
            elements.apply(&decode_commit(waiting).commit);
        }
        elements.apply(commit)
    }

    /// Whether a commit may let the board grow after those that wait, which may delete the same
    /// elements.
    fn lets_grow_after_waiting(&self, commit: &Commit) -> bool {
        let Some(growth) = growth_of(commit) else {
            return true;
        };
        let mut deleted = deleted(self.history.board(), commit);
        if growth > 0 {
            for waiting in self.pipeline.commits_to_come() {
                for id in deleted_ids(&decode_commit(waiting).commit) {
                    deleted.remove(id);
                }
            }
        }
        growth > deleted.len() * GROWTH_PER_DELETION
    }
}

/// Whether a board may be larger after a commit. A tombstone is smaller than any element.
pub(super) fn lets_grow(board: &Board, commit: &Commit) -> bool {
    growth_of(commit).is_none_or(|growth| {
        growth > 0 && growth > deleted(board, commit).len() * GROWTH_PER_DELETION
    })
}

/// Bytes by which the ops of a commit that delete nothing let a board grow at most; `None` if that
/// may be many.
fn growth_of(commit: &Commit) -> Option<usize> {
    commit.ops.iter().map(growth).sum()
}

/// The elements of a board that a commit deletes.
fn deleted(board: &Board, commit: &Commit) -> BTreeSet<ElementId> {
    let ids = deleted_ids(commit).copied();
    ids.filter(|id| board.get(*id).is_some()).collect()
}

/// Counts the elements of a board while commits are applied to it.
struct ElementCount<'board> {
    board: &'board Board,
    count: usize,
    /// Whether an element is there, if a commit changed that.
    changed: BTreeMap<ElementId, bool>,
}

impl<'board> ElementCount<'board> {
    fn new(board: &'board Board) -> Self {
        Self {
            board,
            count: board.len(),
            changed: BTreeMap::new(),
        }
    }

    /// Applies the ops of a commit in order. Whether there was room for all its elements; those
    /// without room are left out, as on the board itself.
    fn apply(&mut self, commit: &Commit) -> bool {
        let mut has_room = true;
        for op in &commit.ops {
            match op {
                Op::Put(new) | Op::Restore(new) if !self.is_there(new.id) => {
                    if self.count < MAX_ELEMENTS {
                        self.changed.insert(new.id, true);
                        self.count += 1;
                    } else {
                        has_room = false;
                    }
                }
                Op::Delete { ids } => ids.iter().for_each(|id| self.delete(*id)),
                Op::Put(_)
                | Op::Extend { .. }
                | Op::Set { .. }
                | Op::Restore(_)
                | Op::Text { .. }
                | Op::Erase { .. }
                | Op::Unerase { .. }
                | Op::Chat(_) => {}
            }
        }
        has_room
    }

    fn delete(&mut self, id: ElementId) {
        if self.is_there(id) {
            self.changed.insert(id, false);
            self.count -= 1;
        }
    }

    fn is_there(&self, id: ElementId) -> bool {
        let changed = self.changed.get(&id).copied();
        changed.unwrap_or_else(|| self.board.get(id).is_some())
    }
}

/// Bytes by which an op lets a board grow at most; `None` if that may be many.
fn growth(op: &Op) -> Option<usize> {
    match op {
        Op::Delete { .. } | Op::Unerase { .. } => Some(0),
        Op::Set { prop, .. } => Some(encode(prop).ok()?.len() + WRITER_BYTES),
        Op::Put(_)
        | Op::Extend { .. }
        | Op::Restore(_)
        | Op::Text { .. }
        | Op::Erase { .. }
        | Op::Chat(_) => None,
    }
}

/// The ids that a commit deletes.
fn deleted_ids(commit: &Commit) -> impl Iterator<Item = &ElementId> {
    commit.ops.iter().flat_map(Op::deleted_ids)
}
