//! Freehand lines, as wide as Excalidraw draws them.
//!
//! The numbers come from `getFreeDrawSvgPath` in `@excalidraw/excalidraw` 0.18.1 and from
//! `perfect-freehand` 1.2.0, which it uses: at pressure p, a line of width w is
//! 2 · 4.25 · w · sin((0.5 − 0.6 · (0.5 − p)) · π / 2) wide. Our pen has the same width at
//! pressure 0.5, and differs by less than 10 % at others.

use kurbo::Point;
use shared::limits::{MAX_GROUPS, MAX_STROKE_POINTS, MAX_WIDTH, MIN_WIDTH};
use shared::model::{Body, Brush, Dash, Filling, NewElement, Prop};

use super::drawn::Drawn;
use super::elements::Scene;
use crate::ids::id;
use crate::ink::{SpeedPen, stroke, with_pressures};
use crate::left_out::LeftOut;

/// Width of ink at pressure 0.5, in widths of the element: 2 · 4.25 · sin(π / 4).
const INK_WIDTH: f64 = 6.0;
/// Size of the pen without pressure, in widths of the element.
const PEN_SIZE: f64 = 4.25;
/// Its pace: 0.15 + (1 − streamline) · 0.85. Its pressure before the first points.
const PEN_PACE: f64 = 0.575;
const FIRST_PRESSURE: f64 = 0.25;

impl<'a> Scene<'a> {
    pub(super) fn ink(&mut self, it: &'a Drawn) {
        let mut points = it.turned(&it.points());
        if points.len() > MAX_STROKE_POINTS {
            points.truncate(MAX_STROKE_POINTS);
            self.report.add(LeftOut::LongPaths);
        }
        let pressures = pressures(it, &points);
        let places = points
            .iter()
            .map(|at| (at.to_vec2() * self.unit).to_point());
        let ink = with_pressures(places, pressures);
        let Some(stroke) = stroke(&ink, Brush::Pen, self.unit) else {
            return self.report.add(LeftOut::FarAway);
        };
        let mut props = self.props(it);
        let width = it.stroke_width() * INK_WIDTH * self.unit;
        props.width = (width as f32).clamp(MIN_WIDTH, MAX_WIDTH);
        props.set(Prop::Filling(Filling::None));
        props.set(Prop::Fill(None));
        props.set(Prop::Dash(Dash::Solid));
        let mut new = NewElement::new(self.id_of(it), props, Body::Stroke(stroke));
        if let Some(mut fill) = self.fill_of_ink(it) {
            let around = new.props.groups();
            let groups = [self.group(&it.id)].into_iter().chain(around);
            let groups = Prop::Groups(groups.take(MAX_GROUPS).collect());
            for part in [&mut fill, &mut new] {
                part.props.set(groups.clone());
            }
            self.elements.push(fill);
        }
        self.elements.push(new);
    }

    /// The fill of ink, which lies behind it as a path of its own.
    fn fill_of_ink(&mut self, it: &'a Drawn) -> Option<NewElement> {
        let color = it.paints().inside.filter(|_| it.is_filled())?;
        let mut fill = self.path(it, id(self.next), &it.points())?;
        self.next += 1;
        fill.props.color = color;
        fill.props.set(Prop::Fill(None));
        fill.props.set(Prop::Outlined(false));
        Some(fill)
    }
}

/// The pressures at the points: those of a pen, or else those that are made up from the speed.
fn pressures(it: &Drawn, points: &[Point]) -> Vec<f32> {
    if it.simulate_pressure == Some(false) {
        let given = it.pressures.iter().flatten();
        return given.map(|pressure| *pressure as f32).collect();
    }
    let pen = SpeedPen {
        size: it.stroke_width() * PEN_SIZE,
        pace: PEN_PACE,
        first: FIRST_PRESSURE,
    };
    pen.pressures(points)
}

#[cfg(test)]
mod tests {
    use crate::excalidraw::read_json;
    use crate::ink::tests::{assert_near, width_of};

    fn width_in(json: &str) -> f64 {
        let scene = format!(r#"{{"type":"excalidraw","elements":[{json}]}}"#);
        let elements = read_json(&scene, 1.0).unwrap().elements;
        let [new] = elements.as_slice() else {
            panic!("{elements:?}");
        };
        width_of(new)
    }

    fn line(step: usize) -> String {
        let points = (0..=600).step_by(step).map(|x| format!("[{x},0]"));
        points.collect::<Vec<_>>().join(",")
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
            let ours = width_in(&format!(
                r#"{{"type":"freedraw","strokeWidth":{width},"points":[{}],"pressures":[{pressures}],"simulatePressure":false}}"#,
                line(6)
            ));
            assert_near(ours, theirs, &format!("width {width}, pressure {pressure}"));
        }
    }

    #[test]
    fn ink_of_a_mouse_is_as_wide_as_excalidraw_draws_it() {
        for (width, step, theirs) in SIMULATED {
            let ours = width_in(&format!(
                r#"{{"type":"freedraw","strokeWidth":{width},"points":[{}],"pressures":[],"simulatePressure":true}}"#,
                line(step)
            ));
            assert_near(ours, theirs, &format!("width {width}, points each {step}"));
        }
    }
}
