//! An element of Excalidraw, and its geometry.

use kurbo::{Point, Rect};
use serde::Deserialize;
use shared::limits::MAX_LINE_POINTS;
use shared::model::palette::Rgb;
use shared::model::{Color, Crop, Outline};

use crate::svg::{color, paint_of};

/// The greatest distance between the ends of a line that has an inside, in units of the scene:
/// `LINE_CONFIRM_THRESHOLD` of Excalidraw 0.18.1.
const LOOP_GAP: f64 = 8.0;

const WHITE: Rgb = Rgb::from_hex(0x00ff_ffff);

/// An element as the scene has it. Everything may be missing.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub(super) struct Drawn {
    pub(super) id: String,
    #[serde(rename = "type")]
    pub(super) kind: String,
    pub(super) x: f64,
    pub(super) y: f64,
    pub(super) width: f64,
    pub(super) height: f64,
    pub(super) angle: f64,
    pub(super) stroke_color: Option<String>,
    pub(super) background_color: Option<String>,
    pub(super) fill_style: Option<String>,
    stroke_width: Option<f64>,
    pub(super) stroke_style: Option<String>,
    pub(super) opacity: Option<f64>,
    pub(super) group_ids: Option<Vec<String>>,
    pub(super) frame_id: Option<String>,
    pub(super) roundness: Option<Roundness>,
    /// How earlier versions said that corners are round.
    pub(super) stroke_sharpness: Option<String>,
    pub(super) is_deleted: bool,
    pub(super) text: Option<String>,
    pub(super) original_text: Option<String>,
    pub(super) font_size: Option<f64>,
    pub(super) font_family: Option<f64>,
    pub(super) text_align: Option<String>,
    pub(super) vertical_align: Option<String>,
    pub(super) auto_resize: Option<bool>,
    pub(super) container_id: Option<String>,
    pub(super) points: Vec<Vec<f64>>,
    pub(super) pressures: Option<Vec<f64>>,
    pub(super) simulate_pressure: Option<bool>,
    pub(super) start_binding: Option<Binding>,
    pub(super) end_binding: Option<Binding>,
    pub(super) start_arrowhead: Option<String>,
    pub(super) end_arrowhead: Option<String>,
    pub(super) elbowed: Option<bool>,
    pub(super) name: Option<String>,
    pub(super) file_id: Option<String>,
    /// The signs of an image say how it is mirrored.
    pub(super) scale: Option<[f64; 2]>,
    pub(super) crop: Option<DrawnCrop>,
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Roundness {
    pub(super) value: Option<f64>,
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub(super) struct Binding {
    pub(super) element_id: String,
    pub(super) focus: Option<f64>,
    /// The distance between the end of the line and the outline of the element.
    pub(super) gap: Option<f64>,
    pub(super) fixed_point: Option<Vec<f64>>,
}

/// The colours of an element, and its opacity.
pub(super) struct Paints {
    pub(super) line: Option<Color>,
    pub(super) inside: Option<Color>,
    /// 0 to 1.
    pub(super) opacity: f64,
}

/// The part of a picture that an image shows, in pixels of the picture.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub(super) struct DrawnCrop {
    x: f64,
    y: f64,
    width: f64,
    height: f64,
    natural_width: f64,
    natural_height: f64,
}

impl DrawnCrop {
    /// The part in fractions of the picture; `None` if it is empty.
    pub(super) fn part(&self) -> Option<Crop> {
        let share = |length: f64, of: f64| (length / of).clamp(0.0, 1.0) as f32;
        let crop = Crop {
            left: share(self.x, self.natural_width),
            top: share(self.y, self.natural_height),
            right: share(self.x + self.width, self.natural_width),
            bottom: share(self.y + self.height, self.natural_height),
        };
        (crop.left < crop.right && crop.top < crop.bottom).then_some(crop)
    }
}

impl Drawn {
    pub(super) fn is_frame(&self) -> bool {
        matches!(self.kind.as_str(), "frame" | "magicframe")
    }

    pub(super) fn outline(&self) -> Option<Outline> {
        match self.kind.as_str() {
            "rectangle" => Some(Outline::Rectangle),
            "ellipse" => Some(Outline::Ellipse),
            "diamond" => Some(Outline::Diamond),
            _ => None,
        }
    }

    /// Whether it is a text at the upper or lower edge of its shape.
    pub(super) fn is_at_edge(&self) -> bool {
        matches!(self.vertical_align.as_deref(), Some("top" | "bottom"))
    }

    /// The text without the line breaks that its width makes. Earlier versions leave `originalText` empty.
    pub(super) fn words(&self) -> Option<&str> {
        let original = self.original_text.as_deref();
        original
            .filter(|it| !it.is_empty())
            .or(self.text.as_deref())
    }

    /// Whether it is a line or an arrow that becomes a line. Filled ones and those of very many points
    /// become paths.
    pub(super) fn is_line(&self) -> bool {
        // Excalidraw reads freehand lines of its first versions, "draw", as lines.
        let may_be = match self.kind.as_str() {
            "line" | "draw" => !self.is_filled(),
            "arrow" => true,
            _ => false,
        };
        may_be && (2..=MAX_LINE_POINTS).contains(&self.points().len())
    }

    /// Whether a line or ink has a fill: it ends near where it begins.
    pub(super) fn is_filled(&self) -> bool {
        let ends_near = match self.points().as_slice() {
            [first, _, .., last] => first.distance(*last) <= LOOP_GAP,
            _ => false,
        };
        ends_near && self.background().is_some()
    }

    /// Whether its corners are round, or its line is a curve.
    pub(super) fn is_round(&self) -> bool {
        self.roundness.is_some() || self.stroke_sharpness.as_deref() == Some("round")
    }

    pub(super) fn stroke_width(&self) -> f64 {
        self.stroke_width.unwrap_or(2.0).max(0.0)
    }

    /// Its box before rotation. Sizes may be negative while it is being drawn.
    pub(super) fn rect(&self) -> Rect {
        Rect::new(self.x, self.y, self.x + self.width, self.y + self.height).abs()
    }

    fn background(&self) -> Option<(Rgb, f64)> {
        self.background_color.as_deref().and_then(paint_of)
    }

    /// The colours as they are seen. An element has one opacity here: that of the less transparent
    /// colour. The other one is as pale as it is on white.
    pub(super) fn paints(&self) -> Paints {
        let line = self.stroke_color.as_deref().and_then(paint_of);
        let inside = self.background();
        let has_inside = self.outline().is_some() || self.is_filled();
        let seen = inside.filter(|_| has_inside);
        let alphas = [line, seen].into_iter().flatten().map(|(_, alpha)| alpha);
        let strongest = alphas.reduce(f64::max).unwrap_or(1.0);
        let on_white = |(rgb, alpha): (Rgb, f64)| {
            let share = (alpha / strongest).min(1.0) as f32;
            color(WHITE.mixed(rgb, share))
        };
        Paints {
            line: line.map(on_white),
            inside: inside.map(on_white),
            opacity: strongest * self.opacity.unwrap_or(100.0) / 100.0,
        }
    }

    /// The points from its position, those that are numbers.
    pub(super) fn points(&self) -> Vec<Point> {
        let points = self.points.iter().filter_map(|at| match at.as_slice() {
            [x, y, ..] if x.is_finite() && y.is_finite() => Some(Point::new(*x, *y)),
            _ => None,
        });
        points.collect()
    }

    /// Its points after its rotation about the middle of their box.
    pub(super) fn turned(&self, points: &[Point]) -> Vec<Point> {
        if self.angle == 0.0 {
            return points.to_vec();
        }
        let around = points.iter().copied();
        let around = around
            .map(|at| Rect::from_points(at, at))
            .reduce(|a, b| a.union(b));
        let middle = around.unwrap_or_default().center();
        let turn = kurbo::Affine::rotate_about(self.angle, middle);
        points.iter().map(|at| turn * *at).collect()
    }
}
