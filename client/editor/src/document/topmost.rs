//! Finds the topmost element at a point.

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
    pub(crate) tolerance: f64,
}

impl HitPoint {
    /// The topmost element there.
    pub(crate) fn topmost(
        self,
        board: &Board,
        index: &Index,
        filter: HitFilter,
    ) -> Option<ElementId> {
        self.topmost_where(board, index, &|element| {
            let is_candidate = filter == HitFilter::All || !element.props.locked();
            is_candidate && hit_by_click(board, element, self.at, self.tolerance)
        })
    }

    /// The topmost unlocked box here that can hold text. All of it counts, even if it is not
    /// filled.
    pub(crate) fn topmost_text_holder(self, board: &Board, index: &Index) -> Option<ElementId> {
        self.topmost_where(board, index, &|element| {
            element.body.has_text()
                && element.body.is_box()
                && !element.props.locked()
                && selection_box_of(board, element).contains(self.at)
        })
    }

    fn topmost_where(
        self,
        board: &Board,
        index: &Index,
        predicate: &dyn Fn(&Element) -> bool,
    ) -> Option<ElementId> {
        let around =
            BoardRect::from_points(self.at, self.at).inflate(self.tolerance, self.tolerance);
        let mut found: Vec<&Arc<Element>> = index
            .touching(around)
            .filter_map(|id| board.get(id))
            .collect();
        sort_from_bottom(&mut found);
        let top = found.into_iter().rev().find(|element| predicate(element));
        top.map(|element| element.id)
    }
}

/// The box around an element, turned with it.
pub(crate) fn selection_box_of(board: &Board, element: &Element) -> SelectionBox {
    let (rect, angle) = oriented_box(board, element);
    SelectionBox { rect, angle }
}
