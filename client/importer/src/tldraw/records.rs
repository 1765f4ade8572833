//! The records of tldraw, as far as they are read. Everything may be missing.

use std::collections::HashMap;

use serde::Deserialize;
use serde_json::Value;

/// A shape, a binding or a page.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub(super) struct Record {
    pub(super) id: String,
    /// `shape`, `binding` or `page`. Clipboards have it too.
    pub(super) type_name: String,
    #[serde(rename = "type")]
    pub(super) kind: String,
    pub(super) x: f64,
    pub(super) y: f64,
    pub(super) rotation: f64,
    /// Its place among its siblings: of two, the one whose index is greater lies above.
    pub(super) index: String,
    pub(super) parent_id: String,
    pub(super) opacity: Option<f64>,
    /// Of a binding: the arrow, and the shape that its end is bound to.
    pub(super) from_id: String,
    pub(super) to_id: String,
    pub(super) props: Look,
}

/// The properties of a record, of all kinds together.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub(super) struct Look {
    pub(super) w: Option<f64>,
    pub(super) h: Option<f64>,
    pub(super) grow_y: Option<f64>,
    pub(super) scale: Option<f64>,
    pub(super) geo: Option<String>,
    pub(super) color: Option<String>,
    pub(super) fill: Option<String>,
    pub(super) dash: Option<String>,
    pub(super) size: Option<String>,
    pub(super) font: Option<String>,
    pub(super) align: Option<String>,
    pub(super) text_align: Option<String>,
    pub(super) auto_size: Option<bool>,
    /// The text, in earlier versions without style.
    pub(super) rich_text: Option<Value>,
    pub(super) text: Option<String>,
    pub(super) url: Option<String>,
    pub(super) name: Option<String>,
    // Ink.
    pub(super) segments: Vec<Segment>,
    pub(super) is_closed: Option<bool>,
    pub(super) is_pen: Option<bool>,
    pub(super) scale_x: Option<f64>,
    pub(super) scale_y: Option<f64>,
    // Lines.
    /// The points by their ids.
    pub(super) points: HashMap<String, LinePoint>,
    pub(super) spline: Option<String>,
    // Arrows.
    #[serde(rename = "kind")]
    pub(super) arrow_kind: Option<String>,
    pub(super) start: Terminal,
    pub(super) end: Terminal,
    pub(super) bend: Option<f64>,
    pub(super) arrowhead_start: Option<String>,
    pub(super) arrowhead_end: Option<String>,
    pub(super) label_position: Option<f64>,
    // Bindings.
    pub(super) terminal: Option<String>,
    pub(super) normalized_anchor: Option<Place>,
    pub(super) is_precise: Option<bool>,
}

/// A piece of ink: drawn by hand, or straight.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Segment {
    #[serde(rename = "type")]
    pub(super) kind: String,
    /// The points, packed.
    pub(super) path: Option<String>,
    /// The numbers of a packed point: 2 without pressure, else 3.
    pub(super) dim: Option<u8>,
    /// In earlier versions, the points one by one.
    pub(super) points: Vec<Place>,
}

/// A point. `z` is the pressure.
#[derive(Clone, Copy, Debug, Default, PartialEq, Deserialize)]
#[serde(default)]
pub(super) struct Place {
    pub(super) x: f64,
    pub(super) y: f64,
    pub(super) z: Option<f64>,
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct LinePoint {
    pub(super) index: String,
    pub(super) x: f64,
    pub(super) y: f64,
}

/// An end of an arrow. In earlier versions it says what it is bound to.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub(super) struct Terminal {
    pub(super) x: f64,
    pub(super) y: f64,
    pub(super) bound_shape_id: Option<String>,
    pub(super) normalized_anchor: Option<Place>,
    pub(super) is_precise: Option<bool>,
}
