//! Defaults of new elements: those of the tools of the editor at 100 %, where they differ from those
//! of the format.

use kurbo::BezPath;
use serde_json::{Map, Value, json};
use shared::limits::MAX_NAME_CHARS;

/// The width of the line of a highlighter.
const HIGHLIGHTER_WIDTH: f32 = shared::model::WidthStep::Medium.highlighter_px();
/// The width of the line around a frame.
const FRAME_LINE: f64 = 1.5;

/// Replaces other words for the same by those of the format, and fills in defaults. A value of the
/// wrong type is left to the reader of the format.
pub(super) fn complete(fields: &mut Map<String, Value>, author: &str) {
    let kind = fields
        .get("kind")
        .and_then(Value::as_str)
        .map(str::to_owned);
    let mut default = |field: &str, value: Value| {
        fields.entry(field).or_insert(value);
    };
    match kind.as_deref() {
        Some("arrow") => {
            default("heads", json!(["none", "arrow"]));
            fields.insert("kind".to_owned(), json!("line"));
        }
        Some("rectangle" | "ellipse" | "diamond" | "triangle") => default("align", json!("center")),
        Some("sticky") => {
            default("color", json!("yellow"));
            default("align", json!("center"));
            let signed: String = author.chars().take(MAX_NAME_CHARS).collect();
            default("signed", json!(signed));
        }
        Some("frame") => default("line_width", json!(FRAME_LINE)),
        Some("stroke") => stroke(fields),
        Some("path") => path(fields),
        _ => {}
    }
}

/// A path without a size is as large as it is drawn.
fn path(fields: &mut Map<String, Value>) {
    if fields.contains_key("size") {
        return;
    }
    if let Some(view) = fields.get("view").cloned() {
        fields.insert("size".to_owned(), view);
        return;
    }
    let text = fields.get("path").and_then(Value::as_str);
    let drawn = text.and_then(|text| BezPath::from_svg(text).ok());
    if let Some(drawn) = drawn.filter(|path| !path.elements().is_empty()) {
        let end = drawn.control_box();
        let size = json!([end.x1.max(1.0), end.y1.max(1.0)]);
        fields.insert("size".to_owned(), size.clone());
        fields.insert("view".to_owned(), size);
    }
}

fn stroke(fields: &mut Map<String, Value>) {
    if !fields.contains_key("ink")
        && let Some(points) = fields.remove("points")
    {
        fields.insert("ink".to_owned(), points);
    }
    if fields
        .get("brush")
        .is_some_and(|brush| brush == "highlighter")
    {
        fields.entry("color").or_insert(json!("yellow"));
        fields
            .entry("line_width")
            .or_insert(json!(HIGHLIGHTER_WIDTH));
    }
}
