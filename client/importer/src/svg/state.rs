//! The state that tags inherit: transform, paint and text style.

use kurbo::Affine;
use shared::model::palette::Rgb;
use shared::model::{Align, Font};
use svgtypes::{Length, LengthListParser, LengthUnit, Number, Transform};

use super::paint::{Paint, paint};
use super::tag::Tag;

/// The default size of text in pixels, and the length of `1em`.
const EM_PX: f64 = 16.0;

/// Everything that a tag inherits.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct State {
    /// Turns units of the drawing into board units.
    pub(super) transform: Affine,
    pub(super) fill: Paint,
    pub(super) stroke: Paint,
    pub(super) width: f64,
    pub(super) opacity: f64,
    pub(super) dashed: bool,
    pub(super) font_size: f64,
    pub(super) font: Font,
    pub(super) bold: bool,
    pub(super) italic: bool,
    pub(super) align: Align,
    /// Whether it is not drawn: a definition, or hidden.
    pub(super) hidden: bool,
}

impl State {
    pub(super) fn new(transform: Affine) -> Self {
        Self {
            transform,
            fill: Paint::Rgb(Rgb::from_hex(0)),
            stroke: Paint::None,
            width: 1.0,
            opacity: 1.0,
            dashed: false,
            font_size: EM_PX,
            font: Font::Sans,
            bold: false,
            italic: false,
            align: Align::Start,
            hidden: false,
        }
    }

    /// The state inside a tag.
    pub(super) fn within(mut self, tag: &Tag<'_>) -> Self {
        self.hidden |= is_not_drawn(tag.name);
        for (name, value) in &tag.attributes {
            self.apply(name, value);
        }
        // Styles win over attributes, in any order.
        for rule in tag.get("style").unwrap_or_default().split(';') {
            if let Some((name, value)) = rule.split_once(':') {
                self.apply(name.trim(), value.trim());
            }
        }
        self
    }

    fn apply(&mut self, name: &str, value: &str) {
        match name {
            "transform" => self.transform *= parse_transform(value),
            "fill" => self.fill = paint(value).unwrap_or(self.fill),
            "stroke" => self.stroke = paint(value).unwrap_or(self.stroke),
            "stroke-width" => self.width = length(value).unwrap_or(self.width).max(0.0),
            "opacity" | "stroke-opacity" | "fill-opacity" => {
                self.opacity *= share(value).unwrap_or(1.0).clamp(0.0, 1.0);
            }
            "stroke-dasharray" => self.dashed = first_length(value).is_some(),
            "font-size" => self.font_size = length(value).unwrap_or(self.font_size),
            "font-family" => self.font = font(value),
            "font-weight" => {
                self.bold =
                    value.starts_with("bold") || value.parse().is_ok_and(|w: f64| w >= 600.0);
            }
            "font-style" => self.italic = matches!(value, "italic" | "oblique"),
            "text-anchor" => {
                self.align = match value {
                    "middle" => Align::Center,
                    "end" => Align::End,
                    _ => Align::Start,
                };
            }
            "display" => self.hidden |= value == "none",
            "visibility" => self.hidden |= matches!(value, "hidden" | "collapse"),
            _ => {}
        }
    }
}

/// Whether the content of a tag is only a definition, which is not drawn where it stands.
fn is_not_drawn(name: &str) -> bool {
    matches!(
        name,
        "defs"
            | "clipPath"
            | "mask"
            | "symbol"
            | "pattern"
            | "marker"
            | "style"
            | "script"
            | "title"
            | "desc"
            | "metadata"
            | "linearGradient"
            | "radialGradient"
            | "filter"
            | "foreignObject"
    )
}

/// The most similar font of the board.
fn font(family: &str) -> Font {
    let family = family.to_ascii_lowercase();
    let is_one_of = |names: &[&str]| names.iter().any(|name| family.contains(name));
    if is_one_of(&["mono", "courier", "consol", "code"]) {
        Font::Mono
    } else if is_one_of(&["hand", "cursive", "comic", "script", "virgil"]) {
        Font::Handwriting
    } else {
        Font::Sans
    }
}

/// A fraction: 0.5 or 50%.
fn share(text: &str) -> Option<f64> {
    let given: Length = text.trim().parse().ok()?;
    Some(match given.unit {
        LengthUnit::Percent => given.number / 100.0,
        _ => given.number,
    })
}

/// A length in pixels.
pub(super) fn length(text: &str) -> Option<f64> {
    let text = text.trim();
    // svgtypes does not read this unit of CSS.
    if let Some(number) = text.strip_suffix("rem") {
        return Some(number.parse::<Number>().ok()?.0 * EM_PX);
    }
    pixels(text.parse().ok()?)
}

/// The first of several lengths, in pixels.
pub(super) fn first_length(text: &str) -> Option<f64> {
    pixels(LengthListParser::from(text).next()?.ok()?)
}

/// A length in pixels; `None` for percentages, whose base is not known here.
fn pixels(length: Length) -> Option<f64> {
    let px = match length.unit {
        LengthUnit::None | LengthUnit::Px => 1.0,
        LengthUnit::Pt => 4.0 / 3.0,
        LengthUnit::Pc => 16.0,
        LengthUnit::Em => EM_PX,
        LengthUnit::Ex => EM_PX / 2.0,
        LengthUnit::Mm => 96.0 / 25.4,
        LengthUnit::Cm => 96.0 / 2.54,
        LengthUnit::In => 96.0,
        LengthUnit::Percent => return None,
    };
    Some(length.number * px)
}

/// Reads a transform. It is the identity if any part of it is malformed.
fn parse_transform(text: &str) -> Affine {
    // CSS writes `px` and `deg` here, which are the units of numbers without unit.
    let plain = text.replace("px", "").replace("deg", "");
    let Transform { a, b, c, d, e, f } = plain.parse().unwrap_or_default();
    Affine::new([a, b, c, d, e, f])
}
