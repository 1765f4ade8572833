//! What the kinds of elements have of their own: ink, paths, and the name on a sticky note.

use std::fmt;

use kurbo::{BezPath, Rect, Size};
use serde::de::{Error as _, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use shared::geometry::{FillRule, Ink, InkPoint, PackedPath, Quantum};
use shared::id::ClientId;
use shared::limits::{
    MAX_COORD, MAX_ERASED_RANGES, MAX_INK_POINTS, MAX_PATH_BYTES, MAX_STROKE_POINTS,
};
use shared::model::{Body, Brush, Erasure, Props, Stroke, VectorPath};

use super::element::JsonElement;
use super::ids::Ids;
use super::list::List;
use super::names::{Kind, Name};
use super::number::{Plain, Share};

/// Steps of the grid of a path along a side of its box.
const GRID: f64 = 65_536.0;
/// The longest text of a path, in bytes: that of the longest packed path.
const MAX_PATH_TEXT: usize = 8 * MAX_PATH_BYTES;
/// The pressure of a point that names none.
const DEFAULT_PRESSURE: Share = Share(128);

/// The points of a stroke.
pub(super) type InkPoints = List<JsonPoint, MAX_STROKE_POINTS>;

/// The erased ranges of a stroke.
pub(super) type Erased = List<[f32; 2], MAX_ERASED_RANGES>;

/// A point of ink: `[x, y]` or `[x, y, pressure]`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct JsonPoint {
    x: f64,
    y: f64,
    pressure: Share,
}

impl JsonPoint {
    fn of(point: InkPoint) -> Self {
        let pressure = Share::nearest(f64::from(point.pressure));
        Self {
            x: point.x,
            y: point.y,
            pressure: pressure.unwrap_or(DEFAULT_PRESSURE),
        }
    }

    fn read(self) -> InkPoint {
        InkPoint::new(self.x, self.y, f32::from(self.pressure.0) / 255.0)
    }
}

impl Serialize for JsonPoint {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let (x, y) = (Plain(self.x), Plain(self.y));
        if self.pressure == DEFAULT_PRESSURE {
            [x, y].serialize(serializer)
        } else {
            [x, y, self.pressure.written()].serialize(serializer)
        }
    }
}

impl<'de> Deserialize<'de> for JsonPoint {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_seq(Numbers)
    }
}

struct Numbers;

impl<'de> Visitor<'de> for Numbers {
    type Value = JsonPoint;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("[x, y] or [x, y, pressure] with a pressure from 0 to 1")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut numbers: A) -> Result<JsonPoint, A::Error> {
        let mut number = |place: usize| {
            let next = numbers.next_element::<f64>();
            next.transpose()
                .unwrap_or_else(|| Err(A::Error::invalid_length(place, &self)))
        };
        let (x, y) = (number(0)?, number(1)?);
        let pressure = match numbers.next_element::<f64>()? {
            Some(pressure) => Share::nearest(pressure).ok_or_else(|| {
                A::Error::invalid_value(serde::de::Unexpected::Float(pressure), &self)
            })?,
            None => DEFAULT_PRESSURE,
        };
        Ok(JsonPoint { x, y, pressure })
    }
}

impl JsonElement {
    /// Takes over what the kind of element has of its own.
    pub(super) fn write_body(&mut self, body: &Body) {
        self.kind = Some(Name(Kind::of(body)));
        match body {
            Body::Shape(_) | Body::Line | Body::Text | Body::Frame | Body::Image => {}
            Body::Sticky { signed } => {
                self.signed = (!signed.is_empty()).then(|| signed.clone());
            }
            Body::Stroke(stroke) => self.write_stroke(stroke),
            Body::Path(path) => {
                self.fill_rule = (path.rule == FillRule::EvenOdd).then_some(Name(path.rule));
                self.view = Some([GRID, GRID]);
                self.path = Some(path.outline.to_path(Size::new(GRID, GRID)).to_svg());
            }
        }
    }

    fn write_stroke(&mut self, stroke: &Stroke) {
        self.brush = (stroke.brush != Brush::Pen).then_some(Name(stroke.brush));
        // All parts are written as one, on the finest of their grids.
        let finest = stroke.parts.iter().map(Ink::quantum).min();
        let usual = Quantum::for_zoom(1.0);
        self.precision = finest
            .filter(|quantum| *quantum != usual)
            .map(Quantum::exponent);
        let points = stroke.points().into_iter().map(JsonPoint::of);
        self.ink = Some(List(points.collect()));
        let erased: Vec<[f32; 2]> = stroke.erased.iter().map(|it| it.span).collect();
        self.erased = (!erased.is_empty()).then_some(List(erased));
    }

    /// What the kind of element has of its own.
    pub(super) fn read_body(&mut self, props: &Props, ids: &mut Ids) -> Result<Body, String> {
        ids.at_field("kind");
        let Some(Name(kind)) = self.kind else {
            return Err("the kind is missing".to_owned());
        };
        Ok(match kind {
            Kind::Shape(outline) => Body::Shape(outline),
            Kind::Line => Body::Line,
            Kind::Text => Body::Text,
            Kind::Frame => Body::Frame,
            Kind::Image => Body::Image,
            Kind::Sticky => Body::Sticky {
                signed: self.signed.take().unwrap_or_default(),
            },
            Kind::Stroke => Body::Stroke(self.read_stroke(ids)?),
            Kind::Path => Body::Path(self.read_path(props, ids)?),
        })
    }

    fn read_stroke(&mut self, ids: &mut Ids) -> Result<Stroke, String> {
        ids.at_field("precision");
        let quantum = match self.precision {
            Some(exponent) => Quantum::from_exponent(exponent).map_err(|it| it.to_string())?,
            None => Quantum::for_zoom(1.0),
        };
        ids.at_field("ink");
        let points = self.ink.take().ok_or("the ink is missing")?.0;
        let points: Vec<InkPoint> = points.into_iter().map(JsonPoint::read).collect();
        let parts = points.chunks(MAX_INK_POINTS);
        let parts: Result<Vec<Ink>, _> = parts.map(|part| Ink::encode(part, quantum)).collect();
        let erased = self.erased.take().map_or_else(Vec::new, |list| list.0);
        let by = ClientId::from_bytes([0; 16]);
        Ok(Stroke {
            brush: self.brush.map_or(Brush::Pen, |name| name.0),
            parts: parts.map_err(|error| error.to_string())?,
            open: false,
            erased: erased
                .into_iter()
                .map(|span| Erasure { by, span })
                .collect(),
        })
    }

    fn read_path(&mut self, props: &Props, ids: &mut Ids) -> Result<VectorPath, String> {
        ids.at_field("view");
        let view = self.view.unwrap_or_else(|| props.size().map(f64::from));
        if !view.iter().all(|side| (0.0..=MAX_COORD).contains(side)) {
            return Err("the view has two sides of 0 or more".to_owned());
        }
        ids.at_field("path");
        let text = self.path.take().ok_or("the path is missing")?;
        if text.len() > MAX_PATH_TEXT {
            return Err("the path is too long".to_owned());
        }
        let path = BezPath::from_svg(&text).map_err(|error| error.to_string())?;
        let [width, height] = view;
        let outline = PackedPath::pack_in(&path, Rect::new(0.0, 0.0, width, height));
        Ok(VectorPath {
            rule: self.fill_rule.map_or(FillRule::NonZero, |name| name.0),
            outline: outline.map_err(|error| error.to_string())?,
        })
    }
}
