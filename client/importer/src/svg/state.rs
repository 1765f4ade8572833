//! The state that tags inherit: transform, paint and text style.

use kurbo::{Affine, Size};
use shared::geometry::FillRule;
use shared::model::palette::Rgb;
use shared::model::{Align, Dash, Font};
use svgtypes::{Length, LengthListParser, LengthUnit, Number, Transform};

use super::paint::{Paint, paint};

/// The default size of text in pixels, and the length of `1em`.
pub(super) const EM_PX: f64 = 16.0;
/// Dashes up to this many widths of the line are dots.
const DOT: f64 = 1.1;

/// The ids of effects on a tag and everything in it.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Effects {
    pub(super) clip: Option<Box<str>>,
    pub(super) mask: Option<Box<str>>,
    pub(super) filter: Option<Box<str>>,
}

/// Everything that a tag inherits.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct State {
    /// Turns units of the drawing into board units.
    pub(super) transform: Affine,
    /// The size that percentages refer to, in units of the drawing.
    pub(super) viewport: Size,
    pub(super) fill: Paint,
    pub(super) stroke: Paint,
    pub(super) fill_opacity: f64,
    pub(super) stroke_opacity: f64,
    /// The opacity of all groups around.
    pub(super) opacity: f64,
    /// The colour that `currentColor` means.
    pub(super) color: Rgb,
    /// Whether the drawing is made for dark pages only: `color-scheme`.
    pub(super) is_dark: bool,
    pub(super) rule: FillRule,
    pub(super) width: f64,
    /// The length of its first dash.
    pub(super) dashes: Option<f64>,
    /// The ids of the markers at the start and at the end of lines.
    pub(super) markers: [Option<Box<str>>; 2],
    /// The id of the marker at the other points of lines.
    pub(super) mid_marker: Option<Box<str>>,
    pub(super) font_size: f64,
    pub(super) font: Font,
    pub(super) bold: bool,
    pub(super) italic: bool,
    pub(super) align: Align,
    /// How far the baseline of text is below its position, in sizes of the text.
    pub(super) baseline: f64,
    /// Whether white space in text is kept.
    pub(super) preserves_space: bool,
    /// Whether it is drawn: `visibility`.
    pub(super) visible: bool,
    /// Whether neither it nor anything in it is drawn: `display`.
    pub(super) removed: bool,
    /// The ids of the clip, the mask and the filter of this tag. They are not inherited.
    pub(super) effects: Effects,
}

impl State {
    pub(super) fn new(transform: Affine, viewport: Size) -> Self {
        Self {
            transform,
            viewport,
            fill: Paint::Rgb(Rgb::from_hex(0), 1.0),
            stroke: Paint::None,
            fill_opacity: 1.0,
            stroke_opacity: 1.0,
            opacity: 1.0,
            color: Rgb::from_hex(0),
            is_dark: false,
            rule: FillRule::NonZero,
            width: 1.0,
            dashes: None,
            markers: [None, None],
            mid_marker: None,
            font_size: EM_PX,
            font: Font::Sans,
            bold: false,
            italic: false,
            align: Align::Start,
            baseline: 0.0,
            preserves_space: false,
            visible: true,
            removed: false,
            effects: Effects::default(),
        }
    }

    /// The state inside a tag with these declarations, the ones that win last.
    pub(super) fn within(&self, declarations: &[(&str, &str)]) -> Self {
        let mut state = Self {
            effects: Effects::default(),
            ..self.clone()
        };
        // Other lengths refer to the size of the text, and paint to the colour.
        let is_first = |name: &str| matches!(name, "font-size" | "font" | "color" | "color-scheme");
        for (name, value) in declarations.iter().filter(|(name, _)| is_first(name)) {
            state.apply_first(name, value.trim(), self.font_size);
        }
        for (name, value) in declarations.iter().filter(|(name, _)| !is_first(name)) {
            state.apply(name, value.trim());
        }
        state
    }

    fn apply_first(&mut self, name: &str, value: &str, outer_size: f64) {
        match name {
            "color-scheme" => self.is_dark = value == "dark",
            "color" => {
                if let Some(Paint::Rgb(rgb, _)) = paint(value, self.color, self.is_dark) {
                    self.color = rgb;
                }
            }
            "font-size" => self.font_size = font_size(value, outer_size).unwrap_or(self.font_size),
            _ => self.apply_font(value, outer_size),
        }
    }

    /// The shorthand: style and weight, the size with the height of lines, the family.
    fn apply_font(&mut self, value: &str, outer_size: f64) {
        let mut words = value.split_ascii_whitespace();
        for word in words.by_ref() {
            if word.starts_with(|letter: char| letter.is_ascii_digit() || letter == '.')
                && !is_weight(word)
            {
                let size = word.split('/').next().unwrap_or(word);
                self.font_size = font_size(size, outer_size).unwrap_or(self.font_size);
                break;
            }
            self.bold |= is_bold(word);
            self.italic |= matches!(word, "italic" | "oblique");
        }
        let family: Vec<&str> = words.collect();
        if !family.is_empty() {
            self.font = font(&family.join(" "));
        }
    }

    fn apply(&mut self, name: &str, value: &str) {
        let fraction = |old: f64| share(value).map_or(old, |share| share.clamp(0.0, 1.0));
        match name {
            "transform" => self.transform *= parse_transform(value),
            "fill" => {
                self.fill = paint(value, self.color, self.is_dark).unwrap_or(self.fill.clone())
            }
            "stroke" => {
                self.stroke = paint(value, self.color, self.is_dark).unwrap_or(self.stroke.clone())
            }
            "fill-opacity" => self.fill_opacity = fraction(self.fill_opacity),
            "stroke-opacity" => self.stroke_opacity = fraction(self.stroke_opacity),
            "opacity" => self.opacity *= fraction(1.0),
            "fill-rule" => {
                self.rule = match value {
                    "evenodd" => FillRule::EvenOdd,
                    _ => FillRule::NonZero,
                };
            }
            "stroke-width" => {
                self.width = self
                    .length(value, self.diagonal())
                    .unwrap_or(self.width)
                    .max(0.0);
            }
            "stroke-dasharray" => self.dashes = first_dash(value),
            "marker-mid" => self.mid_marker = reference(value),
            "marker-start" => self.markers[0] = reference(value),
            "marker-end" => self.markers[1] = reference(value),
            "marker" => {
                self.markers = [reference(value), reference(value)];
                self.mid_marker = reference(value);
            }
            "clip-path" => self.effects.clip = reference(value),
            "mask" => self.effects.mask = reference(value),
            "filter" => self.effects.filter = reference(value),
            "visibility" => self.visible = !matches!(value, "hidden" | "collapse"),
            "display" => self.removed |= value == "none",
            _ => self.apply_text(name, value),
        }
    }

    fn apply_text(&mut self, name: &str, value: &str) {
        match name {
            "font-family" => self.font = font(value),
            "font-weight" => self.bold = is_bold(value),
            "font-style" => self.italic = matches!(value, "italic" | "oblique"),
            "text-anchor" | "text-align" | "align" => {
                self.align = match value {
                    "middle" | "center" => Align::Center,
                    "end" | "right" => Align::End,
                    _ => Align::Start,
                };
            }
            "dominant-baseline" | "alignment-baseline" => {
                self.baseline = match value {
                    "middle" | "central" => 0.35,
                    "hanging" | "text-before-edge" | "text-top" | "before-edge" => 0.8,
                    "text-after-edge" | "after-edge" | "ideographic" => -0.2,
                    _ => 0.0,
                };
            }
            "xml:space" => self.preserves_space = value == "preserve",
            "white-space" => self.preserves_space = matches!(value, "pre" | "pre-wrap"),
            _ => {}
        }
    }

    /// The dash pattern of its line.
    pub(super) fn dash(&self) -> Dash {
        match self.dashes {
            None => Dash::Solid,
            Some(dash) if dash <= DOT * self.width => Dash::Dotted,
            Some(_) => Dash::Dashed,
        }
    }

    /// A length in units of the drawing; percentages are parts of `whole`.
    pub(super) fn length(&self, text: &str, whole: f64) -> Option<f64> {
        let text = text.trim();
        // svgtypes does not read this unit of CSS.
        if let Some(number) = text.strip_suffix("rem") {
            return Some(number.parse::<Number>().ok()?.0 * EM_PX);
        }
        let length = text.parse::<Length>().ok()?;
        Some(match length.unit {
            LengthUnit::Percent => length.number / 100.0 * whole,
            LengthUnit::Em => length.number * self.font_size,
            LengthUnit::Ex => length.number * self.font_size / 2.0,
            _ => pixels(length)?,
        })
    }

    /// What percentages of lengths that are neither horizontal nor vertical refer to.
    pub(super) fn diagonal(&self) -> f64 {
        self.viewport.to_vec2().hypot() / std::f64::consts::SQRT_2
    }
}

fn is_bold(value: &str) -> bool {
    value.starts_with("bold") || value.parse().is_ok_and(|weight: f64| weight >= 600.0)
}

/// Whether a number is a weight of letters: 100 to 900.
fn is_weight(word: &str) -> bool {
    word.len() == 3 && word.ends_with("00")
}

/// The id in `url(#id)`.
pub(super) fn reference(value: &str) -> Option<Box<str>> {
    let inner = value.trim().strip_prefix("url(")?.split(')').next()?;
    let inner = inner.trim().trim_matches(['"', '\'']);
    inner.strip_prefix('#').map(Into::into)
}

fn font_size(value: &str, outer: f64) -> Option<f64> {
    let named = match value {
        "xx-small" => 0.6,
        "x-small" => 0.75,
        "small" => 0.89,
        "medium" => 1.0,
        "large" => 1.2,
        "x-large" => 1.5,
        "xx-large" => 2.0,
        _ => 0.0,
    };
    if named > 0.0 {
        return Some(named * EM_PX);
    }
    let length = value.parse::<Length>().ok();
    match length.map(|length| (length.unit, length.number)) {
        Some((LengthUnit::Percent, number)) => Some(outer * number / 100.0),
        Some((LengthUnit::Em, number)) => Some(outer * number),
        _ => length_px(value),
    }
}

/// The most similar font of the board.
pub(super) fn font(family: &str) -> Font {
    let family = family.to_ascii_lowercase();
    let is_one_of = |names: &[&str]| names.iter().any(|name| family.contains(name));
    if is_one_of(&["mono", "courier", "consol", "code"]) {
        Font::Mono
    } else if is_one_of(&["hand", "cursive", "comic", "script", "virgil", "excalifont"]) {
        Font::Handwriting
    } else {
        Font::Sans
    }
}

/// A fraction: 0.5 or 50%.
pub(super) fn share(text: &str) -> Option<f64> {
    let given: Length = text.trim().parse().ok()?;
    Some(match given.unit {
        LengthUnit::Percent => given.number / 100.0,
        _ => given.number,
    })
}

/// A length in pixels; `None` for percentages.
pub(super) fn length_px(text: &str) -> Option<f64> {
    let text = text.trim();
    if let Some(number) = text.strip_suffix("rem") {
        return Some(number.parse::<Number>().ok()?.0 * EM_PX);
    }
    pixels(text.parse().ok()?)
}

/// The first dash of a pattern, in pixels; `None` if the pattern has no gaps.
fn first_dash(text: &str) -> Option<f64> {
    let lengths = LengthListParser::from(text).map_while(Result::ok);
    let lengths: Vec<f64> = lengths.filter_map(pixels).collect();
    let dash = *lengths.first()?;
    // A single length is also that of the gaps.
    let gap = lengths.get(1).copied().unwrap_or(dash);
    (gap > 0.0).then_some(dash)
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
pub(super) fn parse_transform(text: &str) -> Affine {
    // CSS writes `px` and `deg` here, which are the units of numbers without unit.
    let plain = text.replace("px", "").replace("deg", "");
    let Transform { a, b, c, d, e, f } = plain.parse().unwrap_or_default();
    Affine::new([a, b, c, d, e, f])
}
