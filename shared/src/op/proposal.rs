//! Proposals: elements that a program wants to add. They are on the board like all others, so all people
//! see them and can adjust them, and are shown as not yet accepted. Accepting one removes the property
//! from its elements; discarding it deletes them.

use crate::id::ElementId;
use crate::model::{Board, Prop};

use super::{Commit, Op};

impl Commit {
    /// Whether it only makes proposals, or changes elements that are proposed.
    #[must_use]
    pub fn only_proposes(&self, board: &Board) -> bool {
        let is_proposed = |id: &ElementId| {
            let element = board.get(*id);
            let here = element.is_some_and(|element| element.props.proposal().is_some());
            here || self.proposes(*id)
        };
        self.ops.iter().all(|op| match op {
            Op::Put(new) | Op::Restore(new) => new.props.proposal().is_some(),
            Op::Set {
                prop: Prop::Proposal(None),
                ..
            } => false,
            Op::Set { id, .. }
            | Op::Extend { id, .. }
            | Op::Text { id, .. }
            | Op::Erase { id, .. }
            | Op::Unerase { id, .. } => is_proposed(id),
            Op::Delete { ids } => ids.iter().all(is_proposed),
            Op::Chat(_) => true,
        })
    }

    fn proposes(&self, id: ElementId) -> bool {
        self.ops.iter().any(|op| match op {
            Op::Put(new) => new.id == id && new.props.proposal().is_some(),
            _ => false,
        })
    }
}
