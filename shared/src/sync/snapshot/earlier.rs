//! A snapshot in the words of version 4.

use std::sync::Arc;

use crate::id::ElementId;
use crate::model::ElementState;

use super::Snapshot;

impl Snapshot {
    /// The snapshot as clients of version 4 know it; `None` if they know all of it. The conversation,
    /// which they do not know, is no part of its sections.
    pub(super) fn without_protection(&self) -> Option<Self> {
        let elements = self.board.elements().filter_map(|element| {
            let earlier = element.without_protection()?;
            Some((element.id, ElementState::Present(Arc::new(earlier))))
        });
        let tombstones = self.board.tombstones().filter_map(|(id, tombstone)| {
            let earlier = tombstone.without_protection()?;
            Some((id, ElementState::Deleted(earlier)))
        });
        let changed: Vec<(ElementId, ElementState)> = elements.chain(tombstones).collect();
        if changed.is_empty() {
            return None;
        }
        let mut earlier = self.clone();
        for (id, state) in changed {
            earlier.board.set_state(id, state);
        }
        Some(earlier)
    }
}
