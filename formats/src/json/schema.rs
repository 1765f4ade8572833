//! The fields of an element as JSON Schema (2020-12), for the descriptions of interfaces of programs.

use serde_json::{Map, Value, json};
use shared::geometry::FillRule;
use shared::limits::{
    MAX_ALTERNATIVE_TEXT_CHARS, MAX_COORD, MAX_ERASED_RANGES, MAX_GROUPS, MAX_KEPT_SEGMENTS,
    MAX_LINE_POINTS, MAX_NAME_CHARS, MAX_STROKE_POINTS, MAX_TEXT_CHARS, MAX_TEXT_SIZE,
    MAX_TITLE_CHARS, MAX_WIDTH, MIN_TEXT_SIZE, MIN_WIDTH,
};
use shared::model::{Align, Arrowhead, Brush, Color, Dash, Filling, Font, MediaType, Route};

use super::names::{Kind, Named};

/// The schema of each field that an element of the format can have.
#[must_use]
pub fn schema() -> Map<String, Value> {
    let all = [place(), look(), lines(), writing(), bodies(), pictures()];
    let all = all.into_iter().flatten();
    all.map(|(field, schema)| (field.to_owned(), schema))
        .collect()
}

type Fields = Vec<(&'static str, Value)>;

/// One of the names of a type.
fn one_of<T: Named>(about: &str) -> Value {
    let names = T::NAMES.iter().map(|(_, name)| *name);
    json!({"type": "string", "enum": names.collect::<Vec<_>>(), "description": about})
}

fn number(least: f64, most: f64, about: &str) -> Value {
    json!({"type": "number", "minimum": least, "maximum": most, "description": about})
}

fn flag(about: &str) -> Value {
    json!({"type": "boolean", "description": about})
}

fn word(about: &str) -> Value {
    json!({"type": "string", "minLength": 1, "maxLength": 64, "description": about})
}

/// Two numbers.
fn pair(about: &str) -> Value {
    json!({
        "type": "array", "items": {"type": "number"}, "minItems": 2, "maxItems": 2,
        "description": about,
    })
}

fn list(items: &Value, most: usize, about: &str) -> Value {
    json!({"type": "array", "items": items, "maxItems": most, "description": about})
}

fn color(about: &str) -> Value {
    let names = Color::ALL
        .map(|color| color.name().to_lowercase())
        .join(", ");
    let about = format!(
        "{about}: {names}; `#rrggbb`, which is changed as far as it needs contrast; or \
         `drawn:#rrggbb`, which is exact in the light theme"
    );
    json!({"type": "string", "description": about, "examples": ["blue", "#ff8800"]})
}

fn place() -> Fields {
    let edge = |about: &str| number(-MAX_COORD, MAX_COORD, about);
    vec![
        (
            "kind",
            one_of::<Kind>("The kind of the element. It never changes"),
        ),
        ("id", word("The id of the element")),
        (
            "x",
            edge("The left edge of an unrotated box, or the origin of `points` or `ink`"),
        ),
        (
            "y",
            edge(
                "The upper edge of an unrotated box, or the origin of `points` or `ink`; y grows downwards",
            ),
        ),
        (
            "size",
            pair(
                "[width, height] of a box. Boxes grow with their text. A text of width 0 does not wrap",
            ),
        ),
        (
            "angle",
            number(
                -7.0,
                7.0,
                "Rotation in radians, clockwise: of a box about its middle",
            ),
        ),
        (
            "scale",
            pair("Scale of a stroke about its origin; the signs mirror a path or an image"),
        ),
        (
            "groups",
            list(
                &word("A group"),
                MAX_GROUPS,
                "Names of the groups, the innermost first. Equal names are one group",
            ),
        ),
        (
            "locked",
            flag("Whether the element is locked against changes"),
        ),
        (
            "protected",
            flag("Whether only owners may change the element"),
        ),
        (
            "frame",
            word("The id of the frame that the element is a member of"),
        ),
        (
            "name",
            json!({"type": "string", "maxLength": MAX_TITLE_CHARS, "description": "The title of a frame"}),
        ),
    ]
}

fn look() -> Fields {
    vec![
        ("color", color("Colour of the line and of the text")),
        (
            "line_width",
            number(
                MIN_WIDTH.into(),
                MAX_WIDTH.into(),
                "Width of the line; 4 by default",
            ),
        ),
        ("opacity", number(0.0, 1.0, "Opacity; 1 by default")),
        (
            "filling",
            one_of::<Filling>("How the inside of a shape is filled; tint is pale"),
        ),
        (
            "fill",
            color("Colour of the inside; that of the line by default"),
        ),
        (
            "outlined",
            flag("Whether the line around a shape or along a path is drawn; true by default"),
        ),
        ("dash", one_of::<Dash>("Dash pattern of the line")),
        ("corner", number(0.0, MAX_COORD, "Radius of the corners")),
    ]
}

fn lines() -> Fields {
    let end = |which: &str| {
        json!({
            "type": "object",
            "properties": {
                "to": word("The element that this end follows"),
                "at": pair("The point of its box that the end aims at, in parts of its size; the middle by default"),
            },
            "required": ["to"],
            "additionalProperties": false,
            "description": format!("The anchor of the {which} of a line"),
        })
    };
    let head = json!({"type": "string", "enum": Arrowhead::NAMES.iter().map(|(_, name)| *name).collect::<Vec<_>>()});
    let segment = json!({
        "type": "object",
        "properties": {"vertical": {"type": "number"}, "horizontal": {"type": "number"}},
        "minProperties": 1, "maxProperties": 1, "additionalProperties": false,
    });
    vec![
        (
            "points",
            list(
                &pair("[x, y]"),
                MAX_LINE_POINTS,
                "The points of a line, relative to `x`, `y`",
            ),
        ),
        (
            "route",
            one_of::<Route>("How a line leads through its points"),
        ),
        (
            "heads",
            json!({
                "type": "array", "items": head, "minItems": 2, "maxItems": 2,
                "description": "The heads at start and end of a line",
            }),
        ),
        ("start", end("start")),
        ("end", end("end")),
        (
            "kept_segments",
            list(
                &segment,
                MAX_KEPT_SEGMENTS,
                "Segments of an elbow line that a user has moved",
            ),
        ),
        (
            "text_position",
            number(
                0.0,
                1.0,
                "Place of the text of a line, 0 at its start to 1; 0.5 by default",
            ),
        ),
    ]
}

fn writing() -> Fields {
    let run = json!({
        "type": "object",
        "properties": {
            "text": {"type": "string"}, "bold": {"type": "boolean"}, "italic": {"type": "boolean"},
        },
        "required": ["text"], "additionalProperties": false,
    });
    vec![
        (
            "text",
            json!({
                "anyOf": [
                    {"type": "string", "maxLength": MAX_TEXT_CHARS},
                    {"type": "array", "items": run},
                ],
                "description": "The text of a shape, line, text or sticky note: a string, or runs with styles. `\\n` ends a paragraph",
            }),
        ),
        ("font", one_of::<Font>("Typeface")),
        (
            "text_size",
            number(
                MIN_TEXT_SIZE.into(),
                MAX_TEXT_SIZE.into(),
                "Size of the text; 24 by default",
            ),
        ),
        ("align", one_of::<Align>("Alignment of the lines of text")),
        (
            "measures",
            json!({"type": "array", "items": {"type": "object"}, "description": "Widths of words that system fonts draw; programs leave them out"}),
        ),
        (
            "signed",
            json!({"type": "string", "maxLength": MAX_NAME_CHARS, "description": "The name of the author on a sticky note"}),
        ),
    ]
}

fn bodies() -> Fields {
    let point = json!({"type": "array", "items": {"type": "number"}, "minItems": 2, "maxItems": 3});
    vec![
        ("brush", one_of::<Brush>("The brush of a stroke")),
        (
            "ink",
            list(
                &point,
                MAX_STROKE_POINTS,
                "The points of a stroke, each [x, y] or [x, y, pressure] with a pressure from 0 to 1",
            ),
        ),
        (
            "precision",
            json!({"type": "integer", "minimum": -20, "maximum": 7, "description": "The points of the ink are rounded to multiples of 2 to the power of this; -3 by default"}),
        ),
        (
            "erased",
            list(
                &pair("[from, to]"),
                MAX_ERASED_RANGES,
                "Erased ranges of a stroke, in positions among its points",
            ),
        ),
        (
            "path",
            json!({"type": "string", "description": "SVG path data of a path", "examples": ["M0 0L40 0L40 30Z"]}),
        ),
        (
            "view",
            pair("[width, height] of the box that `path` is drawn in; it is stretched to `size`"),
        ),
        ("fill_rule", one_of::<FillRule>("The fill rule of a path")),
    ]
}

fn pictures() -> Fields {
    let part = || json!({"type": "number", "minimum": 0, "maximum": 1});
    vec![
        (
            "picture",
            json!({
                "type": "object",
                "properties": {
                    "sha256": {"type": "string", "description": "The SHA-256 of the file in hexadecimal letters"},
                    "media_type": one_of::<MediaType>("The format of the file"),
                    "width": {"type": "integer", "minimum": 1, "description": "In pixels"},
                    "height": {"type": "integer", "minimum": 1, "description": "In pixels"},
                    "thumbhash": {"type": "string", "description": "A ThumbHash in base64"},
                },
                "required": ["sha256", "media_type", "width", "height"],
                "additionalProperties": false,
                "description": "The picture of an image",
            }),
        ),
        (
            "crop",
            json!({
                "type": "object",
                "properties": {"left": part(), "top": part(), "right": part(), "bottom": part()},
                "required": ["left", "top", "right", "bottom"],
                "additionalProperties": false,
                "description": "The part of its picture that an image shows, in parts of its size",
            }),
        ),
        (
            "alternative_text",
            json!({"type": "string", "maxLength": MAX_ALTERNATIVE_TEXT_CHARS, "description": "A description of an image"}),
        ),
    ]
}
