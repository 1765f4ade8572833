//! Lines and arrows, with their bindings and labels.

use kurbo::{BezPath, PathEl, Point};
use serde_json::{Value, json};
use shared::model::layout::{elbow_segments, line_layout, line_path};
use shared::model::palette::Theme;
use shared::model::prop::DEFAULT_TEXT_POSITION;
use shared::model::{Anchor, Arrowhead, Element, Prop, Route};
use shared::paint::colors;

use super::base::{self, Drawn, drawn, relative, set, set_bound, set_stroke};
use super::drawing::Drawing;
use super::not_kept::NotKept;
use super::text::{self, Place};

/// Adds a line or an arrow and, on top of it, its text.
pub(super) fn add(element: &Element, drawing: &mut Drawing<'_>) {
    let corners = corners(element, drawing);
    if corners.len() < 2 {
        return;
    }
    let (points, rect) = relative(&corners);
    let [start, end] = [element.props.start(), element.props.end()];
    let bindings = [drawing.binding(start), drawing.binding(end)];
    let is_written = !element.text.is_empty();
    let is_elbow = element.props.route() == Route::Elbow;
    // Lines have no bindings and no label; an arrow without heads looks like one.
    let heads = element.props.heads();
    let is_arrow = is_elbow
        || is_written
        || heads != [Arrowhead::None; 2]
        || bindings.iter().any(Option::is_some);
    let kind = if is_arrow { "arrow" } else { "line" };
    let mut line = drawn(element, &element.id.to_string(), kind, rect, 0.0);
    set_stroke(&mut line, Some(colors::ink_color(element, Theme::Light)));
    set(&mut line, "points", points);
    set(&mut line, "lastCommittedPoint", Value::Null);
    let [start, end] = bindings.map(|anchor| binding(element, anchor));
    set(&mut line, "startBinding", start);
    set(&mut line, "endBinding", end);
    let [start, end] = heads.map(arrowhead);
    set(&mut line, "startArrowhead", start);
    set(&mut line, "endArrowhead", end);
    if is_arrow {
        set(&mut line, "elbowed", is_elbow);
    }
    if is_elbow {
        set(
            &mut line,
            "fixedSegments",
            fixed_segments(element, &corners, drawing),
        );
        set(&mut line, "startIsSpecial", Value::Null);
        set(&mut line, "endIsSpecial", Value::Null);
    } else if element.props.route() == Route::Curved {
        set(&mut line, "roundness", json!({ "type": 2 }));
    }
    add_with_text(line, element, drawing);
}

fn add_with_text(mut line: Drawn, element: &Element, drawing: &mut Drawing<'_>) {
    let layout = line_layout(drawing.board(), element);
    let id = element.id.to_string();
    let label = [&id, "-text"].concat();
    set_bound(
        &mut line,
        layout.text.is_some().then_some(label.as_str()),
        &[],
    );
    drawing.push(line);
    let Some(placed) = layout.text else { return };
    if (element.props.text_position() - DEFAULT_TEXT_POSITION).abs() > 0.01 {
        drawing.lacks(NotKept::TextPositions);
    }
    let at = Place::of_line_text(&placed);
    let mut written = text::drawn_text(element, &label, &placed.text, &at, drawing);
    set(&mut written, "containerId", id);
    set(&mut written, "verticalAlign", "middle");
    set(&mut written, "autoResize", true);
    drawing.push(written);
}

/// The corners of a line as it is painted. A curve goes through them.
fn corners(element: &Element, drawing: &Drawing<'_>) -> Vec<Point> {
    // Round corners are curves, which have other ends than the corners.
    let mut sharp = element.clone();
    sharp.props.set(Prop::Corner(0.0));
    let path: BezPath = line_path(drawing.board(), &sharp);
    let ends = path.elements().iter().filter_map(|element| match *element {
        PathEl::MoveTo(to)
        | PathEl::LineTo(to)
        | PathEl::QuadTo(_, to)
        | PathEl::CurveTo(_, _, to) => Some(to),
        PathEl::ClosePath => None,
    });
    let mut ends: Vec<Point> = ends.collect();
    ends.dedup_by(|one, before| one.distance(*before) < 1e-6);
    ends
}

/// The binding of an end. `fixedPoint` is the anchor; older versions of Excalidraw know only how far
/// the line passes from the middle.
fn binding(element: &Element, anchor: Option<Anchor>) -> Value {
    let Some(anchor) = anchor else {
        return Value::Null;
    };
    let [x, y] = anchor.at.map(f64::from);
    let is_middle = anchor.at == [0.5, 0.5];
    // Excalidraw moves a point in the very middle, because a line to it has no side.
    let fixed = if is_middle { 0.5001 } else { x };
    json!({
        "elementId": anchor.to.to_string(),
        "focus": 0,
        "gap": base::number(f64::from(element.props.width) * 1.5),
        "fixedPoint": [base::number(fixed), base::number(if is_middle { 0.5001 } else { y })],
        "mode": "orbit",
    })
}

const fn arrowhead(head: Arrowhead) -> Option<&'static str> {
    match head {
        Arrowhead::None => None,
        Arrowhead::Arrow => Some("arrow"),
        Arrowhead::Triangle => Some("triangle"),
        Arrowhead::Dot => Some("circle"),
        Arrowhead::Bar => Some("bar"),
    }
}

/// The segments that a user has moved; the first and the last one cannot be fixed.
fn fixed_segments(element: &Element, corners: &[Point], drawing: &Drawing<'_>) -> Value {
    let first = corners.first().copied().unwrap_or_default();
    let segments = elbow_segments(drawing.board(), element);
    let last = segments.len();
    let kept = segments.into_iter().enumerate();
    let kept =
        kept.filter(|(number, it)| it.is_kept && (1..last.saturating_sub(1)).contains(number));
    let fixed = kept.map(|(number, segment)| {
        let [start, end] =
            [segment.from, segment.to].map(|at| base::point(Point::from(at) - first));
        json!({ "index": number + 1, "start": start, "end": end })
    });
    let fixed: Vec<Value> = fixed.collect();
    if fixed.is_empty() {
        Value::Null
    } else {
        fixed.into()
    }
}
