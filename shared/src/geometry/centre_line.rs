//! The centre line of a stroke: a smooth curve through its points.
//!
//! Between two points runs one cubic Bézier segment of a centripetal Catmull-Rom spline. The curve
//! passes through every point and makes no loops or cusps. A segment depends only on its two points
//! and one neighbour on each side, so new points change a growing stroke only near its tip. At a
//! sharp turn the curve has a true corner. Pressure follows a monotone cubic, so it never exceeds
//! the values that were drawn.

use kurbo::{Point, Vec2};

use super::ink::InkPoint;
use super::point::length;
use super::spline::{SAME_POINT, handles};

/// A turn sharper than this is a corner: the cosine of 100°. With a blunter limit, small fast loops
/// sampled at 60 Hz would become polygons.
const CORNER_COSINE: f64 = -0.17;
/// Greatest number of line segments for one curve.
const MAX_STEPS: f64 = 64.0;

/// The curve between two neighbouring points.
#[derive(Clone, Copy, Debug)]
pub(super) struct CurveSegment {
    from: Point,
    from_handle: Point,
    to_handle: Point,
    to: Point,
    /// Pressure as a cubic Hermite curve: both values and both slopes.
    pressure: [f64; 4],
}

/// A sample of the centre line.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct CentreSample {
    /// The position in board units.
    pub position: Point,
    /// The direction of the line; length 1.
    pub direction: Vec2,
    /// Pressure, 0.0 ..= 1.0.
    pub pressure: f64,
}

/// How finely a curve is flattened.
#[derive(Clone, Copy, Debug)]
pub struct Fineness {
    /// Greatest distance between the curve and the polyline, in board units.
    pub tolerance: f64,
    /// Greatest angle between two segments of the polyline, in radians.
    pub max_angle: f64,
}

/// Two neighbouring points of a stroke, and the points around them.
#[derive(Clone, Copy, Debug)]
pub(super) struct Neighbours {
    before: Option<InkPoint>,
    from: InkPoint,
    to: InkPoint,
    after: Option<InkPoint>,
}

impl Neighbours {
    /// Where the curve between the two points begins and ends.
    pub(super) const fn ends(&self) -> [Point; 2] {
        [position(self.from), position(self.to)]
    }

    /// The four control points of the curve between the two points, whose hull contains it.
    pub(super) fn hull(&self) -> [Point; 4] {
        let Self {
            before,
            from,
            to,
            after,
        } = *self;
        let smooth_before = before.filter(|&before| !is_corner(before, from, to));
        let smooth_after = after.filter(|&after| !is_corner(from, to, after));
        let (start, end) = (position(from), position(to));
        let [from_handle, to_handle] = handles(
            smooth_before.map(position),
            start,
            end,
            smooth_after.map(position),
        );
        [start, from_handle, to_handle, end]
    }

    /// The curve with these control points.
    pub(super) fn curve(&self, [from, from_handle, to_handle, to]: [Point; 4]) -> CurveSegment {
        CurveSegment {
            from,
            from_handle,
            to_handle,
            to,
            pressure: pressure_curve(self.before, self.from, self.to, self.after),
        }
    }
}

impl CurveSegment {
    /// The curve from `from` to `to`, given the points around them.
    pub(super) fn between(
        before: Option<InkPoint>,
        from: InkPoint,
        to: InkPoint,
        after: Option<InkPoint>,
    ) -> Self {
        let neighbours = Neighbours {
            before,
            from,
            to,
            after,
        };
        neighbours.curve(neighbours.hull())
    }

    /// The sample of the curve at `t`, 0.0 ..= 1.0.
    pub(super) fn at(&self, t: f64) -> CentreSample {
        let s = 1.0 - t;
        let [a, b, c, d] =
            [self.from, self.from_handle, self.to_handle, self.to].map(Point::to_vec2);
        let place =
            a * (s * s * s) + b * (3.0 * s * s * t) + c * (3.0 * s * t * t) + d * (t * t * t);
        let slope = (b - a) * (s * s) + (c - b) * (2.0 * s * t) + (d - c) * (t * t);
        let slope = if slope.hypot2() > 0.0 { slope } else { d - a };
        CentreSample {
            position: place.to_point(),
            direction: unit(slope),
            pressure: self.pressure_at(t),
        }
    }

    fn pressure_at(&self, t: f64) -> f64 {
        let [p0, p1, m0, m1] = self.pressure;
        let (t2, t3) = (t * t, t * t * t);
        let value = p0 * (2.0 * t3 - 3.0 * t2 + 1.0)
            + m0 * (t3 - 2.0 * t2 + t)
            + p1 * (3.0 * t2 - 2.0 * t3)
            + m1 * (t3 - t2);
        value.clamp(0.0, 1.0)
    }

    /// The number of line segments that the requested fineness needs.
    pub(super) fn steps(&self, fineness: Fineness) -> usize {
        let legs = [
            self.from_handle - self.from,
            self.to_handle - self.from_handle,
            self.to - self.to_handle,
        ];
        let [first, middle, last] = legs;
        let bend = length(middle - first).max(length(last - middle));
        // The second derivative is at most 6 · bend, and a polyline of n segments is off by 1/8 of
        // it over n².
        let by_distance = (0.75 * bend / fineness.tolerance).sqrt();
        let bent_by = angle(first, middle).abs() + angle(middle, last).abs();
        let by_angle = 1.5 * bent_by / fineness.max_angle;
        let [from, to, ..] = self.pressure;
        let by_pressure = 8.0 * (to - from).abs();
        by_distance
            .max(by_angle)
            .max(by_pressure)
            .ceil()
            .clamp(1.0, MAX_STEPS) as usize
    }

    /// The four control points, whose hull contains the whole curve.
    pub(super) const fn hull(&self) -> [Point; 4] {
        [self.from, self.from_handle, self.to_handle, self.to]
    }
}

/// The values and slopes of the pressure on one segment, limited so that the curve stays between
/// the two values.
fn pressure_curve(
    before: Option<InkPoint>,
    from: InkPoint,
    to: InkPoint,
    after: Option<InkPoint>,
) -> [f64; 4] {
    let step = |a: InkPoint, b: InkPoint| {
        let length = length(position(b) - position(a)).max(SAME_POINT);
        (length, f64::from(b.pressure - a.pressure) / length)
    };
    let (length, rise) = step(from, to);
    let slope = |other: Option<(f64, f64)>| match other {
        // The harmonic mean, and zero at peaks and valleys, make the curve monotone.
        Some((l, r)) if r * rise > 0.0 => {
            let (w1, w2) = (2.0 * length + l, length + 2.0 * l);
            (w1 + w2) / (w1 / r + w2 / rise)
        }
        Some(_) => 0.0,
        None => rise,
    };
    let start = slope(before.map(|before| step(before, from)));
    let end = slope(after.map(|after| step(to, after)));
    [
        from.pressure.into(),
        to.pressure.into(),
        start * length,
        end * length,
    ]
}

/// Whether the line turns so sharply at `at` that it must keep a corner.
pub(super) fn is_corner(before: InkPoint, at: InkPoint, after: InkPoint) -> bool {
    let into = unit(position(at) - position(before));
    let out = unit(position(after) - position(at));
    into.dot(out) < CORNER_COSINE
}

/// Removes points in the same place as the point before, and points that are not finite.
#[must_use]
pub fn distinct(points: &[InkPoint]) -> Vec<InkPoint> {
    distinct_with_index(points)
        .into_iter()
        .map(|(_, point)| point)
        .collect()
}

/// The same, each point with its index among all points.
pub(super) fn distinct_with_index(points: &[InkPoint]) -> Vec<(usize, InkPoint)> {
    let mut kept: Vec<(usize, InkPoint)> = Vec::with_capacity(points.len());
    for (place, &point) in points.iter().enumerate() {
        if !(point.x.is_finite() && point.y.is_finite() && point.pressure.is_finite()) {
            continue;
        }
        match kept.last_mut() {
            // Of two points in one place the one with the higher pressure stays, so that a dot
            // keeps its size.
            Some((_, last)) if length(position(*last) - position(point)) < SAME_POINT => {
                last.pressure = last.pressure.max(point.pressure);
            }
            Some(_) | None => kept.push((place, point)),
        }
    }
    kept
}

/// The neighbouring pairs of `points`, which must be [`distinct`].
pub(super) fn pairs(points: &[InkPoint]) -> impl Iterator<Item = Neighbours> + '_ {
    points.windows(2).enumerate().filter_map(|(index, pair)| {
        let [from, to] = pair else { return None };
        let before = index.checked_sub(1).and_then(|index| points.get(index));
        Some(Neighbours {
            before: before.copied(),
            from: *from,
            to: *to,
            after: points.get(index + 2).copied(),
        })
    })
}

/// The curve segments between `points`, which must be [`distinct`].
pub(super) fn segments(points: &[InkPoint]) -> impl Iterator<Item = CurveSegment> + '_ {
    pairs(points).map(|pair| pair.curve(pair.hull()))
}

/// Flattens the centre line through `points`. At a corner two samples have the same position and
/// different directions.
#[must_use]
pub fn centre_line(points: &[InkPoint], fineness: Fineness) -> Vec<CentreSample> {
    flattened(&distinct(points), fineness)
}

/// Flattens the centre line through `points`, which must be [`distinct`].
pub(super) fn flattened(points: &[InkPoint], fineness: Fineness) -> Vec<CentreSample> {
    let mut line = Vec::with_capacity(points.len() * 2);
    for segment in segments(points) {
        append_segment(&segment, fineness, &mut line);
    }
    if let (true, Some(single)) = (line.is_empty(), points.first()) {
        line.push(dot(*single));
    }
    line
}

/// The only sample of a stroke of one point.
pub(super) fn dot(point: InkPoint) -> CentreSample {
    CentreSample {
        position: position(point),
        direction: Vec2::new(1.0, 0.0),
        pressure: f64::from(point.pressure).clamp(0.0, 1.0),
    }
}

/// Appends the samples of `segment`. Its start is appended only if the line has a corner there.
pub(super) fn append_segment(
    segment: &CurveSegment,
    fineness: Fineness,
    line: &mut Vec<CentreSample>,
) {
    let start = segment.at(0.0);
    let is_continued = line
        .last()
        .is_some_and(|last| last.direction.dot(start.direction) > 0.999);
    if !is_continued {
        line.push(start);
    }
    let steps = segment.steps(fineness);
    line.extend((1..=steps).map(|step| segment.at(step as f64 / steps as f64)));
}

pub(super) const fn position(point: InkPoint) -> Point {
    Point::new(point.x, point.y)
}

/// Scales `vector` to length 1. The zero vector becomes the unit vector to the right.
pub(super) fn unit(vector: Vec2) -> Vec2 {
    let length = length(vector);
    if length > 0.0 {
        vector / length
    } else {
        Vec2::new(1.0, 0.0)
    }
}

/// The angle from `a` to `b` in radians, −π ..= π.
pub(super) fn angle(a: Vec2, b: Vec2) -> f64 {
    a.cross(b).atan2(a.dot(b))
}
