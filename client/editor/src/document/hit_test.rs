//! What is at a place of the board, for a pointer that aims at it.
//!
//! Knows geometry and the stack; what is on top wins. It must not know tools or
//! what is selected.

use std::sync::Arc;

use shared::geometry::{BoardPoint, BoardRect};
use shared::id::ElementId;
use shared::model::place::{box_of, covers};
use shared::model::{Board, Element, sort_from_bottom};

use crate::document::index::Index;
use crate::view::overlay::SelectionBox;

/// What a pointer does not see.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Passing {
    /// It sees everything.
    Nothing,
    /// It sees through what is locked.
    Locked,
}

/// Where a pointer aims.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Spot {
    pub(crate) at: BoardPoint,
    /// How far beside something still means it, in board units.
    pub(crate) reach: f64,
}

impl Spot {
    /// The topmost element there.
    pub(crate) fn topmost(
        self,
        board: &Board,
        index: &Index,
        passing: Passing,
    ) -> Option<ElementId> {
        self.highest(board, index, &|element| {
            let seen = passing == Passing::Nothing || !element.props.locked();
            seen && covers(board, element, self.at, self.reach)
        })
    }

    /// The topmost element there that can be written on, also a shape that one sees
    /// through everywhere else.
    pub(crate) fn writable(self, board: &Board, index: &Index) -> Option<ElementId> {
        self.highest(board, index, &|element| {
            element.body.has_text()
                && !element.props.locked()
                && frame_around(board, element).contains(self.at)
        })
    }

    fn highest(
        self,
        board: &Board,
        index: &Index,
        takes: &dyn Fn(&Element) -> bool,
    ) -> Option<ElementId> {
        let around = BoardRect::from_points(self.at, self.at).inflate(self.reach, self.reach);
        let mut found: Vec<&Arc<Element>> = index
            .touching(around)
            .filter_map(|id| board.get(id))
            .collect();
        sort_from_bottom(&mut found);
        let top = found.into_iter().rev().find(|element| takes(element));
        top.map(|element| element.id)
    }
}

/// The box around one element, turned with it.
pub(crate) fn frame_around(board: &Board, element: &Element) -> SelectionBox {
    let (rect, angle) = box_of(board, element);
    SelectionBox { rect, angle }
}
