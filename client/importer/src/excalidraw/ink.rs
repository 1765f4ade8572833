//! Freehand lines, as wide as Excalidraw draws them.
//!
//! The numbers come from `getFreeDrawSvgPath` in `@excalidraw/excalidraw` 0.18.1 and from
//! `perfect-freehand` 1.2.0, which it uses: at pressure p, a line of width w is
//! 2 · 4.25 · w · sin((0.5 − 0.6 · (0.5 − p)) · π / 2) wide. Our pen has the same width at
//! pressure 0.5, and differs by less than 10 % at others.

use kurbo::Point;
use shared::geometry::InkPoint;
use shared::limits::{MAX_STROKE_POINTS, MAX_WIDTH, MIN_WIDTH};
use shared::model::{Body, Brush, Dash, Filling, NewElement, Prop};

use super::drawn::Drawn;
use super::elements::Scene;
use crate::ink::stroke;
use crate::left_out::LeftOut;

/// Width of ink at pressure 0.5, in widths of the element: 2 · 4.25 · sin(π / 4).
const INK_WIDTH: f64 = 6.0;
/// The pressure where the scene has none.
const EVEN: f32 = 0.5;

/// Size of the simulated pen, in widths of the element.
const PEN_SIZE: f64 = 4.25;
/// The part of the way to the next point that the simulated pen goes: 0.15 + (1 − streamline) · 0.85.
const PEN_PACE: f64 = 0.575;
/// How fast the simulated pressure changes.
const PRESSURE_PACE: f64 = 0.275;
/// The simulated pressure before the first point, and the number of points that change it.
const FIRST_PRESSURE: f64 = 0.25;
const FIRST_POINTS: usize = 10;

impl<'a> Scene<'a> {
    pub(super) fn ink(&mut self, it: &'a Drawn) {
        let mut points = it.turned(&it.points());
        if points.len() > MAX_STROKE_POINTS {
            points.truncate(MAX_STROKE_POINTS);
            self.report.add(LeftOut::LongPaths);
        }
        let pressures = pressures(it, &points)
            .into_iter()
            .chain(std::iter::repeat(EVEN));
        let ink = points.iter().zip(pressures);
        let ink: Vec<InkPoint> = ink
            .map(|(at, pressure)| InkPoint::new(at.x * self.unit, at.y * self.unit, pressure))
            .collect();
        let Some(stroke) = stroke(&ink, Brush::Pen, self.unit) else {
            return self.report.add(LeftOut::FarAway);
        };
        let mut props = self.props(it);
        let width = it.stroke_width() * INK_WIDTH * self.unit;
        props.width = (width as f32).clamp(MIN_WIDTH, MAX_WIDTH);
        props.set(Prop::Filling(Filling::None));
        props.set(Prop::Fill(None));
        props.set(Prop::Dash(Dash::Solid));
        let new = NewElement::new(self.id_of(it), props, Body::Stroke(stroke));
        self.elements.push(new);
    }
}

/// The pressures at the points: those of a pen, or else those that Excalidraw makes up from the
/// speed. Those that are missing at the end are [`EVEN`].
fn pressures(it: &Drawn, points: &[Point]) -> Vec<f32> {
    if it.simulate_pressure == Some(false) {
        return it.pressures.clone().unwrap_or_default();
    }
    simulated_pressures(points, it.stroke_width() * PEN_SIZE)
}

/// Pressures for points that were taken at equal intervals of time, for a pen of a size: the farther
/// the points are apart, the faster and lighter the pen.
fn simulated_pressures(points: &[Point], size: f64) -> Vec<f32> {
    let ways = pen_ways(points, size);
    let first = ways.iter().flatten().take(FIRST_POINTS - 1);
    let mut pressure = first.fold(FIRST_PRESSURE, |before, way| {
        f64::midpoint(before, after(before, *way, size))
    });
    let all = ways.into_iter().map(|way| {
        if let Some(way) = way {
            pressure = after(pressure, way, size);
        }
        pressure as f32
    });
    all.collect()
}

/// The ways that the pen goes for each point. It follows the points with a delay. The points before
/// it has gone as far as its size have none.
fn pen_ways(points: &[Point], size: f64) -> Vec<Option<f64>> {
    let mut pen = points.first().copied().unwrap_or_default();
    let mut gone = 0.0;
    let mut is_on_its_way = false;
    let last = points.len().saturating_sub(1);
    let ways = points.iter().enumerate().map(|(number, point)| {
        let next = pen.lerp(*point, PEN_PACE);
        let way = pen.distance(next);
        gone += way;
        is_on_its_way |= gone >= size;
        let counts = way > 0.0 && (is_on_its_way || number == last);
        counts.then(|| {
            pen = next;
            way
        })
    });
    ways.collect()
}

/// The pressure after a way.
fn after(pressure: f64, way: f64, size: f64) -> f64 {
    let speed = (way / size).min(1.0);
    pressure + (1.0 - speed - pressure) * speed * PRESSURE_PACE
}

#[cfg(test)]
mod tests {
    use kurbo::Shape as _;
    use shared::geometry::outline;

    use super::*;
    use crate::excalidraw::read_json;

    /// The area of a line of 600 units, for each unit of its length.
    fn width_of(json: &str) -> f64 {
        let scene = format!(r#"{{"type":"excalidraw","elements":[{json}]}}"#);
        let (elements, _) = read_json(&scene, 1.0).unwrap();
        let [new] = elements.as_slice() else {
            panic!("{elements:?}");
        };
        let Body::Stroke(stroke) = &new.body else {
            panic!("{new:?}");
        };
        let shape = stroke.brush.shape(new.props.width);
        outline(&stroke.points(), &shape, 0.01).area().abs() / 600.0
    }

    fn line(step: usize) -> String {
        let points = (0..=600).step_by(step).map(|x| format!("[{x},0]"));
        points.collect::<Vec<_>>().join(",")
    }

    fn assert_near(ours: f64, theirs: f64, what: &str) {
        let part = ours / theirs - 1.0;
        assert!(part.abs() < 0.1, "{what}: {ours} instead of {theirs}");
    }

    // The expected widths are areas of `getStroke` of perfect-freehand 1.2.0, with the options that
    // Excalidraw gives it, divided by 600.
    const GIVEN: [(f64, f64, f64); 6] = [
        (1.0, 0.0, 2.63),
        (1.0, 0.25, 4.46),
        (1.0, 0.5, 6.06),
        (2.0, 0.5, 12.30),
        (2.0, 1.0, 16.72),
        (4.0, 0.75, 30.94),
    ];
    const SIMULATED: [(f64, usize, f64); 8] = [
        (1.0, 2, 6.21),
        (1.0, 3, 4.77),
        (1.0, 12, 2.63),
        (2.0, 3, 13.78),
        (2.0, 6, 9.59),
        (2.0, 30, 5.27),
        (4.0, 12, 19.41),
        (4.0, 30, 10.69),
    ];

    #[test]
    fn ink_with_pressures_of_a_pen_is_as_wide_as_excalidraw_draws_it() {
        for (width, pressure, theirs) in GIVEN {
            let pressures = vec![pressure.to_string(); 101].join(",");
            let ours = width_of(&format!(
                r#"{{"type":"freedraw","strokeWidth":{width},"points":[{}],"pressures":[{pressures}],"simulatePressure":false}}"#,
                line(6)
            ));
            assert_near(ours, theirs, &format!("width {width}, pressure {pressure}"));
        }
    }

    #[test]
    fn ink_of_a_mouse_is_as_wide_as_excalidraw_draws_it() {
        for (width, step, theirs) in SIMULATED {
            let ours = width_of(&format!(
                r#"{{"type":"freedraw","strokeWidth":{width},"points":[{}],"pressures":[],"simulatePressure":true}}"#,
                line(step)
            ));
            assert_near(ours, theirs, &format!("width {width}, points each {step}"));
        }
    }
}
