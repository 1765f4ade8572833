//! Groups, and locks.
//!
//! Knows what is selected and the groups it is in. It must not know pointers.

use shared::id::{ElementId, GroupId};
use shared::limits::MAX_GROUPS;
use shared::model::{Board, Groups, Prop};
use shared::op::Op;
use std::collections::{BTreeMap, BTreeSet};

use super::Editor;
use super::route::World;
use crate::document::selection;
use crate::output::{Effect, UiCommand};
use crate::tools::Entry;

/// Elements that are moved as one: a group, or a single element.
pub(super) type Unit = BTreeSet<ElementId>;

impl Editor {
    /// What is selected and may be changed, a group counting as one.
    pub(super) fn units(&self, board: &Board) -> Vec<Unit> {
        let mut members: BTreeMap<GroupId, Unit> = BTreeMap::new();
        for element in self.free(board) {
            for group in element.props.groups().iter() {
                members.entry(*group).or_default().insert(element.id);
            }
        }
        let mut counted = Unit::new();
        let mut units = Vec::new();
        for element in self.free(board) {
            if counted.contains(&element.id) {
                continue;
            }
            let group = selection::whole(board, element.id, self.selection.within);
            let unit = group.and_then(|group| members.get(&group).cloned());
            let unit = unit.unwrap_or_else(|| [element.id].into());
            counted.extend(unit.iter().copied());
            units.push(unit);
        }
        units
    }

    /// Makes a group of what is selected, inside of the group that is opened.
    pub(super) fn group(&mut self, world: &mut World<'_>) {
        if self.units(world.board).len() < 2 {
            return;
        }
        let group = GroupId::from_bytes(*(world.ids)().as_bytes());
        let within = self.selection.within;
        let mut ops = Vec::new();
        for element in self.free(world.board) {
            let mut groups = element.props.groups();
            if groups.len() >= MAX_GROUPS {
                let full = UiCommand::Say("Groups cannot be nested any deeper.");
                world.effects.push(Effect::Ui(full));
                return;
            }
            let level = level(&groups, within);
            groups.insert(level, group);
            ops.push(set(element.id, Prop::Groups(groups)));
        }
        self.submit(ops, Entry::New, world);
    }

    /// Dissolves the groups that are selected as a whole.
    pub(super) fn ungroup(&mut self, world: &mut World<'_>) {
        let within = self.selection.within;
        let ops = self.free(world.board).filter_map(|element| {
            let mut groups = element.props.groups();
            let outermost = level(&groups, within).checked_sub(1)?;
            groups.remove(outermost);
            Some(set(element.id, Prop::Groups(groups)))
        });
        let ops = ops.collect();
        self.submit(ops, Entry::New, world);
    }

    /// Locks what is selected; unlocks it if all of it is locked.
    pub(super) fn toggle_lock(&mut self, world: &mut World<'_>) {
        let selected = self.selection.ids.iter();
        let selected: Vec<_> = selected.filter_map(|id| world.board.get(*id)).collect();
        let lock = selected.iter().any(|element| !element.props.locked());
        let ops = selected
            .into_iter()
            .filter(|element| element.props.locked() != lock)
            .map(|element| set(element.id, Prop::Locked(lock)))
            .collect();
        self.submit(ops, Entry::New, world);
    }

    /// Unlocks everything.
    pub(super) fn unlock_all(&mut self, world: &mut World<'_>) {
        let locked = world.board.elements();
        let ops = locked
            .filter(|element| element.props.locked())
            .map(|element| set(element.id, Prop::Locked(false)))
            .collect();
        self.submit(ops, Entry::New, world);
    }
}

/// How many of an element's groups lie inside the opened one; all if none is opened.
fn level(groups: &Groups, within: Option<GroupId>) -> usize {
    within
        .and_then(|within| groups.iter().position(|group| *group == within))
        .unwrap_or(groups.len())
}

pub(super) const fn set(id: ElementId, prop: Prop) -> Op {
    Op::Set { id, prop }
}
