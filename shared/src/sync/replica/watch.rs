//! What a change of the log changes on the shown board.
//!
//! Knows slots of boards; it must not know where commits come from or wait.

use std::sync::Arc;

use crate::id::ElementId;
use crate::model::{Board, Element, Slot};
use crate::op::Undo;
use std::collections::BTreeMap;

use super::Change;

/// Remembers how touched elements were shown before, to tell what changed.
#[derive(Debug, Default)]
pub(super) struct Watch {
    before: BTreeMap<ElementId, Slot>,
}

impl Watch {
    /// Notes how the elements that a commit touched are shown at this moment.
    pub(super) fn look(&mut self, shown: &Board, undo: &Undo) {
        for id in undo.touched() {
            self.before.entry(id).or_insert_with(|| shown.slot(id));
        }
    }

    /// Notes what a commit just overwrote, for elements not yet looked at.
    pub(super) fn note(&mut self, undo: &Undo) {
        for (id, slot) in undo.before() {
            self.before.entry(id).or_insert_with(|| slot.clone());
        }
    }

    /// Takes over what another looked at later.
    pub(super) fn merge(&mut self, other: Self) {
        for (id, slot) in other.before {
            self.before.entry(id).or_insert(slot);
        }
    }

    /// What is shown otherwise now.
    pub(super) fn changes(self, shown: &Board) -> Vec<Change> {
        let changes = self.before.into_iter().map(|(id, before)| Change {
            id,
            before: live(before),
            after: live(shown.slot(id)),
        });
        changes
            .filter(|change| change.before != change.after)
            .collect()
    }
}

fn live(slot: Slot) -> Option<Arc<Element>> {
    match slot {
        Slot::Live(element) => Some(element),
        Slot::Vacant | Slot::Dead(_) => None,
    }
}
