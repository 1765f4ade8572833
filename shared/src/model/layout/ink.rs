//! Ink in board coordinates, and the parts of it that are still visible after erasing.

use kurbo::{Affine, Point};

use super::coordinates::local_to_board;
use crate::geometry::centre_line::Fineness;
use crate::geometry::stroke_ranges::{extract_ranges, samples};
use crate::geometry::{BoardPoint, InkPoint, InkShape};
use crate::model::element::{Body, Element};
use crate::model::stroke::Stroke;

/// A sample along a stroke.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct InkSample {
    /// Its position among the points of the stroke; erased ranges count the same positions.
    pub position: f32,
    /// Its point on the board.
    pub at: BoardPoint,
    /// Half the width of the ink there, in board units.
    pub radius: f64,
}

/// The stroke of an element, if the element is one.
const fn stroke(element: &Element) -> Option<&Stroke> {
    match &element.body {
        Body::Stroke(stroke) => Some(stroke),
        Body::Shape(_)
        | Body::Line
        | Body::Text
        | Body::Sticky { .. }
        | Body::Frame
        | Body::Path(_)
        | Body::Image => None,
    }
}

/// All points of a stroke in board coordinates, erased or not. Empty for other elements.
#[must_use]
pub fn ink_points(element: &Element) -> Vec<InkPoint> {
    stroke(element).map_or_else(Vec::new, |stroke| {
        mapped_points(stroke, local_to_board(element))
    })
}

/// The shape of a stroke's outline. `None` for other elements.
#[must_use]
pub fn ink_shape(element: &Element) -> Option<InkShape> {
    stroke(element).map(|stroke| stroke.brush.shape(element.props.width))
}

/// The visible parts of a stroke in board coordinates. Empty for other elements.
#[must_use]
pub fn visible_ink(element: &Element) -> Vec<Vec<InkPoint>> {
    visible_ink_in(element, local_to_board(element))
}

/// The visible parts of a stroke, mapped by `place`.
pub(super) fn visible_ink_in(element: &Element, place: Affine) -> Vec<Vec<InkPoint>> {
    let Some(stroke) = stroke(element) else {
        return Vec::new();
    };
    let points = mapped_points(stroke, place);
    if points.is_empty() {
        return Vec::new();
    }
    if stroke.erased.is_empty() {
        return vec![points];
    }
    let mut pieces = extract_ranges(&points, &stroke.visible());
    pieces.retain(|piece| !piece.is_empty());
    pieces
}

/// Samples along the whole stroke, erased or not, at most about `fineness` board units away from
/// its centre line. Empty for other elements.
#[must_use]
pub fn ink_samples(element: &Element, fineness: f64) -> Vec<InkSample> {
    let Some(shape) = ink_shape(element) else {
        return Vec::new();
    };
    let fineness = Fineness {
        tolerance: fineness.max(1e-3),
        max_angle: 0.6,
    };
    samples(&ink_points(element), fineness)
        .into_iter()
        .map(|(position, sample)| InkSample {
            position,
            at: sample.position.into(),
            radius: shape.radius(sample.pressure),
        })
        .collect()
}

fn mapped_points(stroke: &Stroke, place: Affine) -> Vec<InkPoint> {
    let mut points = stroke.points();
    for point in &mut points {
        let mapped_points = place * Point::new(point.x, point.y);
        (point.x, point.y) = (mapped_points.x, mapped_points.y);
    }
    points
}
