//! Geometry of the ways of edges.

use kurbo::{Line, Point, Rect};

/// Points of a way that are nearer than this to the line between their neighbours are left out.
const FLAT: f64 = 6.0;

/// The point on the border of a rectangle that is nearest to a point inside.
pub(super) fn on_border(rect: Rect, point: Point) -> Point {
    let sides = [
        Point::new(rect.x0, point.y),
        Point::new(rect.x1, point.y),
        Point::new(point.x, rect.y0),
        Point::new(point.x, rect.y1),
    ];
    let nearest = sides.into_iter().reduce(|best, side| {
        if side.distance(point) < best.distance(point) {
            side
        } else {
            best
        }
    });
    nearest.unwrap_or(point)
}

/// Whether a line passes through a rectangle.
pub(super) fn meets(line: Line, rect: Rect) -> bool {
    let way = line.p1 - line.p0;
    let (mut first, mut last) = (0.0_f64, 1.0_f64);
    let sides = [
        (line.p0.x, way.x, rect.x0, rect.x1),
        (line.p0.y, way.y, rect.y0, rect.y1),
    ];
    for (from, by, low, high) in sides {
        if by == 0.0 {
            if from < low || from > high {
                return false;
            }
            continue;
        }
        let (one, other) = ((low - from) / by, (high - from) / by);
        first = first.max(one.min(other));
        last = last.min(one.max(other));
    }
    first < last
}

/// The points without those that hardly bend the way, but with the one of the label.
pub(super) fn without_flat(points: &[Point], label: Option<Point>) -> Vec<Point> {
    let mut kept: Vec<Point> = Vec::with_capacity(points.len());
    for (at, point) in points.iter().enumerate() {
        let next = points.get(at + 1);
        let is_flat = match (kept.last(), next) {
            (Some(before), Some(next)) => {
                let way = *next - *before;
                let length = way.hypot();
                length > 0.0 && (way.cross(*point - *before) / length).abs() < FLAT
            }
            _ => false,
        };
        let is_label = label.is_some_and(|label| label.distance(*point) < FLAT);
        if !is_flat || is_label {
            kept.push(*point);
        }
    }
    kept
}
