//! Deletes elements of a board.

use std::collections::BTreeSet;

use shared::id::ElementId;
use shared::model::Board;
use shared::op::{Op, removal};
use shared::protocol::Role;

use crate::error::WorkError;
use crate::names::Names;

/// The elements that a list names, if the role may delete all of them.
pub(crate) fn ids(
    list: &[String],
    board: &Board,
    names: &Names<'_>,
    role: Role,
) -> Result<BTreeSet<ElementId>, WorkError> {
    let mut gone = BTreeSet::new();
    for (number, name) in list.iter().enumerate() {
        let path = format!("delete[{number}]");
        let id = names.on_board(name, &path)?;
        let element = board.get(id);
        if element.is_some_and(|it| it.props.protected()) && role != Role::Owner {
            let id = name.clone();
            return Err(WorkError::Protected { path, id });
        }
        if element.is_some_and(|it| it.props.locked()) {
            let id = name.clone();
            return Err(WorkError::Locked { path, id });
        }
        gone.insert(id);
    }
    Ok(gone)
}

/// The ops that delete elements. Lines that were bound to them keep their ends where they are shown.
pub(crate) fn ops(board: &Board, gone: &BTreeSet<ElementId>) -> Vec<Op> {
    if gone.is_empty() {
        return Vec::new();
    }
    let all = removal::ops(board, gone).into_iter();
    let mut ops: Vec<Op> = all.filter(|op| op.deleted_ids().is_empty()).collect();
    let ids = gone.iter().copied().collect();
    ops.push(Op::Delete { ids });
    ops
}
