//! The fields that all elements of a scene have.

use kurbo::{Point, Rect};
use serde_json::{Map, Value, json};
use shared::id::ElementId;
use shared::model::palette::Rgb;
use shared::model::{Dash, Element};

/// An element of a scene.
pub(super) type Drawn = Map<String, Value>;

/// The name of "no colour".
pub(super) const TRANSPARENT: &str = "transparent";

/// An element of this kind in a rectangle, before its rotation by `angle`. It looks like `element`
/// as far as all kinds have the same fields.
pub(super) fn drawn(element: &Element, id: &str, kind: &str, rect: Rect, angle: f64) -> Drawn {
    let props = &element.props;
    let groups = props.groups().into_iter().map(|it| it.to_string());
    let frame = props.frame().map(|id| id.to_string());
    let seed = seed(id);
    let mut drawn = Map::new();
    let fields = [
        ("id", json!(id)),
        ("type", json!(kind)),
        ("x", number(rect.x0)),
        ("y", number(rect.y0)),
        ("width", number(rect.width())),
        ("height", number(rect.height())),
        ("angle", number(angle.rem_euclid(std::f64::consts::TAU))),
        ("strokeColor", json!(TRANSPARENT)),
        ("backgroundColor", json!(TRANSPARENT)),
        ("fillStyle", json!("solid")),
        ("strokeWidth", number(f64::from(props.width))),
        ("strokeStyle", json!(stroke_style(props.dash()))),
        ("roughness", json!(0)),
        (
            "opacity",
            json!((f64::from(props.opacity) / 2.55).round() as u8),
        ),
        ("groupIds", groups.collect::<Vec<_>>().into()),
        ("frameId", json!(frame)),
        ("index", Value::Null),
        ("roundness", Value::Null),
        ("seed", json!(seed)),
        ("version", json!(1)),
        ("versionNonce", json!(seed)),
        ("isDeleted", json!(false)),
        ("boundElements", json!([])),
        ("updated", json!(1)),
        ("link", Value::Null),
        ("locked", json!(props.locked())),
    ];
    drawn.extend(fields.map(|(name, value)| (name.to_owned(), value)));
    drawn
}

/// Sets a field.
pub(super) fn set(drawn: &mut Drawn, name: &str, value: impl Into<Value>) {
    drawn.insert(name.to_owned(), value.into());
}

/// Adds an outer group to an element, around the groups that it has.
pub(super) fn group(drawn: &mut Drawn, name: &str) {
    if let Some(Value::Array(groups)) = drawn.get_mut("groupIds") {
        groups.insert(0, name.into());
    }
}

/// Sets the colour of the line; `None` for no line.
pub(super) fn set_stroke(drawn: &mut Drawn, color: Option<Rgb>) {
    set(drawn, "strokeColor", css(color));
}

/// Sets the colour of the inside; `None` for an empty one.
pub(super) fn set_background(drawn: &mut Drawn, color: Option<Rgb>) {
    set(drawn, "backgroundColor", css(color));
}

fn css(color: Option<Rgb>) -> String {
    color.map_or_else(|| TRANSPARENT.to_owned(), Rgb::to_css)
}

/// A number with four decimals. The formats have no infinite ones.
pub(super) fn number(value: f64) -> Value {
    let rounded = (value * 1e4).round() / 1e4;
    if rounded.is_finite() {
        json!(rounded)
    } else {
        json!(0)
    }
}

/// Points relative to the first one, and the rectangle around them.
pub(super) fn relative(points: &[Point]) -> (Vec<Value>, Rect) {
    let first = points.first().copied().unwrap_or_default();
    let around = points.iter().map(|at| Rect::from_points(*at, *at));
    let around = around.reduce(|all, one| all.union(one)).unwrap_or_default();
    let pairs = points.iter().map(|at| point(*at - first));
    // The position of such an element is that of its first point.
    (
        pairs.collect(),
        Rect::from_origin_size(first, around.size()),
    )
}

/// A point of a scene.
pub(super) fn point(way: kurbo::Vec2) -> Value {
    Value::Array(vec![number(way.x), number(way.y)])
}

const fn stroke_style(dash: Dash) -> &'static str {
    match dash {
        Dash::Solid => "solid",
        Dash::Dashed => "dashed",
        Dash::Dotted => "dotted",
    }
}

/// A number that Excalidraw seeds its drawing with.
fn seed(id: &str) -> u32 {
    crc32fast::hash(id.as_bytes()) >> 1
}

/// Names the elements that belong to an element: its label and the lines that are bound to it.
pub(super) fn set_bound(drawn: &mut Drawn, label: Option<&str>, lines: &[ElementId]) {
    let label = label.map(|id| json!({ "type": "text", "id": id }));
    let lines = lines
        .iter()
        .map(|id| json!({ "type": "arrow", "id": id.to_string() }));
    set(
        drawn,
        "boundElements",
        label.into_iter().chain(lines).collect::<Vec<_>>(),
    );
}
