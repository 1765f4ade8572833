//! Moving, scaling and rotating elements.
//!
//! A transform describes a gesture in a few numbers, so a client can send it to others many times a
//! second. The same function computes the preview that others see during the gesture and the
//! properties that the op at its end sets.

use std::f64::consts::PI;

use kurbo::{Affine, Point, Vec2};
use serde::{Deserialize, Serialize};

use crate::geometry::BoardPoint;
use crate::limits::{MAX_COORD, MAX_SCALE, MIN_SCALE};

use super::appearance::KeptSegment;
use super::board::Board;
use super::element::{Body, Element};
use super::layout::{line_points, local_to_board};
use super::prop::Prop;

mod boxed;

use boxed::transformed_box;

/// A map keeps the directions of the axes if the parts that turn them are smaller than this.
const AXIS_TOLERANCE: f64 = 1.0e-6;

/// A change of position, size or angle that applies to all selected elements alike.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub enum Transform {
    /// Moves by a distance in board units.
    #[serde(rename = "m")]
    Move([f64; 2]),
    /// Scales about a fixed point, along axes that are rotated by `angle` radians. Factors are not
    /// 0; negative factors mirror.
    #[serde(rename = "s")]
    Scale {
        /// The point that stays where it is.
        about: BoardPoint,
        /// Factors along the two axes.
        by: [f64; 2],
        /// The rotation of the axes in radians.
        angle: f64,
    },
    /// Rotates about a fixed point, clockwise.
    #[serde(rename = "r")]
    Rotate {
        /// The point that stays where it is.
        about: BoardPoint,
        /// The angle in radians.
        by: f64,
    },
}

impl Transform {
    /// Whether all numbers are finite and within the bounds of the board.
    #[must_use]
    pub fn is_valid(&self) -> bool {
        let near = |value: f64| value.abs() <= 2.0 * MAX_COORD;
        match *self {
            Self::Move([x, y]) => near(x) && near(y),
            Self::Scale { about, by, angle } => {
                let factor = |by: f64| (1.0e-9..=1.0e9).contains(&by.abs());
                near(about.x) && near(about.y) && by.into_iter().all(factor) && angle.abs() < 1e3
            }
            Self::Rotate { about, by } => near(about.x) && near(about.y) && by.abs() < 1e3,
        }
    }

    /// The transform as an affine map of the plane.
    #[must_use]
    pub fn affine(&self) -> Affine {
        match *self {
            Self::Move([x, y]) => Affine::translate((x, y)),
            Self::Scale { about, by, angle } => {
                let about = kurbo::Point::from(about).to_vec2();
                Affine::translate(about)
                    * Affine::rotate(angle)
                    * Affine::scale_non_uniform(by[0], by[1])
                    * Affine::rotate(-angle)
                    * Affine::translate(-about)
            }
            Self::Rotate { about, by } => Affine::rotate_about(by, kurbo::Point::from(about)),
        }
    }
}

/// The properties that a transform changes on an element, with their new values. If no values give
/// the exact result, for example when a rotated box is scaled along axes that are not its own, the
/// nearest possible ones are returned. Transforming a frame does not change its members. Anchors stay. A
/// line with anchors gets its current points, so that it stays in place when it is detached later.
#[must_use]
pub fn transformed_props(board: &Board, element: &Element, transform: &Transform) -> Vec<Prop> {
    let mut props = match (transform, &element.body) {
        (_, Body::Line) => transformed_line(board, element, transform),
        (Transform::Move(by), _) => {
            let at = element.props.at;
            vec![Prop::At(BoardPoint::new(at.x + by[0], at.y + by[1]))]
        }
        (Transform::Scale { .. } | Transform::Rotate { .. }, Body::Stroke(_)) => {
            transformed_stroke(element, transform)
        }
        (
            Transform::Scale { .. } | Transform::Rotate { .. },
            Body::Shape(_)
            | Body::Text
            | Body::Sticky { .. }
            | Body::Frame
            | Body::Path(_)
            | Body::Image,
        ) => transformed_box(element, transform),
    };
    for prop in &mut props {
        if let Prop::At(at) = prop {
            at.x = at.x.clamp(-MAX_COORD, MAX_COORD);
            at.y = at.y.clamp(-MAX_COORD, MAX_COORD);
        }
    }
    props.retain(|prop| element.props.get(prop.key()) != *prop);
    props
}

/// Applies the linear part of a map to a direction.
fn apply_linear(map: Affine, direction: Vec2) -> Vec2 {
    let [a, b, c, d, _, _] = map.as_coeffs();
    Vec2::new(
        a * direction.x + c * direction.y,
        b * direction.x + d * direction.y,
    )
}

/// The angle that an element should have after a transform if its upper side stays up. A mirror
/// image rotates the other way.
fn expected_angle(angle: f64, transform: &Transform) -> f64 {
    match *transform {
        Transform::Move(_) => angle,
        Transform::Rotate { about: _, by } => angle + by,
        Transform::Scale {
            about: _,
            by: [x, y],
            angle: axes,
        } if x * y < 0.0 => 2.0 * axes - angle,
        Transform::Scale { .. } => angle,
    }
}

/// Brings an angle into the range −π ..= π.
fn normalized(angle: f64) -> f32 {
    (angle.sin().atan2(angle.cos())) as f32
}

fn position(element: &Element, transform: &Transform) -> Prop {
    Prop::At((transform.affine() * Point::from(element.props.at)).into())
}

fn transformed_stroke(element: &Element, transform: &Transform) -> Vec<Prop> {
    let map = transform.affine() * local_to_board(element);
    let (right, down) = (
        apply_linear(map, Vec2::new(1.0, 0.0)),
        apply_linear(map, Vec2::new(0.0, 1.0)),
    );
    let mut stretch = [right.hypot(), right.cross(down) / right.hypot()];
    let mut angle = right.atan2();
    // Rotating by π equals mirroring along both axes. The angle nearest to the old one is chosen.
    if (angle - expected_angle(f64::from(element.props.angle()), transform)).cos() < 0.0 {
        angle += PI;
        stretch = stretch.map(|by| -by);
    }
    let bounded = |by: f64| {
        let size = (by.abs() as f32).clamp(MIN_SCALE, MAX_SCALE);
        if by < 0.0 { -size } else { size }
    };
    vec![
        position(element, transform),
        Prop::Angle(normalized(angle)),
        Prop::Scale(stretch.map(bounded)),
    ]
}

fn transformed_line(board: &Board, element: &Element, transform: &Transform) -> Vec<Prop> {
    let map = transform.affine();
    let origin = Point::from(element.props.at);
    let limit = MAX_COORD as f32;
    let held = element.props.start().is_some() || element.props.end().is_some();
    let own = if held {
        let points = line_points(board, element).into_iter();
        points.map(|point| Point::from(point) - origin).collect()
    } else {
        let points = element.props.points().into_iter();
        points
            .map(|[x, y]| Vec2::new(f64::from(x), f64::from(y)))
            .collect::<Vec<_>>()
    };
    let points = own.into_iter().map(|point| {
        let moved = apply_linear(map, point);
        [moved.x as f32, moved.y as f32].map(|value| value.clamp(-limit, limit))
    });
    vec![
        position(element, transform),
        Prop::Points(points.collect()),
        Prop::KeptSegments(transformed_segments(element, map)),
    ]
}

/// The moved segments of an elbow line after a transform. They are dropped if it does not map
/// horizontal and vertical lines to such lines.
fn transformed_segments(element: &Element, map: Affine) -> Vec<KeptSegment> {
    let [a, b, c, d, _, _] = map.as_coeffs();
    let limit = MAX_COORD as f32;
    let scaled = |at: f32, by: f64| ((f64::from(at) * by) as f32).clamp(-limit, limit);
    let is_small = |one: f64, other: f64| one.abs() + other.abs() < AXIS_TOLERANCE;
    let segments = element.props.kept_segments().into_iter();
    if is_small(b, c) {
        let mapped = segments.map(|segment| match segment {
            KeptSegment::Vertical(x) => KeptSegment::Vertical(scaled(x, a)),
            KeptSegment::Horizontal(y) => KeptSegment::Horizontal(scaled(y, d)),
        });
        mapped.collect()
    } else if is_small(a, d) {
        let mapped = segments.map(|segment| match segment {
            KeptSegment::Vertical(x) => KeptSegment::Horizontal(scaled(x, b)),
            KeptSegment::Horizontal(y) => KeptSegment::Vertical(scaled(y, c)),
        });
        mapped.collect()
    } else {
        Vec::new()
    }
}
