//! What is inherited from tag to tag: where things are and how they are painted.
//!
//! Knows attributes. It must not know elements of boards.

use kurbo::{Affine, Point};
use shared::model::palette::{Rgb, Theme, swatch};
use shared::model::{Align, Color, Font};

use super::scan::{Tag, number, numbers};

/// Paint as the source names it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Paint {
    None,
    Rgb(Rgb),
}

/// Everything that a tag inherits.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct State {
    /// From the source's units to board units.
    pub(super) place: Affine,
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
    /// It does not show: a definition, or hidden.
    pub(super) hidden: bool,
}

impl State {
    pub(super) fn new(place: Affine) -> Self {
        Self {
            place,
            fill: Paint::Rgb(Rgb::from_hex(0)),
            stroke: Paint::None,
            width: 1.0,
            opacity: 1.0,
            dashed: false,
            font_size: 16.0,
            font: Font::Sans,
            bold: false,
            italic: false,
            align: Align::Start,
            hidden: false,
        }
    }

    /// What holds within a tag.
    pub(super) fn within(mut self, tag: &Tag<'_>) -> Self {
        self.hidden |= is_unseen(tag.name);
        for (name, value) in tag.attributes() {
            self.apply(name, value);
        }
        // What is in a style counts more, wherever it stands.
        for rule in tag.get("style").unwrap_or_default().split(';') {
            if let Some((name, value)) = rule.split_once(':') {
                self.apply(name.trim(), value.trim());
            }
        }
        self
    }

    fn apply(&mut self, name: &str, value: &str) {
        let share = || {
            number(value).map(|(share, rest)| match rest.trim() {
                "%" => share / 100.0,
                _ => share,
            })
        };
        match name {
            "transform" => self.place *= transform(value),
            "fill" => self.fill = paint(value).unwrap_or(self.fill),
            "stroke" => self.stroke = paint(value).unwrap_or(self.stroke),
            "stroke-width" => self.width = length(value).unwrap_or(self.width).max(0.0),
            "opacity" | "stroke-opacity" | "fill-opacity" => {
                self.opacity *= share().unwrap_or(1.0).clamp(0.0, 1.0);
            }
            "stroke-dasharray" => self.dashed = value != "none" && !numbers(value).is_empty(),
            "font-size" => self.font_size = length(value).unwrap_or(self.font_size),
            "font-family" => self.font = font(value),
            "font-weight" => {
                self.bold =
                    value.starts_with("bold") || number(value).is_some_and(|(w, _)| w >= 600.0);
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

/// Tags whose content is not drawn where it stands.
fn is_unseen(name: &str) -> bool {
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

/// The nearest of our typefaces.
fn font(family: &str) -> Font {
    let family = family.to_ascii_lowercase();
    let is_one_of = |names: &[&str]| names.iter().any(|name| family.contains(name));
    if is_one_of(&["mono", "courier", "consol", "code"]) {
        Font::Mono
    } else if is_one_of(&["hand", "cursive", "comic", "script", "virgil"]) {
        Font::Hand
    } else {
        Font::Sans
    }
}

/// A length in pixels.
pub(super) fn length(text: &str) -> Option<f64> {
    let (value, unit) = number(text.trim())?;
    let px = match unit.trim() {
        "" | "px" => 1.0,
        "pt" => 4.0 / 3.0,
        "pc" | "em" | "rem" => 16.0,
        "mm" => 96.0 / 25.4,
        "cm" => 96.0 / 2.54,
        "in" => 96.0,
        _ => return None,
    };
    Some(value * px)
}

fn transform(text: &str) -> Affine {
    let mut all = Affine::IDENTITY;
    for step in text.split(')') {
        let Some((name, arguments)) = step.split_once('(') else {
            continue;
        };
        let given = numbers(arguments);
        let name = name.trim_matches(|c: char| c.is_whitespace() || c == ',');
        all *= match (name, given.as_slice()) {
            ("translate", [x]) => Affine::translate((*x, 0.0)),
            ("translate", [x, y]) => Affine::translate((*x, *y)),
            ("scale", [by]) => Affine::scale(*by),
            ("scale", [x, y]) => Affine::scale_non_uniform(*x, *y),
            ("rotate", [by]) => Affine::rotate(by.to_radians()),
            ("rotate", [by, x, y]) => Affine::rotate_about(by.to_radians(), Point::new(*x, *y)),
            ("skewX", [by]) => Affine::skew(by.to_radians().tan(), 0.0),
            ("skewY", [by]) => Affine::skew(0.0, by.to_radians().tan()),
            ("matrix", [a, b, c, d, e, f]) => Affine::new([*a, *b, *c, *d, *e, *f]),
            _ => Affine::IDENTITY,
        };
    }
    all
}

/// Paint by its name; nothing where it is inherited or unknown.
fn paint(text: &str) -> Option<Paint> {
    let text = text.trim();
    match text {
        "none" | "transparent" => return Some(Paint::None),
        "inherit" => return None,
        _ => {}
    }
    if let Some(digits) = text.strip_prefix('#') {
        return hex(digits).map(Paint::Rgb);
    }
    if text.starts_with("rgb") {
        let mut given = numbers(text).into_iter();
        let scale = if text.contains('%') { 2.55 } else { 1.0 };
        let mut byte = || {
            given
                .next()
                .map(|value| (value * scale).clamp(0.0, 255.0) as u8)
        };
        let (r, g, b) = (byte()?, byte()?, byte()?);
        return Some(Paint::Rgb(Rgb { r, g, b }));
    }
    // Patterns and gradients: better a wrong colour than nothing.
    Some(Paint::Rgb(Rgb::from_hex(named(text))))
}

fn hex(digits: &str) -> Option<Rgb> {
    let value = u32::from_str_radix(digits, 16).ok()?;
    match digits.len() {
        3 | 4 => {
            let value = if digits.len() == 4 { value >> 4 } else { value };
            let double = |shift: u32| ((value >> shift) & 0xf) * 0x11;
            Some(Rgb::from_hex(
                (double(8) << 16) | (double(4) << 8) | double(0),
            ))
        }
        6 => Some(Rgb::from_hex(value)),
        8 => Some(Rgb::from_hex(value >> 8)),
        _ => None,
    }
}

/// The colours that drawing programs write by name.
fn named(name: &str) -> u32 {
    match name {
        "white" => 0x00ff_ffff,
        "red" => 0x00ff_0000,
        "green" => 0x0000_8000,
        "lime" => 0x0000_ff00,
        "blue" => 0x0000_00ff,
        "navy" => 0x0000_0080,
        "yellow" => 0x00ff_ff00,
        "orange" => 0x00ff_a500,
        "purple" => 0x0080_0080,
        "violet" => 0x00ee_82ee,
        "magenta" | "fuchsia" => 0x00ff_00ff,
        "cyan" | "aqua" => 0x0000_ffff,
        "teal" => 0x0000_8080,
        "maroon" => 0x0080_0000,
        "olive" => 0x0080_8000,
        "brown" => 0x00a5_2a2a,
        "pink" => 0x00ff_c0cb,
        "gray" | "grey" => 0x0080_8080,
        "silver" | "lightgray" | "lightgrey" => 0x00c0_c0c0,
        _ => 0,
    }
}

/// A colour of the palette where it is one, so that it reads in both themes.
pub(super) fn color(rgb: Rgb) -> Color {
    if rgb == Rgb::from_hex(0) {
        return Color::Black;
    }
    let is_it = |color: &Color| swatch(*color).ink(Theme::Light) == rgb;
    Color::ALL
        .into_iter()
        .find(is_it)
        .unwrap_or(Color::Custom(rgb))
}
