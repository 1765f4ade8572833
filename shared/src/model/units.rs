//! Units: groups and elements that are in no group. A unit is moved as one.

use std::collections::{BTreeMap, BTreeSet};

use super::affected::extent;
use super::board::Board;
use crate::geometry::BoardRect;
use crate::id::{ElementId, GroupId};

/// Elements that are moved as one: a group, or a single element.
pub type Unit = BTreeSet<ElementId>;

/// The units among elements, by id. Groups outside of `within`, the open one, do not count.
#[must_use]
pub fn units(board: &Board, ids: &BTreeSet<ElementId>, within: Option<GroupId>) -> Vec<Unit> {
    let mut members: BTreeMap<GroupId, Unit> = BTreeMap::new();
    for id in ids {
        for group in groups_of(board, *id) {
            members.entry(group).or_default().insert(*id);
        }
    }
    let mut counted = Unit::new();
    let mut units = Vec::new();
    for id in ids {
        if counted.contains(id) {
            continue;
        }
        let group = group_below(&groups_of(board, *id), within);
        let unit = group.and_then(|group| members.get(&group).cloned());
        let unit = unit.unwrap_or_else(|| [*id].into());
        counted.extend(unit.iter().copied());
        units.push(unit);
    }
    units
}

/// The units with their boxes, without lines that are bound to elements in `ids`: they follow those
/// elements.
#[must_use]
pub fn movable(
    board: &Board,
    units: Vec<Unit>,
    ids: &BTreeSet<ElementId>,
) -> Vec<(Unit, BoardRect)> {
    let follows = |id: &ElementId| {
        board.get(*id).is_some_and(|line| {
            let ends = [line.props.start(), line.props.end()];
            let mut held = ends.into_iter().flatten();
            held.any(|anchor| ids.contains(&anchor.to))
        })
    };
    let free = units.into_iter().filter(|unit| !unit.iter().all(follows));
    free.filter_map(|unit| Some((extent(board, &unit)?, unit)))
        .map(|(rect, unit)| (unit, rect))
        .collect()
}

/// The group that counts as one thing: the outermost, or within an opened one the
/// next further in. Groups stand from the innermost out.
#[must_use]
pub fn group_below(groups: &[GroupId], within: Option<GroupId>) -> Option<GroupId> {
    match within.and_then(|open| groups.iter().position(|group| *group == open)) {
        Some(level) => groups.get(level.checked_sub(1)?).copied(),
        None => groups.last().copied(),
    }
}

/// All members of a group.
#[must_use]
pub fn members(board: &Board, group: GroupId) -> BTreeSet<ElementId> {
    board
        .elements()
        // Most elements have nothing but the properties that all have.
        .filter(|element| !element.props.more.is_empty())
        .filter(|element| element.props.groups().contains(&group))
        .map(|element| element.id)
        .collect()
}

/// The groups of an element, the innermost first.
#[must_use]
pub fn groups_of(board: &Board, id: ElementId) -> Vec<GroupId> {
    board
        .get(id)
        .map(|element| element.props.groups())
        .unwrap_or_default()
}
