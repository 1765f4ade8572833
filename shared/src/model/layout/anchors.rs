//! Anchors of line ends on boxes: where an end may be anchored, where it aims, and where the line
//! stops.

use kurbo::{Point, Rect, Size};

use super::boxes::{BoxLayout, half_line_width};
use super::coordinates::bounds_of_path;
use crate::geometry::BoardPoint;
use crate::geometry::polyline::{self, Polylines};
use crate::model::appearance::Anchor;
use crate::model::board::Board;
use crate::model::element::{Body, Element};

/// An end that aims this close to the middle of a box, as a part of the box's size, aims at the
/// middle itself.
const SNAP_TO_MIDDLE: f64 = 0.12;

/// The box that an end of a line is anchored to, in board coordinates.
pub(super) struct AnchorTarget {
    /// The point that the end aims at.
    pub(super) aim: Point,
    /// The bounds of the outline.
    pub(super) bounds: Rect,
    outline: Polylines,
    half_line_width: f64,
}

/// Whether lines can be anchored to the element.
#[must_use]
pub const fn can_anchor(element: &Element) -> bool {
    element.body.is_box()
}

/// Whether an end of a line that is dropped at `point` becomes anchored to the element: inside the
/// box and within `slack` board units of it, but at a frame only near the frame's edge.
#[must_use]
pub fn accepts_anchor(element: &Element, point: BoardPoint, slack: f64) -> bool {
    let Some(place) = BoxLayout::of(element) else {
        return false;
    };
    let outline = place.outline_polylines();
    let point = Point::from(point);
    let near = polyline::distance(&outline, point, point) <= slack + half_line_width(element);
    let inside = !matches!(element.body, Body::Frame) && polyline::contains(&outline, point);
    near || inside
}

/// The anchor that aims at `point`, or at the nearest point within the unrotated box.
#[must_use]
pub fn anchor_at(element: &Element, point: BoardPoint) -> Anchor {
    let (own, size) = match BoxLayout::of(element) {
        Some(place) => (place.to_board.inverse() * Point::from(point), place.size),
        None => (Point::ZERO, Size::ZERO),
    };
    let part = |at: f64, whole: f64| {
        if whole > 0.0 {
            (at / whole).clamp(0.0, 1.0)
        } else {
            0.5
        }
    };
    let (x, y) = (part(own.x, size.width), part(own.y, size.height));
    let is_middle = (x - 0.5).abs() < SNAP_TO_MIDDLE && (y - 0.5).abs() < SNAP_TO_MIDDLE;
    let at = if is_middle { [0.5, 0.5] } else { [x, y] };
    Anchor {
        to: element.id,
        at: at.map(|part| part as f32),
    }
}

/// The point on the board that an anchor aims at. `None` if its element is missing or is not a box.
#[must_use]
pub fn anchor_point(board: &Board, anchor: &Anchor) -> Option<BoardPoint> {
    let element = board.get(anchor.to).filter(|element| can_anchor(element))?;
    Some(BoxLayout::of(element)?.point_at(anchor.at).into())
}

pub(super) fn anchor_target(board: &Board, anchor: &Anchor) -> Option<AnchorTarget> {
    let element = board.get(anchor.to)?;
    let place = BoxLayout::of(element)?;
    Some(AnchorTarget {
        aim: place.point_at(anchor.at),
        bounds: bounds_of_path(&place.outline()),
        outline: place.outline_polylines(),
        half_line_width: half_line_width(element),
    })
}

impl AnchorTarget {
    /// The end of a line of a given width that comes from `from`: slightly before the outline, so
    /// that the two do not overlap. If the line does not cross the outline, it ends at its aim.
    pub(super) fn line_end(&self, from: Point, width: f64) -> Point {
        if polyline::contains(&self.outline, from) {
            return self.aim;
        }
        let middle = self.bounds.center();
        let met = polyline::first_intersection(&self.outline, from, self.aim)
            // An aim at a corner of the bounds of a round shape lies outside of the shape.
            .or_else(|| polyline::first_intersection(&self.outline, from, middle));
        let Some(met) = met else { return self.aim };
        let back = from - met;
        let length = back.hypot();
        let gap = (self.half_line_width + width).min(length / 4.0);
        if length > 0.0 {
            met + back * (gap / length)
        } else {
            met
        }
    }
}
