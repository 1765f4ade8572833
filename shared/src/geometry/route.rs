//! Paths through points: smooth curves, and straight segments with rounded corners.

use kurbo::{BezPath, Point};

use super::centre_line::unit;
use super::spline::{SAME_POINT, handles};

/// Handle length of the Bézier curve that rounds a corner, as a part of the radius, measured from
/// the corner's side.
const QUARTER_CIRCLE: f64 = 0.552_284_75;

/// A smooth curve through all points: a centripetal Catmull-Rom spline, which makes no loops. Two
/// points give a straight line.
#[must_use]
pub fn smooth_path(points: &[Point]) -> BezPath {
    let points = distinct(points);
    let mut path = start(&points);
    for (index, pair) in points.windows(2).enumerate() {
        let [from, to] = *pair else { continue };
        let before = index.checked_sub(1).and_then(|index| points.get(index));
        let after = points.get(index + 2);
        let [out, into] = handles(before.copied(), from, to, after.copied());
        path.curve_to(out, into, to);
    }
    path
}

/// Straight segments through all points. Each corner is rounded with `radius`, or less if its sides
/// are short.
#[must_use]
pub fn rounded_path(points: &[Point], radius: f64) -> BezPath {
    let points = distinct(points);
    let mut path = start(&points);
    for (index, corner) in points.iter().enumerate().skip(1) {
        let (Some(before), after) = (points.get(index - 1), points.get(index + 1)) else {
            continue;
        };
        let Some(after) = after.filter(|_| radius > 0.0) else {
            path.line_to(*corner);
            continue;
        };
        round_corner(&mut path, *before, *corner, *after, radius);
    }
    path
}

/// A closed polygon. Each corner is rounded with `radius`, or less if its sides are short.
#[must_use]
pub fn rounded_polygon(corners: &[Point], radius: f64) -> BezPath {
    let mut path = BezPath::new();
    let around = corners.iter().cycle();
    let sides = corners
        .iter()
        .zip(around.clone().skip(1))
        .zip(around.skip(2));
    for (index, ((before, corner), after)) in sides.enumerate() {
        if index == 0 {
            // A rounded corner ends on its side, a sharp one at the corner.
            path.move_to(if radius > 0.0 {
                before.midpoint(*corner)
            } else {
                *before
            });
        }
        if radius > 0.0 {
            round_corner(&mut path, *before, *corner, *after, radius);
        } else {
            path.line_to(*corner);
        }
    }
    path.close_path();
    path
}

/// Draws the corner between the side before it and the side after it.
fn round_corner(path: &mut BezPath, before: Point, corner: Point, after: Point, radius: f64) {
    let (back, ahead) = (before - corner, after - corner);
    let reach = radius.min(back.hypot() / 2.0).min(ahead.hypot() / 2.0);
    let (back, ahead) = (unit(back) * reach, unit(ahead) * reach);
    path.line_to(corner + back);
    path.curve_to(
        corner + back * (1.0 - QUARTER_CIRCLE),
        corner + ahead * (1.0 - QUARTER_CIRCLE),
        corner + ahead,
    );
}

fn start(points: &[Point]) -> BezPath {
    let mut path = BezPath::new();
    if let Some(first) = points.first() {
        path.move_to(*first);
        if points.len() == 1 {
            path.line_to(*first);
        }
    }
    path
}

/// Removes points that lie in the same place as the point before.
fn distinct(points: &[Point]) -> Vec<Point> {
    let mut kept: Vec<Point> = points
        .iter()
        .copied()
        .filter(|point| point.is_finite())
        .collect();
    kept.dedup_by(|a, b| a.distance(*b) < SAME_POINT);
    kept
}
