//! The ranges of a stroke that a moving disc covers.
//!
//! The stroke is given as short straight pieces, each place with its position among the points of
//! the stroke.

use kurbo::{Line, ParamCurveNearest, Point, Rect};
use shared::geometry::BoardPoint;
use shared::model::ErasedRange;
use shared::model::layout::InkSample;

/// How many times a piece is halved to find the end of its covered part.
const HALVINGS: usize = 20;
/// The accuracy of kurbo's search; for straight lines the result is exact.
const ACCURACY: f64 = 1e-9;

/// A disc that is swept straight from one place to another, in board units.
#[derive(Clone, Copy, Debug)]
pub(super) struct Sweep {
    pub(super) from: BoardPoint,
    pub(super) to: BoardPoint,
    pub(super) radius: f64,
}

impl Sweep {
    /// The rectangle around the whole sweep.
    pub(super) fn bounds(&self) -> Rect {
        Rect::from_points(self.from, self.to).inflate(self.radius, self.radius)
    }

    fn distance(&self, to: Point) -> f64 {
        let way = Line::new(self.from, self.to);
        // A line without length has no nearest place.
        if way.p0 == way.p1 {
            return (to - way.p0).hypot();
        }
        way.nearest(to, ACCURACY).distance_sq.sqrt()
    }

    /// The ranges of `track` that the disc covers or touches, ascending and apart. Dots have none.
    pub(super) fn covered(&self, track: &[InkSample]) -> Vec<ErasedRange> {
        let bounds = self.bounds();
        let mut covered: Vec<ErasedRange> = Vec::new();
        for pair in track.windows(2) {
            let [a, b] = pair else { continue };
            let widest = a.radius.max(b.radius);
            let near = Rect::from_points(a.at, b.at).inflate(widest, widest);
            if !near.overlaps(bounds) {
                continue;
            }
            if let Some([start, end]) = (Piece { a, b, sweep: self }).covered() {
                let along = |t: f64| a.position + (b.position - a.position) * t as f32;
                append(&mut covered, [along(start), along(end)]);
            }
        }
        covered
    }
}

/// Sorts ranges and joins those that touch.
pub(super) fn united(mut ranges: Vec<ErasedRange>) -> Vec<ErasedRange> {
    ranges.sort_unstable_by(|a, b| a[0].total_cmp(&b[0]));
    let mut united = Vec::with_capacity(ranges.len());
    for range in ranges {
        append(&mut united, range);
    }
    united
}

fn append(ranges: &mut Vec<ErasedRange>, [from, to]: ErasedRange) {
    match ranges.last_mut() {
        Some([_, end]) if from <= *end => *end = end.max(to),
        Some(_) | None if from < to => ranges.push([from, to]),
        Some(_) | None => {}
    }
}

/// The length of a range of a track, in board units.
pub(super) fn length(track: &[InkSample], [from, to]: ErasedRange) -> f64 {
    let part = |pair: &[InkSample]| match pair {
        [a, b] if a.position < b.position => {
            let within = b.position.min(to) - a.position.max(from);
            let share = within.max(0.0) / (b.position - a.position);
            a.at.distance(b.at) * f64::from(share)
        }
        _ => 0.0,
    };
    track.windows(2).map(part).sum()
}

/// One straight piece of a track, and the sweep over it.
struct Piece<'a> {
    a: &'a InkSample,
    b: &'a InkSample,
    sweep: &'a Sweep,
}

impl Piece<'_> {
    /// The covered part of the piece, as shares of its length. The distance to a sweep is convex
    /// along a straight line, and the radius grows evenly, so there is at most one such part.
    fn covered(&self) -> Option<[f64; 2]> {
        let deepest = self.deepest();
        (self.gap(deepest) <= 0.0).then(|| [self.edge(deepest, 0.0), self.edge(deepest, 1.0)])
    }

    /// The distance between disc and ink here; negative where the disc touches the ink.
    fn gap(&self, t: f64) -> f64 {
        let position = Point::from(self.a.at).lerp(self.b.at.into(), t);
        let radius = self.a.radius + (self.b.radius - self.a.radius) * t;
        self.sweep.distance(position) - radius - self.sweep.radius
    }

    fn deepest(&self) -> f64 {
        let (mut low, mut high) = (0.0, 1.0);
        for _ in 0..HALVINGS {
            let third = (high - low) / 3.0;
            if self.gap(low + third) <= self.gap(high - third) {
                high -= third;
            } else {
                low += third;
            }
        }
        // The search above never tries the ends, which often are the deepest places.
        [(low + high) / 2.0, 0.0, 1.0]
            .into_iter()
            .min_by(|a, b| self.gap(*a).total_cmp(&self.gap(*b)))
            .unwrap_or(low)
    }

    /// Where the covered part ends, between a place in it and an end of the piece.
    fn edge(&self, inside: f64, end: f64) -> f64 {
        if self.gap(end) <= 0.0 {
            return end;
        }
        let (mut inside, mut outside) = (inside, end);
        for _ in 0..HALVINGS {
            let middle = (inside + outside) / 2.0;
            if self.gap(middle) <= 0.0 {
                inside = middle;
            } else {
                outside = middle;
            }
        }
        outside
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn track(points: &[(f64, f64)]) -> Vec<InkSample> {
        let place = |(index, &(x, y)): (usize, &(f64, f64))| InkSample {
            position: index as f32,
            at: BoardPoint::new(x, y),
            radius: 2.0,
        };
        points.iter().enumerate().map(place).collect()
    }

    fn swept(points: &[(f64, f64)], from: (f64, f64), to: (f64, f64)) -> Vec<ErasedRange> {
        let sweep = Sweep {
            from: BoardPoint::new(from.0, from.1),
            to: BoardPoint::new(to.0, to.1),
            radius: 10.0,
        };
        sweep.covered(&track(points))
    }

    fn check(found: &[ErasedRange], expected: &[ErasedRange]) {
        let pairs = found.iter().flatten().zip(expected.iter().flatten());
        let same = pairs.into_iter().all(|(a, b)| (a - b).abs() < 1e-3);
        assert!(
            same && found.len() == expected.len(),
            "{found:?}, not {expected:?}"
        );
    }

    #[test]
    fn a_disc_covers_as_much_as_it_touches() {
        let straight = [(0.0, 0.0), (100.0, 0.0), (200.0, 0.0)];
        // 10 units of the disc and 2 of the ink itself, to both sides.
        check(&swept(&straight, (50.0, 0.0), (50.0, 0.0)), &[[0.38, 0.62]]);
        check(
            &swept(&straight, (50.0, -90.0), (50.0, 90.0)),
            &[[0.38, 0.62]],
        );
        check(
            &swept(&straight, (100.0, 0.0), (100.0, 0.0)),
            &[[0.88, 1.12]],
        );
        check(&swept(&straight, (50.0, 12.5), (50.0, 90.0)), &[]);
    }

    #[test]
    fn the_ends_are_covered_to_the_very_end() {
        let straight = [(0.0, 0.0), (100.0, 0.0)];
        check(&swept(&straight, (0.0, 0.0), (0.0, 0.0)), &[[0.0, 0.12]]);
        check(&swept(&straight, (-20.0, 0.0), (200.0, 0.0)), &[[0.0, 1.0]]);
    }

    #[test]
    fn a_line_that_comes_back_is_covered_twice() {
        let hairpin = [(0.0, 0.0), (100.0, 0.0), (100.0, 60.0), (0.0, 60.0)];
        check(
            &swept(&hairpin, (50.0, -20.0), (50.0, 80.0)),
            &[[0.38, 0.62], [2.38, 2.62]],
        );
    }

    #[test]
    fn a_dot_has_no_range() {
        check(&swept(&[(5.0, 5.0)], (5.0, 5.0), (5.0, 5.0)), &[]);
    }

    #[test]
    fn ranges_that_touch_become_one() {
        let ranges = vec![[5.0, 6.0], [0.0, 1.0], [1.0, 2.0], [1.5, 1.7]];
        assert_eq!(united(ranges), [[0.0, 2.0], [5.0, 6.0]]);
    }

    #[test]
    fn lengths_are_measured_along_the_line() {
        let track = track(&[(0.0, 0.0), (100.0, 0.0), (100.0, 50.0)]);
        assert!((length(&track, [0.5, 2.0]) - 100.0).abs() < 1e-3);
    }
}
