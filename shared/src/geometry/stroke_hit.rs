//! Hit test of a stroke with a disc that moves in a straight line, and bounds of a stroke.

use kurbo::{Line, ParamCurveNearest as _, PathSeg, Point, Rect};

use super::centre_line::{CentreSample, Fineness, distinct, dot, pairs, position};
use super::ink::InkPoint;
use super::near_line::parts_near;
use super::outline::InkShape;
use super::point::{BoardPoint, BoardRect};

/// Whether a disc of `radius` board units, swept in a straight line from `from` to `to`, meets the
/// ink of the stroke through `points`.
#[must_use]
pub fn stroke_hit(
    points: &[InkPoint],
    shape: &InkShape,
    from: BoardPoint,
    to: BoardPoint,
    radius: f64,
) -> bool {
    let sweep = Line::new(from, to);
    // An error of an eighth of the width cannot be seen.
    let fineness = Fineness {
        tolerance: (shape.width + radius).max(1e-3) / 8.0,
        max_angle: 0.6,
    };
    let reaches = |a: &CentreSample, b: &CentreSample| {
        let widest = shape.radius(a.pressure.max(b.pressure));
        line_distance(Line::new(a.position, b.position), sweep) <= widest + radius
    };
    let farthest = radius + shape.radius(1.0) + fineness.tolerance;
    let reach = Rect::from_points(sweep.p0, sweep.p1).inflate(farthest, farthest);
    let points = distinct(points);
    if let [single] = *points.as_slice() {
        let dot = dot(single);
        return reaches(&dot, &dot);
    }
    let mut parts = parts_near(&points, fineness, reach).into_iter();
    parts.any(|part| {
        let mut steps = part.samples.windows(2);
        steps.any(|pair| matches!(pair, [a, b] if reaches(a, b)))
    })
}

/// A rectangle that contains the painted shape of the stroke through `points` and is slightly
/// larger. Without points it is an empty rectangle at the origin.
#[must_use]
pub fn bounds_of(points: &[InkPoint], shape: &InkShape) -> BoardRect {
    let points = distinct(points);
    let Some(first) = points.first().copied().map(position) else {
        return BoardRect::ZERO;
    };
    let hull = pairs(&points)
        .flat_map(|pair| pair.hull())
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

/// The distance between two line segments.
pub(super) fn line_distance(a: Line, b: Line) -> f64 {
    if !PathSeg::Line(a).intersect_line(b).is_empty() {
        return 0.0;
    }
    let ends = [(a.p0, b), (a.p1, b), (b.p0, a), (b.p1, a)];
    ends.into_iter()
        .map(|(end, other)| point_distance(end, other))
        .fold(f64::INFINITY, f64::min)
}

/// The distance between a point and a line segment.
pub(super) fn point_distance(point: Point, line: Line) -> f64 {
    // kurbo finds the nearest point of a line exactly, at any requested accuracy.
    line.nearest(point, 0.0).distance_sq.sqrt()
}
