//! Lines through points: smooth ones, and straight ones with rounded corners.
//!
//! It must not know what the lines connect or how wide they are.

use kurbo::{BezPath, Point};

use super::smooth::unit;
use super::spline::{SAME_POINT, handles};

/// Handle length of a quarter of a circle with radius 1, from the corner's side.
const ROUND: f64 = 0.552_284_75;

/// A smooth curve through all points: a centripetal Catmull-Rom spline, which
/// makes no loops of its own. Two points give a straight line.
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

/// Straight lines through all points, each corner cut round with `radius` as far
/// as its sides are long enough.
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

/// A closed polygon, each corner cut round with `radius` as far as its sides are long enough.
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
            // A rounded corner ends within its side, a sharp one in the corner.
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

/// Goes from the side before a corner to the side after it.
fn round_corner(path: &mut BezPath, before: Point, corner: Point, after: Point, radius: f64) {
    let (back, ahead) = (before - corner, after - corner);
    let reach = radius.min(back.hypot() / 2.0).min(ahead.hypot() / 2.0);
    let (back, ahead) = (unit(back) * reach, unit(ahead) * reach);
    path.line_to(corner + back);
    path.curve_to(
        corner + back * (1.0 - ROUND),
        corner + ahead * (1.0 - ROUND),
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

/// The points without neighbours in the same place.
fn distinct(points: &[Point]) -> Vec<Point> {
    let mut kept: Vec<Point> = points
        .iter()
        .copied()
        .filter(|point| point.is_finite())
        .collect();
    kept.dedup_by(|a, b| a.distance(*b) < SAME_POINT);
    kept
}
