//! The parts of a centre line near a rectangle.
//!
//! A stroke can be far longer than the part of the board that a picture or a hit test is about. The
//! work here is a small test for each point, and the flattening of the curves that come near.

use kurbo::{BezPath, Point, Rect};

use super::centre_line::{CentreSample, Fineness, pairs, position};
use super::ink::InkPoint;
use super::point::length;

/// A part of a centre line.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct LinePart {
    /// Its samples; at least two.
    pub(super) samples: Vec<CentreSample>,
    /// Whether it begins where the whole line begins.
    pub(super) is_first: bool,
    /// Whether it ends where the whole line ends.
    pub(super) is_last: bool,
}

/// The parts of the centre line through `points` that come into `reach`, each longer by at most one
/// step at both ends. Their samples are those of the whole line. The points must be
/// [`distinct`](super::centre_line::distinct); a single one has no parts.
pub(super) fn parts_near(points: &[InkPoint], fineness: Fineness, reach: Rect) -> Vec<LinePart> {
    let reach = Reach::new(reach);
    let last = points.len().saturating_sub(2);
    let mut parts = Parts::default();
    for (index, pair) in pairs(points).enumerate() {
        let hull = pair.hull();
        let [from, from_handle, to_handle, to] = hull;
        // The curve is no farther from the line between its ends than its handles are.
        let chord = Chord::between(from, to);
        let bend = chord.distance(from_handle).max(chord.distance(to_handle));
        if !reach.is_near(&chord, box_of(hull), bend) {
            parts.finish();
            continue;
        }
        let segment = pair.curve(hull);
        let steps = segment.steps(fineness);
        let mut before = segment.at(0.0);
        for step in 1..=steps {
            let sample = segment.at(step as f64 / steps as f64);
            let (a, b) = (before.position, sample.position);
            let span = Rect::from_points(a, b);
            if reach.is_near(&Chord::between(a, b), span, fineness.tolerance) {
                let is_first = index == 0 && step == 1;
                parts.push_step(before, sample, is_first, step == 1);
                parts.mark_last(index == last && step == steps);
            } else {
                parts.finish();
            }
            before = sample;
        }
    }
    parts.finish();
    parts.done
}

/// Between points that are nearer than so many times the tolerance, a curve looks straight.
const STRAIGHT: f64 = 6.0;

/// The curve through `points` as a path, as far as it comes into `reach`. Points that are nearer
/// than `tolerance` to the one before are left out.
pub(super) fn path_near(points: &[InkPoint], tolerance: f64, reach: Rect) -> BezPath {
    let points = thinned(points, tolerance);
    let reach = Reach::new(reach);
    let mut path = BezPath::with_capacity(points.len());
    let mut pen = None;
    for pair in pairs(&points) {
        let [from, to] = pair.ends();
        let chord = Chord::between(from, to);
        if chord.length < STRAIGHT * tolerance {
            if reach.is_near(&chord, Rect::from_points(from, to), 0.0) {
                if pen != Some(from) {
                    path.move_to(from);
                }
                path.line_to(to);
                pen = Some(to);
            }
            continue;
        }
        let hull = pair.hull();
        let [_, from_handle, to_handle, _] = hull;
        let bend = chord.distance(from_handle).max(chord.distance(to_handle));
        if reach.is_near(&chord, box_of(hull), bend) {
            if pen != Some(from) {
                path.move_to(from);
            }
            path.curve_to(from_handle, to_handle, to);
            pen = Some(to);
        }
    }
    path
}

/// The points without those that are nearer than `tolerance` to the one kept before. The last one
/// stays.
pub(super) fn thinned(points: &[InkPoint], tolerance: f64) -> Vec<InkPoint> {
    let mut kept: Vec<InkPoint> = Vec::with_capacity(points.len());
    for point in points {
        let last = kept.last().map(|last| position(*last));
        if last.is_none_or(|last| length(last - position(*point)) >= tolerance) {
            kept.push(*point);
        }
    }
    if let (Some(last), Some(end)) = (kept.last(), points.last())
        && last != end
    {
        kept.push(*end);
    }
    kept
}

fn box_of([a, b, c, d]: [Point; 4]) -> Rect {
    Rect::from_points(a, d).union(Rect::from_points(b, c))
}

/// A rectangle, and the disc around it.
struct Reach {
    rect: Rect,
    centre: Point,
    radius: f64,
}

impl Reach {
    fn new(rect: Rect) -> Self {
        Self {
            rect,
            centre: rect.center(),
            radius: (rect.width() / 2.0).hypot(rect.height() / 2.0),
        }
    }

    /// Whether a curve may come into the rectangle that lies within `box_` and within `bend` of a
    /// chord.
    fn is_near(&self, chord: &Chord, box_: Rect, bend: f64) -> bool {
        let (a, b) = (self.rect, box_);
        let overlap = a.x0 <= b.x1 && b.x0 <= a.x1 && a.y0 <= b.y1 && b.y0 <= a.y1;
        overlap && chord.distance(self.centre) <= self.radius + bend
    }
}

/// The straight line through two points.
struct Chord {
    from: Point,
    direction: kurbo::Vec2,
    length: f64,
}

impl Chord {
    fn between(from: Point, to: Point) -> Self {
        let direction = to - from;
        Self {
            from,
            direction,
            length: length(direction),
        }
    }

    /// The distance of a point from the line; from its only point, if it has no length.
    fn distance(&self, point: Point) -> f64 {
        let way = point - self.from;
        if self.length > 0.0 {
            self.direction.cross(way).abs() / self.length
        } else {
            length(way)
        }
    }
}

/// Parts that are done, and the one that grows.
#[derive(Default)]
struct Parts {
    done: Vec<LinePart>,
    growing: Option<LinePart>,
}

impl Parts {
    /// Adds a step. At a corner, the line has two samples in one place.
    fn push_step(&mut self, from: CentreSample, to: CentreSample, is_first: bool, new_curve: bool) {
        let part = self.growing.get_or_insert_with(|| LinePart {
            samples: vec![from],
            is_first,
            is_last: false,
        });
        let turns = |last: &CentreSample| last.direction.dot(from.direction) <= 0.999;
        if new_curve && part.samples.len() > 1 && part.samples.last().is_some_and(turns) {
            part.samples.push(from);
        }
        part.samples.push(to);
    }

    fn mark_last(&mut self, is_last: bool) {
        if let Some(part) = &mut self.growing {
            part.is_last = is_last;
        }
    }

    fn finish(&mut self) {
        self.done.extend(self.growing.take());
    }
}
