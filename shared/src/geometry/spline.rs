//! The centripetal Catmull-Rom spline: a curve through points without loops or cusps. Ink and
//! curved lines both use it.

use kurbo::{Point, Vec2};

use super::point::length;

/// Points that are closer than this, in board units, count as one.
pub(super) const SAME_POINT: f64 = 1e-6;

/// The control points of the cubic Bézier curve between two neighbouring points, given the points
/// around them; `None` at a free end.
#[inline]
pub(super) fn handles(
    before: Option<Point>,
    from: Point,
    to: Point,
    after: Option<Point>,
) -> [Point; 2] {
    let chord = Chord::new(from, to);
    let out = before.map(|before| Chord::new(before, from).tangent(chord));
    let into = after.map(|after| chord.tangent(Chord::new(to, after)));
    // A free end takes half of the other end's bend, so that the line starts naturally and without
    // a hook.
    let straight = chord.velocity();
    let free_end = |other: Option<Vec2>| straight * 1.5 - other.unwrap_or(straight) * 0.5;
    let third = chord.time / 3.0;
    [
        from + out.unwrap_or_else(|| free_end(into)) * third,
        to - into.unwrap_or_else(|| free_end(out)) * third,
    ]
}

/// The straight segment between two points. Its duration is the square root of its length; that
/// makes the spline centripetal.
#[derive(Clone, Copy)]
struct Chord {
    vector: Vec2,
    time: f64,
}

impl Chord {
    fn new(from: Point, to: Point) -> Self {
        let vector = to - from;
        Self {
            vector,
            time: length(vector).sqrt().max(SAME_POINT),
        }
    }

    fn velocity(self) -> Vec2 {
        self.vector / self.time
    }

    /// The velocity at the point between this segment and the next.
    fn tangent(self, next: Self) -> Vec2 {
        self.velocity() - (self.vector + next.vector) / (self.time + next.time) + next.velocity()
    }
}
