//! The centripetal Catmull-Rom spline: a curve through points that makes no loops or
//! cusps of its own.
//!
//! It must not know what the points are: ink or ends of lines.

use kurbo::{Point, Vec2};

/// Points closer than this, in board units, are one point.
pub(super) const SAME_POINT: f64 = 1e-6;

/// The handles of the cubic Bézier curve between two neighbouring points, given the points
/// around them. An end without such a point is free.
#[inline]
pub(super) fn handles(
    before: Option<Point>,
    from: Point,
    to: Point,
    after: Option<Point>,
) -> [Point; 2] {
    let chord = Hop::new(from, to);
    let out = before.map(|before| Hop::new(before, from).tangent(chord));
    let into = after.map(|after| chord.tangent(Hop::new(to, after)));
    // A free end takes half of the other end's bend: a natural start, no hook.
    let straight = chord.velocity();
    let free_end = |other: Option<Vec2>| straight * 1.5 - other.unwrap_or(straight) * 0.5;
    let third = chord.time / 3.0;
    [
        from + out.unwrap_or_else(|| free_end(into)) * third,
        to - into.unwrap_or_else(|| free_end(out)) * third,
    ]
}

/// The straight way between two points. It takes the square root of its length as time:
/// that makes the spline centripetal.
#[derive(Clone, Copy)]
struct Hop {
    way: Vec2,
    time: f64,
}

impl Hop {
    fn new(from: Point, to: Point) -> Self {
        let way = to - from;
        Self {
            way,
            time: way.hypot().sqrt().max(SAME_POINT),
        }
    }

    fn velocity(self) -> Vec2 {
        self.way / self.time
    }

    /// The velocity at the point between this hop and the next.
    fn tangent(self, next: Self) -> Vec2 {
        self.velocity() - (self.way + next.way) / (self.time + next.time) + next.velocity()
    }
}
