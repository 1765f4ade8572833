//! Going from element to element in reading order.

use shared::id::{ElementId, GroupId};
use shared::model::Board;
use shared::model::units::{group_below, groups_of};
use std::collections::BTreeSet;

use super::Document;
use super::outline::reading_order;
use crate::selection;

/// A direction through the elements.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Direction {
    Next,
    Previous,
}

impl Document {
    /// All elements in reading order.
    pub(crate) fn reading_order(&self, board: &Board) -> &[ElementId] {
        self.cache.order(|| reading_order(board, &self.index))
    }

    /// The first element of the group, or the single element, after or before the selection.
    /// `None` at the end of the board.
    pub(crate) fn neighbour(&self, direction: Direction, board: &Board) -> Option<ElementId> {
        let order = self.reading_order(board);
        let Some(at) = order.iter().position(|id| self.selection.has(*id)) else {
            return match direction {
                Direction::Next => order.first().copied(),
                Direction::Previous => order.last().copied(),
            };
        };
        match direction {
            Direction::Next => self.next_after(at, order, board),
            Direction::Previous => {
                let before = order.iter().take(at).rev().copied().next()?;
                let unit = selection::unit(board, before, self.selection.within).ids;
                order.iter().find(|id| unit.contains(id)).copied()
            }
        }
    }

    /// The next element that was not selected together with an earlier one of its group.
    fn next_after(&self, at: usize, order: &[ElementId], board: &Board) -> Option<ElementId> {
        let visited = order.iter().take(at + 1).chain(&self.selection.ids);
        let visited: BTreeSet<GroupId> = visited.flat_map(|id| groups_of(board, *id)).collect();
        let within = self.selection.within;
        let is_new = |id: &&ElementId| match group_below(&groups_of(board, **id), within) {
            Some(group) => !visited.contains(&group),
            None => !self.selection.has(**id),
        };
        order.iter().skip(at + 1).find(is_new).copied()
    }

    /// The first or the last element of the board.
    pub(crate) fn end_of_board(&self, direction: Direction, board: &Board) -> Option<ElementId> {
        let order = self.reading_order(board);
        match direction {
            Direction::Next => order.first().copied(),
            Direction::Previous => order.last().copied(),
        }
    }

    /// Makes the next Tab leave the board.
    pub(crate) fn let_tab_leave(&mut self) {
        self.tab_leaves = true;
    }

    /// The element that Tab goes to. `None` if Tab leaves the board: after the last element, and
    /// after Escape cleared the selection.
    pub(crate) fn tab_target(&self, direction: Direction, board: &Board) -> Option<ElementId> {
        let leaves = self.tab_leaves && self.selection.is_empty();
        self.neighbour(direction, board).filter(|_| !leaves)
    }

    /// Tab was pressed: the next one stays on the board again.
    pub(crate) fn tab_pressed(&mut self) {
        self.tab_leaves = false;
    }
}
