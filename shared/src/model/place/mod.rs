//! Where elements are and what shape they have: outlines, boxes, bounds, hits.
//!
//! Lines hold on to other elements and boxes grow with their text, so all of it
//! is a function of the board. It must not know paint.

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

/// How far the soft edge of a sticky note reaches, in its width.
pub const SHADOW: f64 = 0.04;
/// Width of the line around a frame, in its width property.
pub const FRAME_LINE: f64 = 0.4;

/// Turns an element's own coordinates into the board's. A box has its upper left
/// corner at its origin, and is turned about its middle; a stroke is stretched and
/// turned about the origin of its points.
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
        // Nothing to measure where nothing is turned.
        Body::Shape(_) | Body::Text | Body::Sticky { .. } | Body::Frame if angle == 0.0 => {
            Affine::translate(at)
        }
        Body::Shape(_) | Body::Text | Body::Sticky { .. } | Body::Frame => {
            box_to_board(element, box_size(element))
        }
    }
}

/// The same for a box whose size is known.
fn box_to_board(element: &Element, size: Size) -> Affine {
    let at = Point::from(element.props.at).to_vec2();
    let middle = (size / 2.0).to_vec2().to_point();
    Affine::translate(at) * Affine::rotate_about(f64::from(element.props.angle()), middle)
}

/// Everything an element may touch when painted, in board units. What a frame clips
/// away is part of it.
#[must_use]
pub fn bounds(board: &Board, element: &Element) -> BoardRect {
    match &element.body {
        Body::Stroke(stroke) => {
            let shape = stroke.brush.shape(element.props.width);
            ink_pieces(element)
                .iter()
                .map(|piece| hit::bounds_of(piece, &shape))
                .reduce(|all, one| all.union(one))
                // All of it was rubbed out; it is where it was.
                .unwrap_or_else(|| BoardRect::from_origin_size(element.props.at, (0.0, 0.0)))
        }
        Body::Line => lines::bounds(board, element),
        Body::Shape(_) | Body::Text | Body::Sticky { .. } | Body::Frame => {
            BoxInPlace::of(element).map_or(BoardRect::ZERO, |place| place.bounds())
        }
    }
}

/// The same without what its frame clips away. Of what does not show at all there is a
/// place at the edge of the frame.
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

/// The frame that holds an element and clips it. Frames are never held.
#[must_use]
pub fn frame_of<'a>(board: &'a Board, element: &Element) -> Option<&'a Arc<Element>> {
    match &element.body {
        Body::Frame => None,
        Body::Stroke(_) | Body::Shape(_) | Body::Line | Body::Text | Body::Sticky { .. } => board
            .get(element.props.frame()?)
            .filter(|frame| matches!(frame.body, Body::Frame)),
    }
}

/// The smallest rectangle around a path, or a little more where it is curved.
fn bounds_of_path(path: &kurbo::BezPath) -> BoardRect {
    if path.elements().is_empty() {
        BoardRect::ZERO
    } else {
        path.control_box()
    }
}
