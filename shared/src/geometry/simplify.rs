//! Simplification: fewer points whose curve looks like the curve through all points.
//!
//! The error is measured against the curve that is painted (see [`centre_line`](super::centre_line)), at the
//! points and half way between them, not against a polyline. The algorithm adds knots where the
//! error is largest until the error is small everywhere, then removes knots that later ones have
//! made unnecessary.

use kurbo::{Line, Point};

use super::centre_line::{self, CentreSample, CurveSegment, Fineness};
use super::ink::InkPoint;
use super::stroke_hit::point_distance;

/// Change of the radius per pressure and width, for a usual pen (thinning 0.6).
const RADIUS_PER_PRESSURE: f64 = 0.63;
/// An error of the radius appears on both edges but moves nothing, so it may be larger by this
/// factor.
const RADIUS_SLACK: f64 = 1.5;

/// Removes points while the painted curve stays within `tolerance` board units of the old one, and
/// its radius about as close, for a line `width` board units wide. The first and the last point
/// stay; points in one place become one.
#[must_use]
pub fn simplify(points: &[InkPoint], tolerance: f64, width: f64) -> Vec<InkPoint> {
    let points = centre_line::distinct(points);
    if points.len() < 3 || tolerance <= 0.0 {
        return points;
    }
    let mut knots = Knots::new(&points, tolerance, width);
    knots.refine();
    knots.thin_out();
    knots.into_points()
}

/// The point where a segment of the new curve is too far from the old one.
struct Miss {
    /// Index of the point to add.
    at: usize,
}

/// The knots so far, as a doubly linked list.
struct Knots<'a> {
    points: &'a [InkPoint],
    /// The curve through all points: samples at each point and half way to the next.
    curve: Vec<CentreSample>,
    tolerance: f64,
    radius_scale: f64,
    next: Vec<Option<usize>>,
    last: Vec<Option<usize>>,
}

impl<'a> Knots<'a> {
    fn new(points: &'a [InkPoint], tolerance: f64, width: f64) -> Self {
        let mut curve = Vec::with_capacity(points.len() * 2);
        for segment in centre_line::segments(points) {
            curve.extend([segment.at(0.0), segment.at(0.5)]);
            if curve.len() + 2 == points.len() * 2 {
                curve.push(segment.at(1.0));
            }
        }
        let end = points.len().saturating_sub(1);
        let mut knots = Self {
            points,
            curve,
            tolerance,
            radius_scale: RADIUS_PER_PRESSURE * width.max(0.0) / RADIUS_SLACK,
            next: vec![None; points.len()],
            last: vec![None; points.len()],
        };
        knots.link(0, end);
        knots
    }

    fn link(&mut self, from: usize, to: usize) {
        if let Some(next) = self.next.get_mut(from) {
            *next = Some(to);
        }
        if let Some(last) = self.last.get_mut(to) {
            *last = Some(from);
        }
    }

    fn next(&self, knot: usize) -> Option<usize> {
        self.next.get(knot).copied().flatten()
    }

    fn last(&self, knot: usize) -> Option<usize> {
        self.last.get(knot).copied().flatten()
    }

    /// Adds knots until no segment misses the old curve.
    fn refine(&mut self) {
        let mut open = vec![0];
        while let Some(from) = open.pop() {
            let Some(to) = self.next(from) else { continue };
            let Some(miss) = self.miss(from, to) else {
                continue;
            };
            self.link(from, miss.at);
            self.link(miss.at, to);
            // The neighbouring segments depend on the new knots, so they changed too.
            open.extend(
                [Some(from), Some(miss.at), self.last(from), Some(to)]
                    .into_iter()
                    .flatten(),
            );
        }
    }

    /// Removes each knot without which the segments around it still fit the old curve.
    fn thin_out(&mut self) {
        let mut at = self.next(0);
        while let Some(knot) = at {
            at = self.next(knot);
            let (Some(from), Some(to)) = (self.last(knot), self.next(knot)) else {
                continue;
            };
            self.link(from, to);
            let beside = [
                self.last(from).map(|last| (last, from)),
                self.next(to).map(|next| (to, next)),
            ];
            let misses = self.miss(from, to).is_some()
                || beside
                    .into_iter()
                    .flatten()
                    .any(|(from, to)| self.miss(from, to).is_some());
            if misses {
                self.link(from, knot);
                self.link(knot, to);
            }
        }
    }

    fn into_points(self) -> Vec<InkPoint> {
        let indices = std::iter::successors(Some(0), |&knot| self.next(knot));
        indices
            .filter_map(|index| self.points.get(index))
            .copied()
            .collect()
    }

    fn segment(&self, from: usize, to: usize) -> Option<CurveSegment> {
        let point = |index: Option<usize>| index.and_then(|index| self.points.get(index)).copied();
        let (start, end) = (point(Some(from))?, point(Some(to))?);
        Some(CurveSegment::between(
            point(self.last(from)),
            start,
            end,
            point(self.next(to)),
        ))
    }

    /// The worst point between two neighbouring knots, if its error is too large and a point
    /// between the knots can reduce it.
    fn miss(&self, from: usize, to: usize) -> Option<Miss> {
        if to <= from + 1 {
            return None;
        }
        let segment = self.segment(from, to)?;
        let fineness = Fineness {
            tolerance: self.tolerance / 8.0,
            max_angle: 0.5,
        };
        let steps = segment.steps(fineness).max(2);
        let lines: Vec<CentreSample> = (0..=steps)
            .map(|step| segment.at(step as f64 / steps as f64))
            .collect();
        let mut walk = Walk { lines: &lines };
        let between = self.curve.get(from * 2 + 1..to * 2)?;
        let worst = between
            .iter()
            .enumerate()
            .map(|(offset, sample)| (offset, self.error(sample, &mut walk)))
            .max_by(|(_, a), (_, b)| a.total_cmp(b));
        let (offset, error) = worst?;
        let nearest = from + offset / 2 + 1;
        (error > self.tolerance).then(|| Miss {
            at: nearest.clamp(from + 1, to - 1),
        })
    }

    fn error(&self, sample: &CentreSample, walk: &mut Walk<'_>) -> f64 {
        let (distance, pressure) = walk.nearest(sample.position);
        distance.max((pressure - sample.pressure).abs() * self.radius_scale)
    }
}

/// Walks along a line of samples and finds the nearest place to each query. It never walks back.
struct Walk<'a> {
    lines: &'a [CentreSample],
}

impl Walk<'_> {
    /// The distance from `point` to the rest of the line, and the pressure at the nearest place.
    fn nearest(&mut self, point: Point) -> (f64, f64) {
        let mut best = self.here(self.lines, point);
        while let Some((_, ahead)) = self
            .lines
            .split_first()
            .filter(|(_, ahead)| ahead.len() > 1)
        {
            let next = self.here(ahead, point);
            if next.0 > best.0 {
                break;
            }
            best = next;
            self.lines = ahead;
        }
        best
    }

    fn here(&self, lines: &[CentreSample], point: Point) -> (f64, f64) {
        let [a, b, ..] = lines else {
            return (f64::INFINITY, 0.0);
        };
        let whole = (b.position - a.position).hypot();
        let distance = point_distance(point, Line::new(a.position, b.position));
        let part = if whole > 0.0 {
            ((point - a.position).dot(b.position - a.position) / (whole * whole)).clamp(0.0, 1.0)
        } else {
            0.0
        };
        (distance, a.pressure + (b.pressure - a.pressure) * part)
    }
}
