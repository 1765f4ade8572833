//! Anchors of line ends on boxes: where an end may be anchored, where it aims, and where the line
//! stops.

use std::f64::consts::FRAC_PI_2;

use kurbo::{Point, Rect, Size, Vec2};

use super::boxes::{BoxLayout, half_line_width};
use super::coordinates::bounds_of_path;
use crate::geometry::BoardPoint;
use crate::geometry::elbow::Heading;
use crate::geometry::polyline::{self, Polylines};
use crate::id::ElementId;
use crate::model::appearance::Anchor;
use crate::model::board::Board;
use crate::model::element::{Body, Element};

/// An end that aims this close to the middle of a box, as a part of the box's size, aims at the
/// middle itself.
const SNAP_TO_MIDDLE: f64 = 0.12;
/// An anchor that is farther from all sides than this, as a part of the box's size, belongs to none
/// of them.
const SIDE_SHARE: f64 = 0.25;
/// An anchor lies at several sides of a box if their distances, as parts of its size, differ by no
/// more than this.
const SAME_DISTANCE: f64 = 1.0e-6;
/// How far an elbow line looks beyond its aim for the outline, as a part of its last segment.
const BEYOND_AIM: f64 = 1.0e-6;

/// The box that an end of a line is anchored to, in board coordinates.
pub(super) struct AnchorTarget {
    /// The element.
    pub(super) to: ElementId,
    /// The point that the end aims at.
    pub(super) aim: Point,
    /// The bounds of the outline.
    pub(super) bounds: Rect,
    outline: Polylines,
    half_line_width: f64,
    /// The aim, as parts of the size of the unrotated box.
    at: [f64; 2],
    /// The angle of the box in radians.
    angle: f64,
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
    let near = is_near(&outline, element, point, slack);
    let point = Point::from(point);
    let inside = !matches!(element.body, Body::Frame) && polyline::contains(&outline, point);
    near || inside
}

/// Whether a point lies within `slack` board units of the line around a box.
#[must_use]
pub fn is_near_outline(element: &Element, point: BoardPoint, slack: f64) -> bool {
    let place = BoxLayout::of(element);
    place.is_some_and(|place| is_near(&place.outline_polylines(), element, point, slack))
}

fn is_near(outline: &Polylines, element: &Element, point: BoardPoint, slack: f64) -> bool {
    let point = Point::from(point);
    polyline::distance(outline, point, point) <= slack + half_line_width(element)
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
        to: anchor.to,
        at: anchor.at.map(f64::from),
        angle: f64::from(element.props.angle()),
    })
}

impl AnchorTarget {
    /// The end of a line of a given width that comes from `from`: slightly before the outline, so
    /// that the two do not overlap. If the line does not cross the outline, it ends at its aim.
    pub(super) fn line_end(&self, from: Point, aim: Point, width: f64) -> Point {
        if polyline::contains(&self.outline, from) {
            return aim;
        }
        let met = polyline::first_intersection(&self.outline, from, aim)
            // An aim at a corner of the bounds of a round shape lies outside of the shape.
            .or_else(|| polyline::first_intersection(&self.outline, from, self.bounds.center()));
        met.map_or(aim, |met| self.before(met, from, width))
    }

    /// The same for an elbow line. Its last segment goes on in its direction.
    pub(super) fn elbow_end(&self, from: Point, aim: Point, width: f64) -> Point {
        if polyline::contains(&self.outline, from) {
            return aim;
        }
        // An aim on the outline itself might be missed by a rounding error.
        let beyond = aim + (aim - from) * BEYOND_AIM;
        let met = polyline::first_intersection(&self.outline, from, beyond);
        self.before(met.unwrap_or(aim), from, width)
    }

    /// The place a little before `met` on the way from `from`.
    fn before(&self, met: Point, from: Point, width: f64) -> Point {
        let back = from - met;
        let length = back.hypot();
        let gap = (self.half_line_width + width).min(length / 4.0);
        if length > 0.0 {
            met + back * (gap / length)
        } else {
            met
        }
    }

    /// The sides of the box at which a line may leave it, as directions away from the box: the one
    /// that is nearest to the aim, both at a corner, and all if the aim is well inside. A rotated
    /// box has the sides that are nearest to its own.
    pub(super) fn sides(&self) -> Vec<Heading> {
        let [x, y] = self.at;
        let away = [1.0 - x, 1.0 - y, x, y];
        let least = away.into_iter().fold(f64::INFINITY, f64::min);
        let most = if least > SIDE_SHARE { 1.0 } else { least };
        let sides = Heading::ALL.into_iter().zip(away);
        sides
            .filter(|(_, away)| *away <= most + SAME_DISTANCE)
            .map(|(side, _)| Heading::nearest(rotated(side.vector(), self.angle)))
            .collect()
    }

    /// The direction along the nearest side.
    pub(super) fn tangent(&self) -> Vec2 {
        let side = self.sides().first().copied();
        side.map_or(Vec2::ZERO, |side| rotated(side.vector(), FRAC_PI_2))
    }

    /// The aim, or the place on the outline nearest to it on the way to the middle if it lies
    /// outside.
    pub(super) fn aim_within(&self, aim: Point) -> Point {
        if polyline::contains(&self.outline, aim) {
            return aim;
        }
        polyline::first_intersection(&self.outline, aim, self.bounds.center()).unwrap_or(aim)
    }

    /// Whether a smaller box, or a point, lies inside of this box.
    pub(super) fn surrounds(&self, other: Rect) -> bool {
        let Rect { x0, y0, x1, y1 } = self.bounds;
        x0 < other.x0 && other.x1 < x1 && y0 < other.y0 && other.y1 < y1
    }
}

fn rotated(way: Vec2, angle: f64) -> Vec2 {
    let (sin, cos) = angle.sin_cos();
    Vec2::new(way.x * cos - way.y * sin, way.x * sin + way.y * cos)
}
