//! Finds the frame that an element belongs to.
//!
//! An element that is made in a frame belongs to it, and a new frame gets the elements that lie in
//! it as its contents.

use shared::geometry::{BoardPoint, BoardRect, InkPoint};
use shared::id::ElementId;
use shared::model::layout::{bounds, can_join, is_within_frame, topmost_frame};
use shared::model::{Board, Body, Element, Prop};
use shared::op::Op;

use crate::document::index::Index;

/// The topmost frame at a point for which `except` is false.
pub(crate) fn frame_at(
    board: &Board,
    index: &Index,
    at: BoardPoint,
    except: &dyn Fn(ElementId) -> bool,
) -> Option<ElementId> {
    let point = BoardRect::from_points(at, at);
    let touching = index.touching(point);
    let near = touching.filter_map(|id| board.get(id).map(AsRef::as_ref));
    topmost_frame(near, at, except)
}

/// The frame that a new element with this box belongs to: the one that its middle is in. Frames
/// belong to no frame, so that none can contain itself.
pub(crate) fn frame_for_new(
    board: &Board,
    index: &Index,
    body: &Body,
    bounds: BoardRect,
) -> Option<ElementId> {
    match body {
        Body::Frame => None,
        Body::Stroke(_)
        | Body::Shape(_)
        | Body::Line
        | Body::Text
        | Body::Sticky { .. }
        | Body::Path(_)
        | Body::Image => frame_at(board, index, bounds.center().into(), &|_| false),
    }
}

/// The frame that ink is drawn in: it begins in the frame, and most of its points lie there. The
/// frame clips the others. Ink that only begins in a frame leads out of it and stays whole.
pub(crate) fn frame_for_ink(
    board: &Board,
    index: &Index,
    points: &[InkPoint],
) -> Option<ElementId> {
    let place = |point: &InkPoint| BoardPoint::new(point.x, point.y);
    let start = place(points.first()?);
    let frame = board.get(frame_at(board, index, start, &|_| false)?)?;
    let inside = points
        .iter()
        .map(place)
        .filter(|at| is_within_frame(frame, *at));
    (2 * inside.count() > points.len()).then_some(frame.id)
}

/// The elements that lie in a frame and do not belong to it yet. The frame need not be on the board.
pub(crate) fn lying_in(board: &Board, index: &Index, frame: &Element) -> Vec<ElementId> {
    let joins = |id: &ElementId| {
        let element = board.get(*id);
        let element = element.zip(index.bounds_of(*id));
        element.is_some_and(|(element, bounds)| can_join(frame, element, bounds))
    };
    let touching = index.touching(bounds(board, frame));
    let mut ids: Vec<ElementId> = touching.filter(joins).collect();
    ids.sort_unstable();
    ids
}

/// The op that makes an element belong to a frame, or to none.
pub(crate) fn put_in_frame(id: ElementId, frame: Option<ElementId>) -> Op {
    let prop = Prop::Frame(frame);
    Op::Set { id, prop }
}
