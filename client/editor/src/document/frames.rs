//! Finds the frame that an element belongs to.
//!
//! An element that is made in a frame belongs to it, and a new frame gets the elements that lie in
//! it as its contents.

use shared::geometry::{BoardPoint, BoardRect, InkPoint};
use shared::id::ElementId;
use shared::model::layout::{bounds, is_within_frame, rect_corners, topmost_frame};
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
    let inside = |bounds: BoardRect| {
        let mut corners = rect_corners(bounds).into_iter();
        corners.all(|corner| is_within_frame(frame, corner))
    };
    let mut ids: Vec<ElementId> = index
        .touching(bounds(board, frame))
        .filter(|id| index.bounds_of(*id).is_some_and(inside))
        .filter_map(|id| board.get(id))
        .filter(|element| !matches!(element.body, Body::Frame) && !element.props.locked())
        .filter(|element| element.props.frame() != Some(frame.id))
        .map(|element| element.id)
        .collect();
    ids.sort_unstable();
    ids
}

/// The op that makes an element belong to a frame, or to none.
pub(crate) fn put_in_frame(id: ElementId, frame: Option<ElementId>) -> Op {
    let prop = Prop::Frame(frame);
    Op::Set { id, prop }
}
