//! A snapshot in the words of version 5.

use std::sync::Arc;

use crate::id::ElementId;
use crate::model::ElementState;

use super::Snapshot;

impl Snapshot {
    /// The snapshot as clients of version 5 know it; `None` if they know all of it.
    pub(super) fn for_version_5(&self) -> Option<Self> {
        let elements = self.board.elements().filter_map(|element| {
            let earlier = element.for_version_5()?;
            Some((element.id, ElementState::Present(Arc::new(earlier))))
        });
        let tombstones = self.board.tombstones().filter_map(|(id, tombstone)| {
            let earlier = tombstone.for_version_5()?;
            Some((id, ElementState::Deleted(earlier)))
        });
        let changed: Vec<(ElementId, ElementState)> = elements.chain(tombstones).collect();
        let chat = self.chat.for_version_5();
        if changed.is_empty() && chat.is_none() {
            return None;
        }
        let mut earlier = self.clone();
        if let Some(chat) = chat {
            earlier.chat = chat;
        }
        for (id, state) in changed {
            earlier.board.set_state(id, state);
        }
        Some(earlier)
    }
}
