//! Taking elements off the board, and what follows for what held on to them.
//!
//! Lines that held on to what goes stay where they are seen. Knows the board; it
//! must not know who removes what.

use shared::id::ElementId;
use shared::model::Board;
use shared::op::Op;
use shared::sorted::{SortedMap, SortedSet};

use super::line::edit;

/// The ops that delete these elements, as far as they are still there.
pub(crate) fn ops(board: &Board, gone: &SortedSet<ElementId>) -> Vec<Op> {
    let there = gone.iter().filter(|id| board.get(**id).is_some());
    // Measured before anything goes, so they come first.
    let mut left: SortedMap<ElementId, Vec<Op>> = SortedMap::new();
    for line in there.clone().flat_map(|id| board.followers(*id)) {
        if !gone.contains(&line.id) {
            left.put_new(line.id, || {
                let set = |prop| Op::Set { id: line.id, prop };
                let props = edit::let_go(board, line, &|to| gone.contains(&to));
                props.into_iter().map(set).collect()
            });
        }
    }
    let deletes = there.map(|id| Op::Delete { ids: vec![*id] });
    left.into_values().flatten().chain(deletes).collect()
}
