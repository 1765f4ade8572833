//! What an eraser touches, and where a stroke can be.
//!
//! It must not know tools, selections or zoom.

use kurbo::{Point, Rect};

use super::ink::InkPoint;
use super::outline::InkShape;
use super::point::{BoardPoint, BoardRect};
use super::smooth::{CentreSample, Fineness, centre_line, distinct, pieces, position};

/// Whether a disc of `radius` board units, swept straight from `from` to `to`,
/// touches the ink of the stroke through `points`.
#[must_use]
pub fn stroke_hit(
    points: &[InkPoint],
    shape: &InkShape,
    from: BoardPoint,
    to: BoardPoint,
    radius: f64,
) -> bool {
    let sweep = (Point::from(from), Point::from(to));
    let reach = Rect::from_points(sweep.0, sweep.1).inflate(radius, radius);
    if !touch(bounds_of(points, shape), reach) {
        return false;
    }
    // An eighth of what is visible is finer than any hand that erases.
    let fineness = Fineness {
        tolerance: (shape.width + radius).max(1e-3) / 8.0,
        turn: 0.6,
    };
    let line = centre_line(points, fineness);
    let reaches = |a: &CentreSample, b: &CentreSample| {
        let widest = shape.radius(a.pressure.max(b.pressure));
        segment_distance((a.position, b.position), sweep) <= widest + radius
    };
    match line.as_slice() {
        [dot] => reaches(dot, dot),
        line => line
            .windows(2)
            .any(|pair| matches!(pair, [a, b] if reaches(a, b))),
    }
}

/// A rectangle that holds the drawn shape of the stroke through `points`, with
/// little to spare. Without points an empty one at the origin.
#[must_use]
pub fn bounds_of(points: &[InkPoint], shape: &InkShape) -> BoardRect {
    let points = distinct(points);
    let Some(first) = points.first().copied().map(position) else {
        return BoardRect::ZERO;
    };
    let hull = pieces(&points)
        .flat_map(|piece| piece.hull())
        .fold(Rect::from_points(first, first), |rect, point| {
            rect.union_pt(point)
        });
    let pressure = points
        .iter()
        .map(|point| point.pressure)
        .fold(0.0, f32::max);
    let widest = shape.radius(pressure.into());
    hull.inflate(widest, widest)
}

fn touch(a: Rect, b: Rect) -> bool {
    a.x0 <= b.x1 && b.x0 <= a.x1 && a.y0 <= b.y1 && b.y0 <= a.y1
}

pub(super) type Segment = (Point, Point);

/// How near two straight lines come.
pub(super) fn segment_distance(a: Segment, b: Segment) -> f64 {
    if cross(a, b) {
        return 0.0;
    }
    let ends = [(a.0, b), (a.1, b), (b.0, a), (b.1, a)];
    ends.into_iter()
        .map(|(end, other)| point_distance(end, other))
        .fold(f64::INFINITY, f64::min)
}

fn cross((a0, a1): Segment, (b0, b1): Segment) -> bool {
    let side = |from: Point, to: Point, point: Point| (to - from).cross(point - from);
    side(a0, a1, b0) * side(a0, a1, b1) < 0.0 && side(b0, b1, a0) * side(b0, b1, a1) < 0.0
}

/// Distance from `point` to the nearest place of `segment`.
pub(super) fn point_distance(point: Point, (from, to): Segment) -> f64 {
    let along = to - from;
    let length2 = along.hypot2();
    let t = if length2 > 0.0 {
        (point - from).dot(along) / length2
    } else {
        0.0
    };
    (point - (from + along * t.clamp(0.0, 1.0))).hypot()
}
