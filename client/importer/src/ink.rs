//! Ink from the points of other programs.

use kurbo::Point;
use shared::geometry::{Ink, InkPoint, Quantum};
use shared::limits::MAX_INK_POINTS;
use shared::model::{Brush, Stroke};

/// A stroke through points in board units. `unit` is the size of a pixel of the drawing in board
/// units. `None` if a point is outside of the board.
pub(crate) fn stroke(points: &[InkPoint], brush: Brush, unit: f64) -> Option<Stroke> {
    let quantum = Quantum::for_zoom(1.0 / unit);
    let parts = points
        .chunks(MAX_INK_POINTS)
        .map(|part| Ink::encode(part, quantum).ok());
    Some(Stroke {
        brush,
        parts: parts.collect::<Option<_>>()?,
        open: false,
        erased: Vec::new(),
    })
}

/// The pressure where a drawing has none.
pub(crate) const EVEN: f32 = 0.5;

/// Points of ink at places, with pressures. Pressures that are missing at the end are [`EVEN`].
pub(crate) fn with_pressures(
    places: impl IntoIterator<Item = Point>,
    pressures: Vec<f32>,
) -> Vec<InkPoint> {
    let pressures = pressures.into_iter().chain(std::iter::repeat(EVEN));
    let points = places.into_iter().zip(pressures);
    points
        .map(|(at, pressure)| InkPoint::new(at.x, at.y, pressure.clamp(0.0, 1.0)))
        .collect()
}

/// How fast a made-up pressure changes.
const PRESSURE_PACE: f64 = 0.275;
/// The number of points that change it before the first is drawn.
const FIRST_POINTS: usize = 10;

/// A pen without pressure, as the library `perfect-freehand` has it, which Excalidraw and tldraw use:
/// the pressure is made up from the speed, for points that were taken at equal intervals of time.
#[derive(Clone, Copy, Debug)]
pub(crate) struct SpeedPen {
    /// The way between two points that makes the pen lightest, more than 0.
    pub(crate) size: f64,
    /// The pen follows the points with a delay. This is the part of the way to the next point that
    /// it goes.
    pub(crate) pace: f64,
    /// The pressure before the first points.
    pub(crate) first: f64,
}

impl SpeedPen {
    /// The pressures at points: the farther they are apart, the faster and lighter the pen.
    pub(crate) fn pressures(self, points: &[Point]) -> Vec<f32> {
        let ways = self.ways(points);
        let first = ways.iter().flatten().take(FIRST_POINTS);
        let mut pressure = first.fold(self.first, |before, way| {
            f64::midpoint(before, self.after(before, *way))
        });
        let all = ways.into_iter().map(|way| {
            if let Some(way) = way {
                pressure = self.after(pressure, way);
            }
            pressure as f32
        });
        all.collect()
    }

    /// The way that the pen goes for each point. The points before it has gone as far as its size
    /// have none.
    fn ways(self, points: &[Point]) -> Vec<Option<f64>> {
        let mut pen = points.first().copied().unwrap_or_default();
        let mut gone = 0.0;
        let mut is_on_its_way = false;
        let last = points.len().saturating_sub(1);
        let ways = points.iter().enumerate().map(|(number, point)| {
            let next = pen.lerp(*point, self.pace);
            let way = pen.distance(next);
            gone += way;
            is_on_its_way |= gone >= self.size;
            let counts = way > 0.0 && (is_on_its_way || number == last);
            counts.then(|| {
                pen = next;
                way
            })
        });
        ways.collect()
    }

    /// The pressure after a way.
    fn after(self, pressure: f64, way: f64) -> f64 {
        let speed = (way / self.size).min(1.0);
        pressure + (1.0 - speed - pressure) * speed * PRESSURE_PACE
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use kurbo::Shape as _;
    use shared::geometry::outline;
    use shared::model::{Body, NewElement};

    /// The area of ink that is 600 units long, for each unit of its length.
    pub(crate) fn width_of(ink: &NewElement) -> f64 {
        let Body::Stroke(stroke) = &ink.body else {
            panic!("{ink:?}");
        };
        let shape = stroke.brush.shape(ink.props.width);
        outline(&stroke.points(), &shape, 0.01).area().abs() / 600.0
    }

    /// Checks that a width differs by less than 10 % from that in another program.
    pub(crate) fn assert_near(ours: f64, theirs: f64, what: &str) {
        let part = ours / theirs - 1.0;
        assert!(part.abs() < 0.1, "{what}: {ours} instead of {theirs}");
    }
}
