//! Deleting elements. Lines that were bound to them keep their ends where they are shown.

use std::collections::{BTreeMap, BTreeSet};

use super::Op;
use crate::id::ElementId;
use crate::model::{Board, line_points};

/// The ops that delete these elements, as far as they are still there.
#[must_use]
pub fn ops(board: &Board, gone: &BTreeSet<ElementId>) -> Vec<Op> {
    // They are measured while everything is there, so they come first.
    let mut left: BTreeMap<ElementId, Vec<Op>> = BTreeMap::new();
    let mut deletes = Vec::new();
    for id in gone.iter().copied() {
        if board.get(id).is_none() {
            continue;
        }
        deletes.push(Op::Delete { ids: vec![id] });
        for line in board.dependents(id) {
            if !gone.contains(&line.id) && !line.props.protected() {
                left.entry(line.id).or_insert_with(|| {
                    let set = |prop| Op::Set { id: line.id, prop };
                    let props = line_points::unbind_props(board, line, &|to| gone.contains(&to));
                    props.into_iter().map(set).collect()
                });
            }
        }
    }
    let mut ops = Vec::new();
    for mut sets in left.into_values() {
        ops.append(&mut sets);
    }
    ops.append(&mut deletes);
    ops
}
