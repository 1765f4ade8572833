//! Reads the paint of a drawing (colour, none, opacity) and finds the board's colour for it.

use shared::model::palette::{Rgb, Theme, background, swatch};
use shared::model::{Color, Filling};
use svgtypes::PaintFallback;

/// Paint as the drawing has it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Paint {
    None,
    Rgb(Rgb),
}

/// The paint of an element.
pub(super) struct Painted {
    pub(super) color: Color,
    pub(super) filling: Filling,
}

/// Reads a paint; `None` if it is inherited or malformed.
pub(super) fn paint(text: &str) -> Option<Paint> {
    use svgtypes::Paint as Given;
    match Given::from_str(text) {
        Ok(Given::None) => Some(Paint::None),
        Ok(Given::Inherit) => None,
        Ok(Given::Color(color) | Given::FuncIRI(_, Some(PaintFallback::Color(color)))) => {
            Some(match color.alpha {
                0 => Paint::None,
                _ => Paint::Rgb(Rgb {
                    r: color.red,
                    g: color.green,
                    b: color.blue,
                }),
            })
        }
        Err(_) if text.trim_start().starts_with('#') => None,
        // The board has no patterns, gradients or functions; a wrong colour is better than none.
        Ok(
            Given::CurrentColor
            | Given::ContextFill
            | Given::ContextStroke
            | Given::FuncIRI(_, None | Some(PaintFallback::None | PaintFallback::CurrentColor)),
        )
        | Err(_) => Some(Paint::Rgb(Rgb::from_hex(0))),
    }
}

/// The colour of the palette that looks like this, so that it is legible in both themes; else a
/// custom colour.
fn color(rgb: Rgb) -> Color {
    if rgb == Rgb::from_hex(0) {
        return Color::Black;
    }
    let is_it = |color: &Color| swatch(*color).ink(Theme::Light) == rgb;
    Color::ALL
        .into_iter()
        .find(is_it)
        .unwrap_or(Color::Custom(rgb))
}

/// The paint of a closed outline: the colour of its line if it has one, else of its filling.
pub(super) fn closed(stroke: Paint, fill: Paint) -> Option<Painted> {
    let ground = background(Theme::Light);
    let pale = |rgb: Rgb| rgb.contrast(ground) < 1.15;
    match (stroke, fill) {
        (Paint::None, Paint::None) => None,
        (Paint::Rgb(line), Paint::None) => Some(Painted {
            color: color(line),
            filling: Filling::None,
        }),
        (Paint::None, Paint::Rgb(inside)) => Some(Painted {
            color: color(inside),
            filling: Filling::Solid,
        }),
        (Paint::Rgb(line), Paint::Rgb(inside)) => Some(Painted {
            color: color(line),
            filling: match (line == inside, pale(inside)) {
                (true, _) => Filling::Solid,
                (false, true) => Filling::None,
                (false, false) => Filling::Tint,
            },
        }),
    }
}

/// The colour of an element with a single colour: the first paint, or the second if there is no first.
/// Lines take their stroke first, text its fill.
pub(super) fn only(first: Paint, second: Paint) -> Option<Color> {
    match (first, second) {
        (Paint::Rgb(rgb), _) | (Paint::None, Paint::Rgb(rgb)) => Some(color(rgb)),
        (Paint::None, Paint::None) => None,
    }
}
