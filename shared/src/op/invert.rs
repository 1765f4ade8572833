//! The ops that undo an op.
//!
//! Computed from the board before the op. They are sent as a new commit with
//! `Guard::MineOnly`, so what others did since stays.

use crate::model::Board;

use super::Op;

/// The ops that undo `op` when it is applied to `before`, to be run in reverse
/// order. Empty where there is nothing to undo.
///
/// Extending a stroke has no inverse of its own: undoing the put that began the
/// stroke takes all of it away.
#[must_use]
pub fn invert(op: &Op, before: &Board) -> Vec<Op> {
    match op {
        Op::Put(new) => vec![Op::Delete { ids: vec![new.id] }],
        Op::Extend { .. } => Vec::new(),
        Op::Set { id, prop } => before
            .get(*id)
            .map(|element| Op::Set {
                id: *id,
                prop: element.props.get(prop.key()),
            })
            .into_iter()
            .collect(),
        Op::Delete { ids } => ids
            .iter()
            .filter_map(|id| before.get(*id))
            .map(|element| Op::Restore(Box::new(element.to_new())))
            .collect(),
        Op::Restore(new) => vec![Op::Delete { ids: vec![new.id] }],
    }
}
