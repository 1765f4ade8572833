//! Bounds of elements on the board, with and without the parts that a frame clips away.

use std::sync::Arc;

use kurbo::Rect;

use super::boxes::{BoxLayout, outline_path};
use super::coordinates::{bounds_of_path, box_corner, local_to_board};
use super::ink::{visible_ink, visible_ink_in};
use super::lines;
use crate::geometry::{BoardRect, stroke_hit};
use crate::model::board::Board;
use crate::model::element::{Body, Element};
use crate::model::text_layout::box_size;

/// The rectangle that an element covers when painted, in board units. It includes parts that a
/// frame clips away.
#[must_use]
pub fn bounds(board: &Board, element: &Element) -> BoardRect {
    match &element.body {
        Body::Stroke(stroke) => {
            let shape = stroke.brush.shape(element.props.width);
            visible_ink(element)
                .iter()
                .map(|piece| stroke_hit::bounds_of(piece, &shape))
                .reduce(|all, one| all.union(one))
                // A stroke that was erased completely has only its position.
                .unwrap_or_else(|| BoardRect::from_origin_size(element.props.at, (0.0, 0.0)))
        }
        Body::Line => lines::bounds(board, element),
        Body::Shape(_)
        | Body::Text
        | Body::Sticky { .. }
        | Body::Frame
        | Body::Path(_)
        | Body::Image => BoxLayout::of(element).map_or(BoardRect::ZERO, |place| place.bounds()),
    }
}

/// The bounds without the part that the frame of the element clips away. An element that lies
/// outside of its frame gets an empty rectangle at the frame's edge.
#[must_use]
pub fn visible_bounds(board: &Board, element: &Element) -> BoardRect {
    let all = bounds(board, element);
    let Some(path) = frame_of(board, element).and_then(|frame| outline_path(frame)) else {
        return all;
    };
    let frame = bounds_of_path(&path);
    let across = |x: f64| x.max(frame.x0).min(frame.x1);
    let down = |y: f64| y.max(frame.y0).min(frame.y1);
    BoardRect::new(across(all.x0), down(all.y0), across(all.x1), down(all.y1))
}

/// The frame that the element is a member of. A frame is never a member of another.
#[must_use]
pub fn frame_of<'a>(board: &'a Board, element: &Element) -> Option<&'a Arc<Element>> {
    match &element.body {
        Body::Frame => None,
        Body::Stroke(_)
        | Body::Shape(_)
        | Body::Line
        | Body::Text
        | Body::Sticky { .. }
        | Body::Path(_)
        | Body::Image => board
            .get(element.props.frame()?)
            .filter(|frame| matches!(frame.body, Body::Frame)),
    }
}

/// The oriented bounding box of an element: a rectangle before rotation, and its clockwise rotation
/// about its middle in radians. The angle of a line is always 0.
#[must_use]
pub fn oriented_box(board: &Board, element: &Element) -> (BoardRect, f64) {
    let angle = f64::from(element.props.angle());
    match &element.body {
        Body::Stroke(stroke) => {
            let shape = stroke.brush.shape(element.props.width);
            let back = kurbo::Affine::rotate(-angle);
            let own = visible_ink_in(element, back * local_to_board(element))
                .iter()
                .map(|piece| stroke_hit::bounds_of(piece, &shape))
                .reduce(|all, one| all.union(one))
                .unwrap_or_default();
            let middle = kurbo::Affine::rotate(angle) * own.center();
            (Rect::from_center_size(middle, own.size()), angle)
        }
        Body::Line => (lines::bounds(board, element), 0.0),
        Body::Shape(_)
        | Body::Text
        | Body::Sticky { .. }
        | Body::Frame
        | Body::Path(_)
        | Body::Image => {
            let size = box_size(element);
            (
                Rect::from_origin_size(box_corner(element, size), size),
                angle,
            )
        }
    }
}
