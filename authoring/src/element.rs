//! Elements as JSON for programs.

use serde_json::{Value, json};
use shared::geometry::{FillRule, Ink, InkPoint, PackedPath, Quantum};
use shared::id::ElementId;
use shared::model::layout::bounds;
use shared::model::{Board, Body, Element, NewElement, Stroke, VectorPath};

/// The JSON of an element, as the format describes it, with its `bounds` on the board: `[left, top,
/// right, bottom]`. An entry of `create` takes it without `bounds`.
#[must_use]
pub fn element_json(board: &Board, element: &Element) -> Value {
    let mut value = formats::json::to_value(&element.to_new());
    if let Some(fields) = value.as_object_mut() {
        for (field, default) in explicit(&element.body) {
            fields.entry(field).or_insert(default);
        }
        let rect = bounds(board, element);
        let rounded = [rect.x0, rect.y0, rect.x1, rect.y1].map(hundredths);
        fields.insert("bounds".to_owned(), json!(rounded));
    }
    value
}

/// Fields with the defaults of the format that stand in the JSON even so, because new elements have
/// other defaults.
fn explicit(body: &Body) -> Vec<(&'static str, Value)> {
    let mut fields = vec![("color", json!("black")), ("opacity", json!(1))];
    if body.is_box() {
        fields.push(("size", json!([0, 0])));
    }
    if matches!(body, Body::Shape(_) | Body::Sticky { .. }) {
        fields.push(("align", json!("start")));
    }
    match body {
        Body::Shape(_) => fields.push(("corner", json!(0))),
        Body::Sticky { .. } => fields.push(("signed", json!(""))),
        Body::Stroke(_) | Body::Line | Body::Text | Body::Frame | Body::Path(_) | Body::Image => {}
    }
    fields
}

/// A coordinate in hundredths of a unit, which is finer than any screen shows.
fn hundredths(value: f64) -> f64 {
    (value * 100.0).round() / 100.0
}

/// The JSON of what can be changed of an element: all fields except those of its ink or path, and
/// its id.
pub(crate) fn changeable(element: &Element) -> Value {
    let new = NewElement {
        id: element.id,
        props: element.props.clone(),
        body: stand_in(&element.body),
        text: element.text.clone(),
    };
    let mut value = formats::json::to_value(&new);
    if let Some(fields) = value.as_object_mut() {
        fields.remove("id");
    }
    value
}

/// The element as a changed JSON of [`changeable`] describes it.
pub(crate) fn changed(value: &Value, id: ElementId) -> Result<NewElement, formats::json::Fault> {
    formats::json::from_value(value, id, None)
}

/// A small body of the same kind. Ink and paths never change, and may be large.
fn stand_in(body: &Body) -> Body {
    match body {
        Body::Stroke(stroke) => {
            let dot = Ink::encode(&[InkPoint::new(0.0, 0.0, 0.5)], Quantum::for_zoom(1.0));
            Body::Stroke(Stroke {
                brush: stroke.brush,
                parts: dot.into_iter().collect(),
                open: false,
                erased: Vec::new(),
            })
        }
        Body::Path(_) => {
            let unit = kurbo::Rect::new(0.0, 0.0, 1.0, 1.0);
            let square = kurbo::Shape::to_path(&unit, 0.1);
            PackedPath::pack_in(&square, unit).map_or_else(
                |_| body.clone(),
                |outline| {
                    Body::Path(VectorPath {
                        rule: FillRule::NonZero,
                        outline,
                    })
                },
            )
        }
        Body::Shape(_)
        | Body::Line
        | Body::Text
        | Body::Sticky { .. }
        | Body::Frame
        | Body::Image => body.clone(),
    }
}
