//! Protected elements: only owners change them.

use crate::id::ElementId;
use crate::model::{Board, Prop};

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
}
