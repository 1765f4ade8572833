//! Freehand lines, as wide as tldraw draws them.
//!
//! The numbers come from `tldraw` 5.1.1. A line of width w, drawn with a pen, is
//! 2 · (1 + 1.2 · w) · e(0.5 − 0.62 · (0.5 − p)) wide at pressure p, where e(t) = 0.65 · t +
//! 0.35 · sin(t · π / 2), as for our pen. Drawn without pressure, it is
//! 2 · w · sin((0.5 − 0.5 · (0.5 − p)) · π / 2) wide at the pressure that is made up from the speed.
//! Dashed, dotted and solid lines have one width.

use kurbo::Point;
use shared::limits::MAX_STROKE_POINTS;
use shared::model::palette::HIGHLIGHT_ALPHA;
use shared::model::{Body, Brush, Dash, NewElement, Prop};

use super::records::{Place, Segment, ShapeProps};
use super::scene::Scene;
use super::style;
use super::tree::Placed;
use crate::ink::{EVEN, SpeedPen, stroke, with_pressures};
use crate::left_out::LeftOut;
use crate::polyline::polygon;

/// Width at pressure 0.5, in sizes of the pen: 2 · e(0.5), and 2 · sin(π / 4).
const PEN_WIDTH: f64 = 1.145;
const SPEED_PEN_WIDTH: f64 = 1.414;
/// The pace of the pen without pressure: 0.15 + (1 − streamline) · 0.85.
const PEN_PACE: f64 = 0.456;
/// How much the pressure of that pen changes its width: as much as this part of it does with ours.
const PEN_THINNING: f32 = 0.5 / 0.6;

/// The width of a line at pressure 0.5, and its pressures.
struct Drawn {
    width: f64,
    pressures: Vec<f32>,
}

impl<'a> Scene<'a> {
    /// Ink, or straight lines that were drawn with the same tool.
    pub(super) fn ink(&mut self, shape: &Placed<'a>) {
        let shape_props = &shape.record.props;
        let points = shape_props.segments.iter().flat_map(Segment::points);
        let mut points: Vec<Place> = points.collect();
        let places = points.iter().map(|at| shape_props.place_of(*at));
        let mut places: Vec<Point> = places.collect();
        let is_highlighter = shape.record.kind == "highlight";
        let is_closed = shape_props.is_closed == Some(true);
        if is_closed && style::is_filled(shape_props) {
            let Some(mut path) = self.path(shape, &polygon(places)) else {
                return;
            };
            path.props.width = self.board_width(style::ink_size(shape_props));
            return self.elements.push(path);
        }
        // Straight lines keep their corners.
        let mut segments = shape_props.segments.iter();
        if !is_highlighter && segments.all(|segment| segment.kind == "straight") {
            places.dedup();
            return self.lines(shape, &places, false);
        }
        if points.len() > MAX_STROKE_POINTS {
            points.truncate(MAX_STROKE_POINTS);
            places.truncate(MAX_STROKE_POINTS);
            self.report.add(LeftOut::LongPaths);
        }
        let brush = if is_highlighter {
            Brush::Highlighter
        } else {
            Brush::Pen
        };
        let drawn = Drawn::new(shape_props, brush, &points, &places);
        self.stroke(shape, brush, drawn, &places);
    }

    fn stroke(&mut self, shape: &Placed<'a>, brush: Brush, drawn: Drawn, places: &[Point]) {
        let origin = shape.to_page * Point::ORIGIN;
        let places = places.iter().map(|at| {
            let way = (shape.to_page * *at - origin) * self.unit;
            way.to_point()
        });
        let ink = with_pressures(places, drawn.pressures);
        let Some(stroke) = stroke(&ink, brush, self.unit) else {
            return self.report.add(LeftOut::FarAway);
        };
        let mut props = self.props(shape);
        props.width = self.board_width(drawn.width);
        if props.dash() != Dash::Solid {
            self.report.add(LeftOut::DashedInk);
        }
        if brush == Brush::Highlighter {
            let alpha = f32::from(props.opacity) * HIGHLIGHT_ALPHA;
            props.opacity = alpha as u8;
        }
        props.set(Prop::Dash(Dash::Solid));
        let new = NewElement::new(shape.id, props, Body::Stroke(stroke));
        self.elements.push(new);
    }
}

impl Drawn {
    fn new(shape_props: &ShapeProps, brush: Brush, points: &[Place], places: &[Point]) -> Self {
        let size = style::ink_size(shape_props);
        let has_even_width = !matches!(shape_props.dash.as_deref(), None | Some("draw"));
        if brush == Brush::Highlighter {
            return Self {
                width: style::highlighter_width(shape_props),
                pressures: Vec::new(),
            };
        }
        if has_even_width {
            return Self {
                width: size,
                pressures: Vec::new(),
            };
        }
        if shape_props.is_pen == Some(true) {
            let given = points.iter().map(|at| at.z.map_or(EVEN, |z| z as f32));
            return Self {
                width: PEN_WIDTH * (1.0 + 1.2 * size),
                pressures: given.collect(),
            };
        }
        let pen = SpeedPen {
            size,
            pace: PEN_PACE,
            first: f64::from(EVEN),
        };
        let pressures = pen.pressures(places).into_iter();
        Self {
            width: SPEED_PEN_WIDTH * size,
            pressures: pressures
                .map(|pressure| EVEN + (pressure - EVEN) * PEN_THINNING)
                .collect(),
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::ink::tests::{assert_near, width_of};
    use crate::tldraw::read_file;

    fn width_in(props: &str, step: usize, pressure: f64) -> f64 {
        let points = (0..=600).step_by(step);
        let points = points.map(|x| format!(r#"{{"x":{x},"y":0,"z":{pressure}}}"#));
        let points = points.collect::<Vec<_>>().join(",");
        let file = format!(
            r#"{{"tldrawFileFormatVersion":1,"records":[{{"typeName":"page","id":"page:p"}},
            {{"typeName":"shape","id":"shape:a","type":"draw","parentId":"page:p",
            "props":{{{props},"segments":[{{"type":"free","points":[{points}]}}]}}}}]}}"#
        );
        let (elements, _) = read_file(&file, 1.0).unwrap();
        let [new] = elements.as_slice() else {
            panic!("{elements:?}");
        };
        width_of(new)
    }

    // The expected widths are areas of the outlines that tldraw 5.1.1 makes, divided by 600.
    const PEN: [(&str, f64, f64); 7] = [
        ("s", 0.5, 5.34),
        ("m", 0.1, 3.86),
        ("m", 0.25, 5.25),
        ("m", 0.5, 7.47),
        ("m", 1.0, 11.33),
        ("l", 0.5, 9.62),
        ("xl", 0.5, 16.94),
    ];
    const MOUSE: [(&str, usize, f64); 8] = [
        ("s", 2, 3.68),
        ("s", 12, 2.39),
        ("m", 2, 6.73),
        ("m", 3, 5.54),
        ("m", 12, 3.60),
        ("l", 3, 8.64),
        ("xl", 6, 15.49),
        ("xl", 12, 8.94),
    ];

    #[test]
    fn ink_of_a_pen_is_as_wide_as_tldraw_draws_it() {
        for (size, pressure, theirs) in PEN {
            let props = format!(r#""size":"{size}","isPen":true"#);
            let ours = width_in(&props, 6, pressure);
            assert_near(ours, theirs, &format!("size {size}, pressure {pressure}"));
        }
    }

    #[test]
    fn ink_of_a_mouse_is_as_wide_as_tldraw_draws_it() {
        for (size, step, theirs) in MOUSE {
            let props = format!(r#""size":"{size}","dash":"draw""#);
            let ours = width_in(&props, step, 0.5);
            assert_near(ours, theirs, &format!("size {size}, points each {step}"));
        }
    }

    #[test]
    fn ink_of_one_width_has_the_width_of_its_size() {
        for (size, theirs) in [("s", 3.0), ("m", 4.5), ("xl", 11.0)] {
            let ours = width_in(&format!(r#""size":"{size}","dash":"solid""#), 12, 0.5);
            assert_near(ours, theirs, size);
        }
    }
}
