//! Places along a path by its length, and the parts of a path outside of a rectangle.

use kurbo::{BezPath, Line, ParamCurve as _, PathSeg, Point, Rect};

use super::polyline::{Polylines, flatten, length};

/// How exactly a path is measured, as a part of its extent.
const TOLERANCE: f64 = 1.0e-4;

fn measured(path: &BezPath) -> Polylines {
    let bounds = path.control_box();
    let tolerance = bounds.width().max(bounds.height()) * TOLERANCE;
    flatten(path, tolerance)
}

/// The legs of polylines, each with its length and the length before it.
fn legs(lines: &Polylines) -> impl Iterator<Item = (Line, f64, f64)> {
    let pairs = lines.iter().flat_map(|line| line.windows(2));
    pairs.scan(0.0, |before, pair| {
        let [from, to] = *pair else { return None };
        let start = *before;
        let long = from.distance(to);
        *before += long;
        Some((Line::new(from, to), long, start))
    })
}

/// The point after a part of a path's length, 0 to 1. `None` for an empty path.
#[must_use]
pub fn point_at(path: &BezPath, part: f64) -> Option<Point> {
    let lines = measured(path);
    let wanted = lines.iter().map(|line| length(line)).sum::<f64>() * part.clamp(0.0, 1.0);
    let mut last = *lines.first()?.first()?;
    for (leg, long, start) in legs(&lines) {
        if long > 0.0 && start + long >= wanted {
            return Some(leg.eval((wanted - start) / long));
        }
        last = leg.p1;
    }
    Some(last)
}

/// The part of a path's length, 0 to 1, after which it is nearest to a point. 0 for a path without
/// length.
#[must_use]
pub fn part_at(path: &BezPath, point: Point) -> f64 {
    let lines = measured(path);
    let whole = lines.iter().map(|line| length(line)).sum::<f64>();
    let nearest = legs(&lines)
        .filter(|(_, long, _)| *long > 0.0)
        .map(|(leg, long, start)| {
            let way = leg.p1 - leg.p0;
            let t = ((point - leg.p0).dot(way) / way.hypot2()).clamp(0.0, 1.0);
            (leg.eval(t).distance(point), start + t * long)
        });
    let nearest = nearest.min_by(|(one, _), (other, _)| one.total_cmp(other));
    nearest.map_or(0.0, |(_, along)| (along / whole).clamp(0.0, 1.0))
}

/// The parts of a path that lie outside of a rectangle.
#[must_use]
pub fn cut_out(path: &BezPath, hole: Rect) -> BezPath {
    let mut left = BezPath::new();
    let mut end = None;
    for segment in path.segments() {
        let mut cuts = crossings(segment, hole);
        cuts.extend([0.0, 1.0]);
        cuts.sort_by(f64::total_cmp);
        for pair in cuts.windows(2) {
            let [from, to] = *pair else { continue };
            if to <= from || hole.contains(segment.eval(f64::midpoint(from, to))) {
                continue;
            }
            let part = segment.subsegment(from..to);
            if end != Some(part.start()) {
                left.move_to(part.start());
            }
            left.push(part.as_path_el());
            end = Some(part.end());
        }
    }
    left
}

/// Where a segment crosses the sides of a rectangle.
fn crossings(segment: PathSeg, hole: Rect) -> Vec<f64> {
    let corners = [
        Point::new(hole.x0, hole.y0),
        Point::new(hole.x1, hole.y0),
        Point::new(hole.x1, hole.y1),
        Point::new(hole.x0, hole.y1),
    ];
    let next = corners.into_iter().cycle().skip(1);
    let sides = corners.into_iter().zip(next);
    let met = sides.flat_map(|(from, to)| segment.intersect_line(Line::new(from, to)));
    met.map(|met| met.segment_t.clamp(0.0, 1.0)).collect()
}
