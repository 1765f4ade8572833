//! Finds out which elements of the shown board a step changed.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::id::ElementId;
use crate::model::{Board, Element, ElementState};
use crate::op::Rollback;

use super::Change;

/// Remembers how the elements that a step touches were shown before it.
#[derive(Debug, Default)]
pub(super) struct ChangeTracker {
    before: BTreeMap<ElementId, ElementState>,
}

impl ChangeTracker {
    /// Remembers how the elements that a commit touched are shown at this moment.
    pub(super) fn remember_shown(&mut self, shown: &Board, undo: &Rollback) {
        for id in undo.touched() {
            self.before.entry(id).or_insert_with(|| shown.state(id));
        }
    }

    /// Remembers the elements that a commit has just overwritten, if they are not known yet.
    pub(super) fn remember_overwritten(&mut self, undo: &Rollback) {
        for (id, slot) in undo.before() {
            self.before.entry(id).or_insert_with(|| slot.clone());
        }
    }

    /// Adds the elements of a later step, if they are not known yet.
    pub(super) fn merge(&mut self, later: Self) {
        for (id, slot) in later.before {
            self.before.entry(id).or_insert(slot);
        }
    }

    /// The elements that are shown differently now.
    pub(super) fn changes(self, shown: &Board) -> Vec<Change> {
        let changes = self.before.into_iter().map(|(id, before)| Change {
            id,
            before: live(before),
            after: live(shown.state(id)),
        });
        changes
            .filter(|change| change.before != change.after)
            .collect()
    }
}

/// The elements that differ between two boards. Elements that both boards share are not compared.
pub(super) fn differences(before: &Board, after: &Board) -> Vec<Change> {
    let gone = before.elements().filter(|it| after.get(it.id).is_none());
    let gone = gone.map(|element| Change {
        id: element.id,
        before: Some(Arc::clone(element)),
        after: None,
    });
    let new = after.elements().map(|element| Change {
        id: element.id,
        before: before.get(element.id).map(Arc::clone),
        after: Some(Arc::clone(element)),
    });
    let is_other = |change: &Change| match (&change.before, &change.after) {
        (Some(before), Some(after)) => !Arc::ptr_eq(before, after) && before != after,
        (before, after) => before.is_some() || after.is_some(),
    };
    gone.chain(new).filter(is_other).collect()
}

/// The element of a state, if it is on the board.
pub(super) fn live(slot: ElementState) -> Option<Arc<Element>> {
    match slot {
        ElementState::Present(element) => Some(element),
        ElementState::Absent | ElementState::Deleted(_) => None,
    }
}
