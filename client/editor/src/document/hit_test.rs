//! Which element is at a place of the board. The topmost one wins.

use std::sync::Arc;

use shared::geometry::{BoardPoint, BoardRect};
use shared::id::ElementId;
use shared::model::layout::{hit_by_click, oriented_box};
use shared::model::{Board, Element, sort_from_bottom};

use crate::document::index::Index;
use crate::view::overlay::SelectionBox;

/// Which elements are hit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum HitFilter {
    /// All elements.
    All,
    /// Only elements that are not locked.
    Unlocked,
}

/// The place that a pointer aims at.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct HitPoint {
    pub(crate) at: BoardPoint,
    /// How far beside an element still hits it, in board units.
    pub(crate) reach: f64,
}

impl HitPoint {
    /// The topmost element there.
    pub(crate) fn topmost(
        self,
        board: &Board,
        index: &Index,
        filter: HitFilter,
    ) -> Option<ElementId> {
        self.highest(board, index, &|element| {
            let seen = filter == HitFilter::All || !element.props.locked();
            seen && hit_by_click(board, element, self.at, self.reach)
        })
    }

    /// The topmost element there that has text. A shape without a filling counts, too.
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

/// The box around an element, turned with it.
pub(crate) fn frame_around(board: &Board, element: &Element) -> SelectionBox {
    let (rect, angle) = oriented_box(board, element);
    SelectionBox { rect, angle }
}
