//! Reads the paint of a drawing: colour, none, opacity, gradients by their mean colour.

use shared::model::Color;
use shared::model::palette::{Rgb, Theme, swatch};
use svgtypes::PaintFallback;

use super::gradients::Gradient;
use super::state::State;
use crate::left_out::{LeftOut, Report};
use crate::markup::Document;

/// The colour of a paint that is a pattern.
const PATTERN: Rgb = Rgb::from_hex(0x009b_a3af);
/// Opacities that differ by less than this look the same.
const SAME_OPACITY: f64 = 0.02;

/// Paint as the drawing has it.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Paint {
    None,
    /// A colour with its opacity.
    Rgb(Rgb, f64),
    /// The id of a gradient or pattern.
    Server(Box<str>),
}

/// How a part of a drawing is painted.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Painted {
    /// The line; `None` without line.
    pub(super) line: Option<Color>,
    /// The inside; `None` if it is empty.
    pub(super) inside: Option<Color>,
    /// Opacity in 255ths.
    pub(super) opacity: u8,
}

/// The value that functions of CSS stand for: the light or dark one of `light-dark`, and the
/// fallback of a variable, because variables are not followed.
fn resolved(text: &str, is_dark: bool) -> &str {
    let text = text.trim();
    let inner = |name: &str| text.strip_prefix(name)?.strip_suffix(')');
    if let Some((light, dark)) = inner("light-dark(").and_then(first_argument) {
        return resolved(if is_dark { dark } else { light }, is_dark);
    }
    match inner("var(").map(first_argument) {
        Some(Some((_, fallback))) => resolved(fallback, is_dark),
        _ => text,
    }
}

/// Divides arguments behind the first one.
fn first_argument(arguments: &str) -> Option<(&str, &str)> {
    let mut depth = 0_i32;
    for (at, letter) in arguments.char_indices() {
        match letter {
            '(' => depth += 1,
            ')' => depth -= 1,
            ',' if depth == 0 => return Some((arguments.get(..at)?, arguments.get(at + 1..)?)),
            _ => {}
        }
    }
    None
}

/// Reads a paint; `None` if it is inherited, or malformed and so without effect.
pub(super) fn paint(text: &str, current: Rgb, is_dark: bool) -> Option<Paint> {
    use svgtypes::Paint as Given;
    let rgb = |color: svgtypes::Color| {
        let alpha = f64::from(color.alpha) / 255.0;
        let rgb = Rgb {
            r: color.red,
            g: color.green,
            b: color.blue,
        };
        Paint::Rgb(rgb, alpha)
    };
    match Given::from_str(resolved(text, is_dark)) {
        Ok(Given::None) => Some(Paint::None),
        Ok(Given::Inherit) => None,
        Ok(Given::Color(color)) => Some(rgb(color)),
        Ok(Given::FuncIRI(id, _)) if !id.is_empty() => Some(Paint::Server(id.into())),
        Ok(Given::FuncIRI(_, Some(PaintFallback::Color(color)))) => Some(rgb(color)),
        Ok(Given::CurrentColor) => Some(Paint::Rgb(current, 1.0)),
        Ok(Given::FuncIRI(..)) => Some(Paint::None),
        Ok(Given::ContextFill | Given::ContextStroke) => Some(Paint::Rgb(current, 1.0)),
        Err(_) => None,
    }
}

/// The colour of the palette that looks exactly like this, so that it can be changed with the
/// others of its name; else the colour of a drawing.
pub(crate) fn color(rgb: Rgb) -> Color {
    let is_it = |color: &Color| swatch(*color).ink(Theme::Light) == rgb;
    Color::ALL
        .into_iter()
        .find(is_it)
        .unwrap_or(Color::Drawn(rgb))
}

/// A colour with its opacity; `None` for none. Gradients become their mean colour.
fn solid(paint: &Paint, document: &Document, report: &mut Report) -> Option<(Rgb, f64)> {
    match paint {
        Paint::None => None,
        Paint::Rgb(rgb, alpha) => Some((*rgb, *alpha)),
        Paint::Server(id) => {
            let server = document.by_id(id)?;
            match document.node(server).name.as_ref() {
                "linearGradient" | "radialGradient" => {
                    let gradient = Gradient::read(document, server);
                    if !gradient.is_even() {
                        report.add(LeftOut::Gradients);
                    }
                    gradient.mean()
                }
                _ => {
                    report.add(LeftOut::Patterns);
                    Some((PATTERN, 1.0))
                }
            }
        }
    }
}

/// How an outline is painted: with line and inside in one element, or in two if their opacities
/// differ; in none if nothing of it can be seen.
pub(super) fn painted(state: &State, document: &Document, report: &mut Report) -> Vec<Painted> {
    let has_line = state.width > 0.0;
    let line = solid(&state.stroke, document, report).filter(|_| has_line);
    let inside = solid(&state.fill, document, report);
    let seen = |found: Option<(Rgb, f64)>, own: f64| {
        let (rgb, alpha) = found?;
        let alpha = alpha * own * state.opacity;
        (alpha > 0.0).then_some((color(rgb), alpha))
    };
    let byte = |alpha: f64| (alpha * 255.0).round() as u8;
    let of = |line, inside, alpha| Painted {
        line,
        inside,
        opacity: byte(alpha),
    };
    let line = seen(line, state.stroke_opacity);
    let inside = seen(inside, state.fill_opacity);
    match (line, inside) {
        (None, None) => Vec::new(),
        (Some((line, alpha)), None) => vec![of(Some(line), None, alpha)],
        (None, Some((inside, alpha))) => vec![of(None, Some(inside), alpha)],
        (Some((line, one)), Some((inside, other))) if (one - other).abs() < SAME_OPACITY => {
            vec![of(Some(line), Some(inside), one)]
        }
        (Some((line, one)), Some((inside, other))) => {
            vec![of(None, Some(inside), other), of(Some(line), None, one)]
        }
    }
}
