//! Styles of nodes and edges in CSS.

use std::str::FromStr as _;

use shared::model::palette::Rgb;
use shared::model::{Color, Dash};

use crate::model::Look;

/// Lines from this width on, in pixels, are thick.
const THICK_PX: f64 = 3.0;

/// The look that declarations give. Later ones win.
pub(super) fn look<'a>(declarations: impl IntoIterator<Item = &'a str>) -> Look {
    let mut look = Look::default();
    let mut text = None;
    for (name, value) in declarations.into_iter().filter_map(|it| it.split_once(':')) {
        let value = value
            .trim()
            .trim_end_matches(';')
            .trim_end_matches("!important")
            .trim();
        match name.trim() {
            "fill" | "background" | "background-color" => look.fill = color(value),
            "stroke" | "border-color" => look.line = color(value),
            "color" => text = color(value),
            "stroke-dasharray" => look.dash = dash(value),
            "stroke-width" => look.is_thick = is_thick(value),
            _ => {}
        }
    }
    // A filled shape has a colour of text that can be read on it.
    if look.fill.is_none() && look.line.is_none() {
        look.line = text;
    }
    look
}

/// A colour in CSS. `None` for a transparent or an unknown one.
pub(super) fn color(value: &str) -> Option<Color> {
    let svgtypes::Color {
        red,
        green,
        blue,
        alpha,
    } = svgtypes::Color::from_str(value).ok()?;
    let hex = u32::from_be_bytes([0, red, green, blue]);
    (alpha > 0).then(|| Color::Drawn(Rgb::from_hex(hex)))
}

fn dash(value: &str) -> Dash {
    let first = value.split([' ', ',']).next().unwrap_or_default();
    match f64::from_str(first.trim_end_matches("px")) {
        Ok(length) if length > THICK_PX => Dash::Dashed,
        Ok(length) if length > 0.0 => Dash::Dotted,
        Ok(_) | Err(_) => Dash::Solid,
    }
}

fn is_thick(value: &str) -> bool {
    f64::from_str(value.trim_end_matches("px")).is_ok_and(|width| width >= THICK_PX)
}
