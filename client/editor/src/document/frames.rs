//! Finds the frame that an element belongs to.
//!
//! An element that is made in a frame belongs to it, and a new frame gets the elements that lie in
//! it as its contents.

use kurbo::Point;
use shared::geometry::{BoardPoint, BoardRect};
use shared::id::ElementId;
use shared::model::layout::{local_to_board, rect_corners};
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
    index
        .touching(point)
        .filter_map(|id| board.get(id).map(AsRef::as_ref))
        .filter(|element| matches!(element.body, Body::Frame) && !except(element.id))
        .filter(|frame| !frame.props.locked() && is_within(frame, at))
        .max_by_key(|frame| frame.stacking())
        .map(|frame| frame.id)
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

/// The frame that a whole box lies in. Ink belongs to a frame only then, so that ink across the
/// edge of a frame is not clipped.
pub(crate) fn frame_enclosing(
    board: &Board,
    index: &Index,
    rect: Option<BoardRect>,
) -> Option<ElementId> {
    let rect = rect?;
    let frame = board.get(frame_at(board, index, rect.center().into(), &|_| false)?)?;
    let inside = rect_corners(rect)
        .into_iter()
        .all(|corner| is_within(frame, corner));
    inside.then_some(frame.id)
}

/// The ops that make all elements in the box of a new frame its contents.
pub(crate) fn add_contents_ops(
    board: &Board,
    index: &Index,
    frame: ElementId,
    rect: BoardRect,
) -> Vec<Op> {
    let inside = |bounds: BoardRect| {
        rect.x0 <= bounds.x0 && rect.y0 <= bounds.y0 && bounds.x1 <= rect.x1 && bounds.y1 <= rect.y1
    };
    let mut ids: Vec<ElementId> = index
        .touching(rect)
        .filter(|id| index.bounds_of(*id).is_some_and(inside))
        .filter_map(|id| board.get(id))
        .filter(|element| !matches!(element.body, Body::Frame) && !element.props.locked())
        .map(|element| element.id)
        .collect();
    ids.sort_unstable();
    ids.into_iter()
        .map(|id| Op::Set {
            id,
            prop: Prop::Frame(Some(frame)),
        })
        .collect()
}

/// Whether a place lies in the turned box of a frame.
fn is_within(frame: &Element, at: BoardPoint) -> bool {
    let own = local_to_board(frame).inverse() * Point::from(at);
    let [width, height] = frame.props.size().map(f64::from);
    // Slightly larger: a place on the edge is in the frame.
    BoardRect::new(0.0, 0.0, width, height)
        .inflate(1e-6, 1e-6)
        .contains(own)
}
