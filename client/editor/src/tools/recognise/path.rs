//! A stroke as places at equal distances, and its measures.

use kurbo::{Point, Rect};
use shared::geometry::BoardPoint;

/// Places along a stroke: enough for a head on an arrow, few enough to be quick.
const PLACES: usize = 96;

/// A stroke without its speed.
#[derive(Clone, Debug)]
pub(super) struct Path {
    places: Vec<Point>,
    length: f64,
    bounds: Rect,
}

impl Path {
    /// `None` if the stroke has no length, or a coordinate is not finite.
    pub(super) fn new(points: &[BoardPoint]) -> Option<Self> {
        let points: Vec<Point> = points.iter().copied().map(Point::from).collect();
        let length: f64 = hops(&points).sum();
        if !(length.is_finite() && length > 0.0) {
            return None;
        }
        let places = spread(&points, length / (PLACES - 1) as f64);
        let first = *places.first()?;
        let bounds = places
            .iter()
            .fold(Rect::from_points(first, first), |rect, place| {
                rect.union_pt(*place)
            });
        Some(Self {
            places,
            length,
            bounds,
        })
    }

    pub(super) fn places(&self) -> &[Point] {
        &self.places
    }

    pub(super) const fn length(&self) -> f64 {
        self.length
    }

    pub(super) const fn bounds(&self) -> Rect {
        self.bounds
    }

    /// The diagonal of its bounds.
    pub(super) fn size(&self) -> f64 {
        self.bounds.size().to_vec2().hypot()
    }

    pub(super) fn first(&self) -> Point {
        self.places.first().copied().unwrap_or_default()
    }

    pub(super) fn last(&self) -> Point {
        self.places.last().copied().unwrap_or_default()
    }

    /// From its beginning to its end, straight.
    pub(super) fn gap(&self) -> f64 {
        self.first().distance(self.last())
    }

    /// The middle of all places.
    pub(super) fn middle(&self) -> Point {
        let sum = self
            .places
            .iter()
            .fold(kurbo::Vec2::ZERO, |sum, place| sum + place.to_vec2());
        (sum / self.places.len().max(1) as f64).to_point()
    }

    /// How often it goes around its middle; negative the other way round.
    pub(super) fn turns(&self) -> f64 {
        let middle = self.middle();
        let way = |pair: &[Point]| match pair {
            [a, b] => {
                let (a, b) = (*a - middle, *b - middle);
                a.cross(b).atan2(a.dot(b))
            }
            _ => 0.0,
        };
        self.places.windows(2).map(way).sum::<f64>() / std::f64::consts::TAU
    }
}

fn hops(points: &[Point]) -> impl Iterator<Item = f64> + '_ {
    points.windows(2).map(|pair| match pair {
        [a, b] => a.distance(*b),
        _ => 0.0,
    })
}

/// Places along the way through `points`, `step` apart.
fn spread(points: &[Point], step: f64) -> Vec<Point> {
    let mut places = Vec::with_capacity(PLACES);
    places.extend(points.first());
    let mut ahead = step;
    for (pair, hop) in points.windows(2).zip(hops(points)) {
        let [a, b] = pair else { continue };
        while ahead <= hop && places.len() + 1 < PLACES {
            places.push(a.lerp(*b, ahead / hop));
            ahead += step;
        }
        ahead -= hop;
    }
    places.extend(points.last());
    places
}
