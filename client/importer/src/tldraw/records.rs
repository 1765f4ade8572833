//! The records of tldraw, as far as they are read. Everything may be missing.

use std::collections::HashMap;

use kurbo::{Point, Size};
use serde::Deserialize;
use serde_json::Value;

use super::packed_points::unpack;

/// A shape, a binding or a page.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub(super) struct Record {
    pub(super) id: String,
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
    pub(super) props: ShapeProps,
}

/// The properties of a record, of all kinds together.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub(super) struct ShapeProps {
    pub(super) w: Option<f64>,
    pub(super) h: Option<f64>,
    pub(super) grow_y: Option<f64>,
    pub(super) scale: Option<f64>,
    pub(super) geo: Option<String>,
    pub(super) color: Option<String>,
    pub(super) label_color: Option<String>,
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
    pub(super) points: LinePoints,
    /// The points in earlier versions.
    pub(super) handles: LinePoints,
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
    path: Option<String>,
    /// The numbers of a packed point: 2 without pressure, else 3.
    dim: Option<u8>,
    /// In earlier versions, the points one by one.
    points: Vec<Place>,
}

/// A point. `z` is the pressure.
#[derive(Clone, Copy, Debug, Default, PartialEq, Deserialize)]
#[serde(default)]
pub(super) struct Place {
    pub(super) x: f64,
    pub(super) y: f64,
    pub(super) z: Option<f64>,
}

/// The points of a line.
#[derive(Clone, Debug, Deserialize)]
#[serde(untagged)]
pub(super) enum LinePoints {
    InOrder(Vec<LinePoint>),
    /// By their ids, or in earlier versions by their indexes.
    ByKey(HashMap<String, LinePoint>),
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct LinePoint {
    /// Its place among the points. Empty if the key says it.
    index: String,
    x: f64,
    y: f64,
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

impl ShapeProps {
    /// The size of the box.
    pub(super) fn size(&self) -> Size {
        let height = self.h.unwrap_or(0.0) + self.grow_y.unwrap_or(0.0);
        Size::new(self.w.unwrap_or(0.0), height)
    }

    /// The place of a point of ink.
    pub(super) fn place_of(&self, at: Place) -> Point {
        let [x, y] = [self.scale_x, self.scale_y].map(|scale| scale.unwrap_or(1.0));
        Point::new(at.x * x, at.y * y)
    }

    /// The points of a line.
    pub(super) fn line_points(&self) -> Vec<Point> {
        let points = self.points.in_order();
        if points.is_empty() {
            self.handles.in_order()
        } else {
            points
        }
    }
}

impl Segment {
    /// Its points, before they are stretched.
    pub(super) fn points(&self) -> Vec<Place> {
        let dim = if self.dim == Some(2) { 2 } else { 3 };
        match &self.path {
            Some(path) => unpack(path, dim),
            None => self.points.clone(),
        }
    }
}

impl LinePoints {
    fn in_order(&self) -> Vec<Point> {
        let mut points: Vec<(&str, &LinePoint)> = match self {
            Self::InOrder(points) => points.iter().map(|point| ("", point)).collect(),
            Self::ByKey(points) => points
                .iter()
                .map(|(key, point)| {
                    let index = Some(&point.index).filter(|index| !index.is_empty());
                    (index.unwrap_or(key).as_str(), point)
                })
                .collect(),
        };
        points.sort_by_key(|(index, _)| *index);
        let places = points.into_iter();
        places.map(|(_, at)| Point::new(at.x, at.y)).collect()
    }
}

impl Default for LinePoints {
    fn default() -> Self {
        Self::InOrder(Vec::new())
    }
}
