//! Finds the elements that the ends of a line are bound to.

use shared::geometry::{BoardPoint, BoardRect};
use shared::model::layout::{accepts_anchor, anchor_at, anchor_point, is_near_outline};
use shared::model::{Anchor, Arrowhead};

use crate::tools::context::ToolCtx;

/// An end this near to an outline, in CSS pixels, touches it.
const NEAR_PX: f64 = 8.0;
/// An end this near to the outline of the element that both ends touch, in CSS pixels, begins an
/// arrow around it.
const NEAR_OWN_PX: f64 = 16.0;

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

/// Keeps the anchors whose elements are on the board. A line keeps none if they may not
/// [both bind](may_both_bind).
pub(crate) fn existing(
    ctx: &ToolCtx<'_>,
    heads: [Arrowhead; 2],
    anchors: [Option<Anchor>; 2],
) -> [Option<Anchor>; 2] {
    let on_board = |anchor: &Anchor| ctx.board.get(anchor.to).is_some();
    match anchors.map(|anchor| anchor.filter(on_board)) {
        [Some(start), Some(end)] if !may_both_bind(ctx, heads, [start, end]) => [None, None],
        anchors => anchors,
    }
}

/// Whether the ends of one line may have these anchors. An arrow may lead around one element, from
/// a place of its outline to another one. Any other line within one element is drawn on it, such as
/// a stroke that divides a box.
pub(crate) fn may_both_bind(
    ctx: &ToolCtx<'_>,
    heads: [Arrowhead; 2],
    [start, end]: [Anchor; 2],
) -> bool {
    if start.to != end.to {
        return true;
    }
    let near = ctx.camera.board_length(NEAR_OWN_PX);
    let is_at_outline = |anchor: Anchor| {
        let at = anchor_point(ctx.board, &anchor);
        let element = ctx.board.get(anchor.to);
        at.zip(element)
            .is_some_and(|(at, element)| is_near_outline(element, at, near))
    };
    heads != [Arrowhead::None; 2] && is_at_outline(start) && is_at_outline(end)
}
