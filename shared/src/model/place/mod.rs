//! Layout of elements on the board: outlines, bounds, bindings, hit tests.
//!
//! These are functions of the whole board, because lines follow the elements that they are bound to
//! and boxes grow with their text. Nothing here paints.

mod anchor;
mod boxes;
mod ink;
mod label;
mod lines;
mod touch;

use std::sync::Arc;

use kurbo::{Affine, Point, Size};

use crate::geometry::{BoardRect, hit};

use super::board::Board;
use super::element::{Body, Element};

pub use crate::model::lettering::box_size;
pub use anchor::{anchor_at, anchor_point, attracts, can_anchor};
pub use boxes::{BoxInPlace, box_of, corners, is_hollow, outline_path};
pub use ink::{AlongInk, ink_line, ink_pieces, ink_points, ink_shape};
pub use label::{Label, frame_name, frame_name_box, signature};
pub use lines::{DrawnLine, HeadShape, drawn_line, line_path, line_points};
pub use touch::{covers, hit, touches, within};

/// Extent of a sticky note's shadow, as a part of the note's width.
pub const SHADOW: f64 = 0.04;
/// Width of the line around a frame, as a part of its width property.
pub const FRAME_LINE: f64 = 0.4;

/// Maps local coordinates of an element to board coordinates. A box has its upper left corner at
/// the origin and is rotated about its middle. A stroke is scaled and rotated about the origin of
/// its points.
#[must_use]
pub fn own_to_board(element: &Element) -> Affine {
    let at = Point::from(element.props.at).to_vec2();
    let angle = f64::from(element.props.angle());
    match &element.body {
        Body::Stroke(_) => {
            let [x, y] = element.props.stretch();
            Affine::translate(at)
                * Affine::rotate(angle)
                * Affine::scale_non_uniform(f64::from(x), f64::from(y))
        }
        Body::Line => Affine::translate(at),
        // Without rotation the size does not matter, so the text is not laid out.
        Body::Shape(_) | Body::Text | Body::Sticky { .. } | Body::Frame if angle == 0.0 => {
            Affine::translate(at)
        }
        Body::Shape(_) | Body::Text | Body::Sticky { .. } | Body::Frame => {
            box_to_board(element, box_size(element))
        }
    }
}

/// The same for a box of known size.
fn box_to_board(element: &Element, size: Size) -> Affine {
    let at = Point::from(element.props.at).to_vec2();
    let middle = (size / 2.0).to_vec2().to_point();
    Affine::translate(at) * Affine::rotate_about(f64::from(element.props.angle()), middle)
}

/// The rectangle that an element covers when painted, in board units. It includes parts that a
/// frame clips away.
#[must_use]
pub fn bounds(board: &Board, element: &Element) -> BoardRect {
    match &element.body {
        Body::Stroke(stroke) => {
            let shape = stroke.brush.shape(element.props.width);
            ink_pieces(element)
                .iter()
                .map(|piece| hit::bounds_of(piece, &shape))
                .reduce(|all, one| all.union(one))
                // A stroke that was erased completely has only its position.
                .unwrap_or_else(|| BoardRect::from_origin_size(element.props.at, (0.0, 0.0)))
        }
        Body::Line => lines::bounds(board, element),
        Body::Shape(_) | Body::Text | Body::Sticky { .. } | Body::Frame => {
            BoxInPlace::of(element).map_or(BoardRect::ZERO, |place| place.bounds())
        }
    }
}

/// The bounds without the part that the frame of the element clips away. An element that lies
/// outside of its frame gets an empty rectangle at the frame's edge.
#[must_use]
pub fn shown_bounds(board: &Board, element: &Element) -> BoardRect {
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
        Body::Stroke(_) | Body::Shape(_) | Body::Line | Body::Text | Body::Sticky { .. } => board
            .get(element.props.frame()?)
            .filter(|frame| matches!(frame.body, Body::Frame)),
    }
}

/// The bounds of a path, or a slightly larger rectangle if it is curved.
fn bounds_of_path(path: &kurbo::BezPath) -> BoardRect {
    if path.elements().is_empty() {
        BoardRect::ZERO
    } else {
        path.control_box()
    }
}
