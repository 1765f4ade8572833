//! The state that a commit overwrote, so that it can be rolled back.
//!
//! A client rolls back its pending commits when a commit of another client arrives, applies that
//! one, and applies its own again.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::id::ElementId;
use crate::model::{Board, Element, ElementState};

/// The state that a commit overwrote. It suffices to roll the commit back exactly. The default
/// value rolls back nothing.
///
/// Each element is recorded once, as it was before the whole commit, however often the commit
/// changes it: a thousand edits of one long text cost one copy of it.
#[derive(Clone, Debug, Default)]
pub struct Rollback {
    before: BTreeMap<ElementId, ElementState>,
    deletions: Option<u64>,
}

impl Rollback {
    /// Starts to record a commit on this board.
    pub(super) fn begin(board: &Board) -> Self {
        Self {
            before: BTreeMap::new(),
            deletions: Some(board.deletions()),
        }
    }

    /// The ids of the elements that the commit wrote, each once. An element may be equal to what it
    /// was before, if a change was reversed within the commit or an edit had no effect.
    pub fn touched(&self) -> impl Iterator<Item = ElementId> + '_ {
        self.before.keys().copied()
    }

    /// The same ids with the states before the commit.
    pub fn before(&self) -> impl Iterator<Item = (ElementId, &ElementState)> {
        self.before.iter().map(|(id, state)| (*id, state))
    }

    /// Restores the state before the commit. All commits applied since must have been rolled back
    /// first.
    pub fn roll_back(self, board: &mut Board) {
        // The order does not matter, because no two tombstones have the same number.
        for (id, state) in self.before {
            board.set_state(id, state);
        }
        if let Some(deletions) = self.deletions {
            board.set_deletions(deletions);
        }
    }

    /// Sets the state of an id and records the state before.
    pub(crate) fn write(&mut self, board: &mut Board, id: ElementId, state: ElementState) {
        let before = board.set_state(id, state);
        self.before.entry(id).or_insert(before);
    }

    /// Changes an element; does nothing if it is not on the board. A commit copies the element only
    /// the first time that it changes it.
    pub(super) fn change(
        &mut self,
        board: &mut Board,
        id: ElementId,
        change: &mut dyn FnMut(&mut Element),
    ) {
        let Some(mut element) = board.get(id).map(Arc::clone) else {
            return;
        };
        // While it changes, the element is off the board and only its first state is recorded. So
        // no other owner holds a reference, and later changes happen in place.
        let before = board.set_state(id, ElementState::Absent);
        self.before.entry(id).or_insert(before);
        change(Arc::make_mut(&mut element));
        board.set_state(id, ElementState::Present(element));
    }
}
