//! Which frame lies at a place.

use kurbo::Point;

use super::boxes::rect_corners;
use super::coordinates::local_to_board;
use crate::geometry::{BoardPoint, BoardRect};
use crate::id::ElementId;
use crate::model::element::{Body, Element};

/// The topmost frame at a point among some elements, without locked frames and those for which
/// `except` is true.
#[must_use]
pub fn topmost_frame<'a>(
    elements: impl Iterator<Item = &'a Element>,
    at: BoardPoint,
    except: &dyn Fn(ElementId) -> bool,
) -> Option<ElementId> {
    elements
        .filter(|element| matches!(element.body, Body::Frame) && !except(element.id))
        .filter(|frame| !frame.props.locked() && is_within_frame(frame, at))
        .max_by_key(|frame| frame.stacking())
        .map(|frame| frame.id)
}

/// Whether an element with these bounds lies in a frame as a whole, so that it can become a member.
/// Locked elements and frames cannot.
#[must_use]
pub fn can_join(frame: &Element, element: &Element, bounds: BoardRect) -> bool {
    let is_free = !matches!(element.body, Body::Frame) && !element.props.locked();
    let mut corners = rect_corners(bounds).into_iter();
    is_free
        && element.props.frame() != Some(frame.id)
        && corners.all(|corner| is_within_frame(frame, corner))
}

/// Whether a place lies in the turned box of a frame.
#[must_use]
pub fn is_within_frame(frame: &Element, at: BoardPoint) -> bool {
    let own = local_to_board(frame).inverse() * Point::from(at);
    let [width, height] = frame.props.size().map(f64::from);
    // Slightly larger: a place on the edge is in the frame.
    BoardRect::new(0.0, 0.0, width, height)
        .inflate(1e-6, 1e-6)
        .contains(own)
}
