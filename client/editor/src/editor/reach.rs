//! Reaching elements by keys: all of them, one after another, and into them.
//!
//! Knows reading order and the tools. It must not know keys by name.

use crate::tool_kind::ToolKind;
use shared::geometry::BoardRect;
use shared::id::{ElementId, GroupId};
use shared::model::Board;
use std::collections::BTreeSet;

use super::group::Unit;
use super::route::World;
use super::writing::takes_words;
use super::{Access, Editor};
use crate::commands::action::Action;
use crate::document::outline::{OutlineItem, in_rows, reading_order};
use crate::document::selection::{self, Selection};
use crate::document::transform_closure;
use crate::input::Key;
use crate::output::{Effect, UiCommand};

/// A way through the elements.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Step {
    Next,
    Previous,
}

impl Editor {
    /// Whether the editor does something with a key that goes down. If not, it is the
    /// browser's: so Tab leaves the board after the last element, and after Escape.
    #[must_use]
    pub fn takes_key(&self, key: &Key, board: &Board) -> bool {
        match self.keymap.action(key) {
            Some(Action::NextElement) => self.walks(Step::Next, board),
            Some(Action::PreviousElement) => self.walks(Step::Previous, board),
            Some(_) => true,
            None => false,
        }
    }

    /// Whether Tab goes from element to element.
    fn walks(&self, step: Step, board: &Board) -> bool {
        let leaving = self.memory.leaving && self.selection.is_empty();
        !leaving && self.neighbour(step, board).is_some()
    }

    /// A key that walks goes down. With nowhere to go it leaves the board; the next
    /// time it walks again.
    pub(super) fn walk(&mut self, step: Step, world: &mut World<'_>) {
        let leaving = self.memory.leaving && self.selection.is_empty();
        let found = self.neighbour(step, world.board);
        if let Some(id) = found.filter(|_| !leaving) {
            self.reach_element(id, world);
        }
        self.memory.leaving = false;
    }

    /// Selects the next element, or at the end the first one.
    pub(super) fn reach(&mut self, step: Step, world: &mut World<'_>) {
        let found = self.neighbour(step, world.board).or_else(|| {
            let order = self.order(world.board);
            match step {
                Step::Next => order.first().copied(),
                Step::Previous => order.last().copied(),
            }
        });
        if let Some(id) = found {
            self.reach_element(id, world);
        }
    }

    /// Selects an element with its group, brings it into view and says what it is.
    pub(super) fn reach_element(&mut self, id: ElementId, world: &mut World<'_>) {
        let unit = selection::unit(world.board, id, self.selection.within);
        self.reach_all(id, unit, world);
    }

    /// Selects all of these; what is said of them is about the first.
    pub(super) fn reach_all(&mut self, id: ElementId, unit: Selection, world: &mut World<'_>) {
        if let Some(extent) = transform_closure::extent(world.board, &unit.ids) {
            self.bring_into_view(extent, world);
        }
        let words = describe(world.board, &unit.ids, id);
        self.select(unit, world);
        world.effects.push(Effect::Ui(UiCommand::Tell(words)));
    }

    /// All elements in reading order.
    pub(super) fn order(&self, board: &Board) -> &[ElementId] {
        self.survey.order(|| reading_order(board, &self.index))
    }

    /// The unit after or before what is selected, by its first element.
    fn neighbour(&self, step: Step, board: &Board) -> Option<ElementId> {
        let order = self.order(board);
        let within = self.selection.within;
        let selected = |id: &ElementId| self.selection.has(*id);
        match step {
            Step::Next => {
                let Some(at) = order.iter().position(selected) else {
                    return order.first().copied();
                };
                // Members of groups are passed over that were reached with the group.
                let seen = order.iter().take(at + 1).chain(&self.selection.ids);
                let reached: BTreeSet<GroupId> = seen
                    .flat_map(|id| selection::groups_of(board, *id))
                    .collect();
                let is_new = |id: &&ElementId| match selection::whole(board, **id, within) {
                    Some(group) => !reached.contains(&group),
                    None => !selected(id),
                };
                order.iter().skip(at + 1).find(is_new).copied()
            }
            Step::Previous => {
                let Some(at) = order.iter().position(selected) else {
                    return order.last().copied();
                };
                let before = order.iter().take(at).rev().copied().next()?;
                let unit = selection::unit(board, before, within).ids;
                order.iter().find(|id| unit.contains(id)).copied()
            }
        }
    }

    /// Selects everything that is not locked; within a group, all of the group.
    pub(super) fn select_all(&mut self, world: &mut World<'_>) {
        let within = self.selection.within;
        let inside = |groups: &[shared::id::GroupId]| within.is_none_or(|g| groups.contains(&g));
        let ids = world
            .board
            .elements()
            .filter(|element| !element.props.locked() && inside(&element.props.groups()))
            .map(|element| element.id)
            .collect();
        self.select(Selection { ids, within }, world);
        if self.access == Access::Edit {
            self.pick(ToolKind::Select, world);
        }
    }

    /// Writes on what is selected, or opens its group; with nothing selected, puts
    /// an element of the tool in hand.
    pub(super) fn enter(&mut self, world: &mut World<'_>) {
        if self.put_down(world) {
            return;
        }
        if self.selection.is_empty() {
            return self.place(world);
        }
        let free: Unit = self.free(world.board).map(|element| element.id).collect();
        let first = in_rows(self.boxes(&free)).first().copied();
        let Some(id) = first else { return };
        if free.len() > 1 {
            if let Some(opened) = selection::opened(world.board, id, self.selection.within) {
                self.select(opened, world);
            }
        } else if world.board.get(id).is_some_and(|it| takes_words(it)) {
            self.begin_typing(id, world);
            self.will_show_caret();
        }
    }

    fn boxes(&self, ids: &Unit) -> Vec<(BoardRect, ElementId)> {
        let with_box = |id: &ElementId| Some((self.index.bounds_of(*id)?, *id));
        ids.iter().filter_map(with_box).collect()
    }

    /// Gives up what is being done; else stops writing; else closes the group; else
    /// selects nothing; else takes Select.
    pub(super) fn cancel(&mut self, world: &mut World<'_>) {
        if self.put_down(world) || self.give_up(world) {
            return;
        }
        if self.typing.is_some() {
            return self.end_typing(world);
        }
        if let Some(first) = self.selection.ids.first().copied() {
            // The group that was opened is selected as a whole again.
            let whole = match self.selection.within {
                Some(_) => selection::unit(world.board, first, None),
                None => Selection::none(),
            };
            self.memory.leaving = true;
            return self.select(whole, world);
        }
        self.memory.leaving = true;
        if self.access == Access::Edit {
            self.pick(ToolKind::Select, world);
        }
    }

    /// Ends the gesture that is going on; tells whether there was one.
    pub(super) fn give_up(&mut self, world: &mut World<'_>) -> bool {
        let busy = self.is_busy();
        let mut intents = Vec::new();
        self.arbiter.give_up(&mut intents);
        for intent in intents {
            self.follow(intent, world);
        }
        busy
    }
}

fn describe(board: &Board, unit: &Unit, id: ElementId) -> String {
    let Some(element) = board.get(id) else {
        return String::new();
    };
    let words = OutlineItem::of(element).words();
    let locked = if element.props.locked() {
        ", locked"
    } else {
        ""
    };
    if unit.len() > 1 {
        let count = unit.len().to_string();
        return ["Group of ", &count, ": ", &words, locked].concat();
    }
    [&words, locked].concat()
}
