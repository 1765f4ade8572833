//! Paths as polylines: distances, containment and intersections.

use kurbo::{BezPath, CubicBez, Line, ParamCurve as _, PathEl, Point, QuadBez};
use serde::{Deserialize, Serialize};

use super::stroke_hit::line_distance;

/// Greatest number of segments for one curve.
const MAX_SEGMENTS: f64 = 48.0;

/// The rule that says which points lie inside of a path that crosses itself.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
pub enum FillRule {
    /// Points that the path goes round, counted with its direction.
    #[default]
    #[serde(rename = "n")]
    NonZero,
    /// Points that the path goes round an odd number of times.
    #[serde(rename = "e")]
    EvenOdd,
}

/// A path as polylines. The last point of a closed polyline equals its first.
pub type Polylines = Vec<Vec<Point>>;

/// Flattens a path; the result lies within about `tolerance` of it. `kurbo::flatten` would put the
/// vertices elsewhere: on every existing board, the ends of anchored lines and the dashes around
/// outlines would move.
#[must_use]
pub fn flatten(path: &BezPath, tolerance: f64) -> Polylines {
    let mut lines: Polylines = Vec::new();
    for element in path.elements() {
        if let PathEl::MoveTo(to) = *element {
            lines.push(vec![to]);
            continue;
        }
        let Some(line) = lines.last_mut() else {
            continue;
        };
        let (Some(&first), Some(&from)) = (line.first(), line.last()) else {
            continue;
        };
        match *element {
            PathEl::MoveTo(_) => {}
            PathEl::LineTo(to) => line.push(to),
            PathEl::QuadTo(by, to) => {
                let bend = (from.to_vec2() - by.to_vec2() * 2.0 + to.to_vec2()).hypot();
                let curve = QuadBez::new(from, by, to);
                line.extend(vertex_parameters(bend / 4.0, tolerance).map(|t| curve.eval(t)));
            }
            PathEl::CurveTo(first, second, to) => {
                let bend = |a: Point, b: Point, c: Point| {
                    (a.to_vec2() - b.to_vec2() * 2.0 + c.to_vec2()).hypot()
                };
                let bend = bend(from, first, second).max(bend(first, second, to));
                let curve = CubicBez::new(from, first, second, to);
                line.extend(vertex_parameters(bend * 0.75, tolerance).map(|t| curve.eval(t)));
            }
            PathEl::ClosePath => line.push(first),
        }
    }
    lines
}

/// The parameters of the vertices on a curve that a single segment would miss by `error`.
fn vertex_parameters(error: f64, tolerance: f64) -> impl Iterator<Item = f64> {
    let count = (error / tolerance.max(1e-9)).sqrt().ceil();
    let count = count.clamp(1.0, MAX_SEGMENTS) as u32;
    (1..=count).map(move |step| f64::from(step) / f64::from(count))
}

/// The segments of polylines. A single point is a segment of length 0.
fn segments(lines: &[Vec<Point>]) -> impl Iterator<Item = Line> + '_ {
    lines.iter().flat_map(|line| {
        let count = line.len().saturating_sub(1).max(1);
        (0..count).filter_map(|at| {
            let from = line.get(at)?;
            Some(Line::new(*from, *line.get(at + 1).unwrap_or(from)))
        })
    })
}

/// The distance between polylines and the segment from `from` to `to`; infinite without any
/// polyline.
#[must_use]
pub fn distance(lines: &[Vec<Point>], from: Point, to: Point) -> f64 {
    segments(lines)
        .map(|segment| line_distance(segment, Line::new(from, to)))
        .fold(f64::INFINITY, f64::min)
}

/// The length of a polyline.
#[must_use]
pub fn length(line: &[Point]) -> f64 {
    line.windows(2)
        .map(|pair| match pair {
            [from, to] => from.distance(*to),
            _ => 0.0,
        })
        .sum()
}

/// Whether a point lies inside of closed polylines by the even-odd rule: a region that a
/// self-crossing loop surrounds twice counts as outside. kurbo's `Shape::contains` counts it as
/// inside.
#[must_use]
pub fn contains(lines: &[Vec<Point>], point: Point) -> bool {
    let crossed = segments(lines).filter(|Line { p0: from, p1: to }| {
        (from.y > point.y) != (to.y > point.y)
            && point.x < from.x + (to.x - from.x) * (point.y - from.y) / (to.y - from.y)
    });
    crossed.count() % 2 == 1
}

/// Whether a point lies inside of closed polylines by a fill rule.
#[must_use]
pub fn contains_by(rule: FillRule, lines: &[Vec<Point>], point: Point) -> bool {
    match rule {
        FillRule::EvenOdd => contains(lines, point),
        FillRule::NonZero => winding(lines, point) != 0,
    }
}

/// How many times polylines go round a point: those with the clock minus those against it.
/// Polylines that are open count as closed, as they do when they are filled.
fn winding(lines: &[Vec<Point>], point: Point) -> i32 {
    let closings = lines
        .iter()
        .filter_map(|line| Some(Line::new(*line.last()?, *line.first()?)));
    let crossed = segments(lines)
        .chain(closings)
        .filter(|Line { p0: from, p1: to }| {
            (from.y > point.y) != (to.y > point.y)
                && point.x < from.x + (to.x - from.x) * (point.y - from.y) / (to.y - from.y)
        });
    crossed
        .map(|Line { p0: from, p1: to }| if to.y > from.y { 1 } else { -1 })
        .sum()
}

/// Whether two sets of polylines intersect or come as close as `slack`.
#[must_use]
pub fn intersects(lines: &[Vec<Point>], others: &[Vec<Point>], slack: f64) -> bool {
    segments(lines).any(|line| distance(others, line.p0, line.p1) <= slack)
}

/// The first intersection of polylines with the segment from `from` to `to`. kurbo's
/// `PathSeg::intersect_line` takes three times as long, and every anchored line calls this.
#[must_use]
pub fn first_intersection(lines: &[Vec<Point>], from: Point, to: Point) -> Option<Point> {
    let way = to - from;
    let met = segments(lines).filter_map(|Line { p0, p1 }| {
        let side = p1 - p0;
        let cross = way.cross(side);
        if cross == 0.0 {
            return None;
        }
        let along_way = (p0 - from).cross(side) / cross;
        let along_side = (p0 - from).cross(way) / cross;
        let inside = (0.0..=1.0).contains(&along_way) && (0.0..=1.0).contains(&along_side);
        inside.then_some(along_way)
    });
    met.reduce(f64::min).map(|t| from + way * t)
}
