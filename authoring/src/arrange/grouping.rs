//! Makes and dissolves groups.

use std::collections::BTreeSet;

use shared::id::{ElementId, GroupId};
use shared::limits::MAX_GROUPS;
use shared::model::units::{groups_of, members, units};
use shared::model::{Board, Prop};
use shared::op::Op;

use crate::author::Author;
use crate::error::WorkError;
use crate::names::Names;

/// The ops that make a group of all elements, around the groups that they have.
pub(super) fn grouped(
    board: &Board,
    order: &[ElementId],
    author: &Author<'_>,
) -> Result<Vec<Op>, WorkError> {
    let ids = order.iter().copied().collect();
    if units(board, &ids, None).len() < 2 {
        let reason = "a group has at least two elements that are not in one group already";
        return Err(WorkError::invalid("ids", reason));
    }
    let group = Names::new(board, author.seed).new_group();
    let mut ops = Vec::with_capacity(order.len());
    for (number, id) in order.iter().enumerate() {
        let mut groups = groups_of(board, *id);
        if groups.len() >= MAX_GROUPS {
            let reason = "groups cannot be nested any deeper";
            return Err(WorkError::invalid(format!("ids[{number}]"), reason));
        }
        groups.push(group);
        ops.push(set_groups(*id, groups));
    }
    Ok(ops)
}

/// The ops that dissolve the outermost groups of elements. Locked members stay in them.
pub(super) fn ungrouped(board: &Board, order: &[ElementId]) -> Vec<Op> {
    let outermost = order.iter().filter_map(|id| groups_of(board, *id).pop());
    let outermost: BTreeSet<GroupId> = outermost.collect();
    let all: BTreeSet<ElementId> = outermost
        .iter()
        .flat_map(|group| members(board, *group))
        .collect();
    let free = all.into_iter().filter(|id| {
        let element = board.get(*id);
        element.is_some_and(|element| !element.props.locked())
    });
    let ops = free.map(|id| {
        let mut groups = groups_of(board, id);
        groups.retain(|group| !outermost.contains(group));
        set_groups(id, groups)
    });
    ops.collect()
}

fn set_groups(id: ElementId, groups: Vec<GroupId>) -> Op {
    let prop = Prop::Groups(groups);
    Op::Set { id, prop }
}
