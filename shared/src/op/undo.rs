//! What a commit overwrote, so that it can be taken back.
//!
//! Knows slots of the board; it must not know ops.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::id::ElementId;
use crate::model::{Board, Element, Slot};

/// What a commit overwrote: enough to take it back exactly. The default takes
/// back nothing.
///
/// Of each element only what was there before the whole commit is kept, however
/// often the commit wrote it: a thousand edits of one long text cost one copy of it.
#[derive(Clone, Debug, Default)]
pub struct Undo {
    before: BTreeMap<ElementId, Slot>,
    deletions: Option<u64>,
}

impl Undo {
    /// Of a commit that begins on this board.
    pub(super) fn begin(board: &Board) -> Self {
        Self {
            before: BTreeMap::new(),
            deletions: Some(board.deletions()),
        }
    }

    /// The elements that were written, by id, each once. One of them may be as it was
    /// before: what was changed and changed back, and what an edit did nothing to.
    pub fn touched(&self) -> impl Iterator<Item = ElementId> + '_ {
        self.before.keys().copied()
    }

    /// The same elements with what was there before the commit.
    pub fn before(&self) -> impl Iterator<Item = (ElementId, &Slot)> {
        self.before.iter().map(|(id, slot)| (*id, slot))
    }

    /// Puts the board back to the state before. Only right if everything
    /// applied since was taken back first.
    pub fn take_back(self, board: &mut Board) {
        // In any order: no two slots before the commit had one grave.
        for (id, slot) in self.before {
            board.put_slot(id, slot);
        }
        if let Some(deletions) = self.deletions {
            board.set_deletions(deletions);
        }
    }

    /// Writes a slot.
    pub(super) fn write(&mut self, board: &mut Board, id: ElementId, slot: Slot) {
        let before = board.put_slot(id, slot);
        self.before.entry(id).or_insert(before);
    }

    /// Changes an element that is on the board; nothing happens to one that is not.
    /// It is copied only the first time that this commit changes it.
    pub(super) fn change(
        &mut self,
        board: &mut Board,
        id: ElementId,
        change: &mut dyn FnMut(&mut Element),
    ) {
        let Some(mut element) = board.get(id).map(Arc::clone) else {
            return;
        };
        // Off the board while it changes, and kept the first time only: then nobody else
        // holds it, and it is changed in place.
        let before = board.put_slot(id, Slot::Vacant);
        self.before.entry(id).or_insert(before);
        change(Arc::make_mut(&mut element));
        board.put_slot(id, Slot::Live(element));
    }
}
