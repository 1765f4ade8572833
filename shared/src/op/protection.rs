//! Protected elements: only owners change them, and clients of version 4 know nothing of it.

use crate::id::ElementId;
use crate::model::board::Tombstone;
use crate::model::{Board, Element, Prop, PropKey};

use super::{Commit, Op};

impl Commit {
    /// Whether it changes an element that owners protect, or protects one.
    #[must_use]
    pub fn needs_owner(&self, board: &Board) -> bool {
        let is_protected = |id: &ElementId| {
            let element = board.get(*id);
            element.is_some_and(|element| element.props.protected())
        };
        self.ops.iter().any(|op| match op {
            Op::Set {
                prop: Prop::Protected(_),
                ..
            } => true,
            Op::Set { id, .. }
            | Op::Extend { id, .. }
            | Op::Text { id, .. }
            | Op::Erase { id, .. }
            | Op::Unerase { id, .. } => is_protected(id),
            Op::Delete { ids } => ids.iter().any(is_protected),
            // They do nothing to an element that is on the board.
            Op::Put(_) | Op::Restore(_) => false,
            Op::Chat(_) => false,
        })
    }

    /// The commit as clients of version 4 know it; `None` if they know all of it.
    #[must_use]
    pub fn without_protection(&self) -> Option<Self> {
        if !self.ops.iter().any(names_protection) {
            return None;
        }
        let mut commit = self.clone();
        commit.ops.retain(|op| {
            !matches!(
                op,
                Op::Set {
                    prop: Prop::Protected(_),
                    ..
                }
            )
        });
        for op in &mut commit.ops {
            if let Op::Put(new) | Op::Restore(new) = op {
                new.props.set(Prop::Protected(false));
            }
        }
        Some(commit)
    }
}

fn names_protection(op: &Op) -> bool {
    match op {
        Op::Set { prop, .. } => prop.key() == PropKey::Protected,
        Op::Put(new) | Op::Restore(new) => new.props.protected(),
        Op::Extend { .. }
        | Op::Delete { .. }
        | Op::Text { .. }
        | Op::Erase { .. }
        | Op::Unerase { .. }
        | Op::Chat(_) => false,
    }
}

impl Element {
    /// The element as clients of version 4 know it; `None` if they know all of it.
    #[must_use]
    pub fn without_protection(&self) -> Option<Self> {
        let is_known = !self.props.protected() && !self.writers.contains_key(&PropKey::Protected);
        if is_known {
            return None;
        }
        let mut element = self.clone();
        element.props.set(Prop::Protected(false));
        element.writers.remove(&PropKey::Protected);
        Some(element)
    }
}

impl Tombstone {
    /// The tombstone as clients of version 4 know it; `None` if they know all of it.
    #[must_use]
    pub fn without_protection(&self) -> Option<Self> {
        if !self.writers.contains_key(&PropKey::Protected) {
            return None;
        }
        let mut tombstone = self.clone();
        tombstone.writers.remove(&PropKey::Protected);
        Some(tombstone)
    }
}
