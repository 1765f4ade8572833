//! Finds the elements that the ends of a line are bound to.

use shared::geometry::{BoardPoint, BoardRect};
use shared::model::layout::{accepts_anchor, anchor_at};
use shared::model::{Anchor, Board};

use crate::tools::context::ToolCtx;

/// An end this near to an outline, in CSS pixels, touches it.
const NEAR_PX: f64 = 8.0;

/// The anchor of an end at this place: on the topmost element that it touches.
pub(crate) fn find_anchor_near(ctx: &ToolCtx<'_>, at: BoardPoint) -> Option<Anchor> {
    let near = ctx.camera.board_length(NEAR_PX);
    let area = BoardRect::from_points(at, at).inflate(near, near);
    let found = ctx.index.query(area, ctx.board);
    let touched = found
        .into_iter()
        .rev()
        .filter_map(|id| ctx.board.get(id))
        .find(|element| accepts_anchor(element, at, near))?;
    Some(anchor_at(touched, at))
}

/// Keeps the anchors whose elements are on the board. A line within one element keeps none, because
/// it would have no length.
pub(crate) fn existing(board: &Board, anchors: [Option<Anchor>; 2]) -> [Option<Anchor>; 2] {
    let [start, end] = anchors.map(|anchor| anchor.filter(|anchor| board.get(anchor.to).is_some()));
    match (start, end) {
        (Some(start), Some(end)) if start.to == end.to => [None, None],
        (start, end) => [start, end],
    }
}
