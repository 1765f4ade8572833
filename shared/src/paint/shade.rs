//! Which colour everything has, in both themes.
//!
//! Knows the palette and elements; it must not know shapes or painters.

use crate::model::palette::{Rgb, Theme, background, swatch};
use crate::model::{Body, Brush, Color, Element, Filling};

use super::{Blend, Fill};

/// Ink of text on light ground.
const DARK_INK: Rgb = Rgb::from_hex(0x001d_2026);
/// Ink of text on dark ground.
const LIGHT_INK: Rgb = Rgb::from_hex(0x00ff_ffff);
/// What shadows are made of.
const SHADOW: Rgb = Rgb::from_hex(0);

/// What ink of a brush and colour is filled with.
#[must_use]
pub fn ink_fill(brush: Brush, color: Color, opacity: u8, theme: Theme) -> Fill {
    let swatch = swatch(color);
    let (rgb, blend) = match (brush, theme) {
        (Brush::Pen, _) => (swatch.ink(theme), Blend::Cover),
        (Brush::Highlighter, Theme::Light) => (swatch.highlight(theme), Blend::Multiply),
        (Brush::Highlighter, Theme::Dark) => (swatch.highlight(theme), Blend::Screen),
    };
    Fill {
        rgb,
        alpha: f32::from(opacity) / 255.0,
        blend,
    }
}

/// A colour with the opacity of an element.
pub(super) fn cover(element: &Element, rgb: Rgb) -> Fill {
    Fill {
        rgb,
        alpha: f32::from(element.props.opacity) / 255.0,
        blend: Blend::Cover,
    }
}

/// An element's colour as ink.
pub(super) fn ink(element: &Element, theme: Theme) -> Rgb {
    swatch(element.props.color).ink(theme)
}

/// What is inside a shape; `None` if the board shows through.
pub(super) fn inside(element: &Element, theme: Theme) -> Option<Rgb> {
    let ink = ink(element, theme);
    let pale = match theme {
        Theme::Light => 0.84,
        Theme::Dark => 0.78,
    };
    match element.props.filling() {
        Filling::None => None,
        Filling::Tint => Some(ink.mixed(background(theme), pale)),
        Filling::Solid => Some(ink),
    }
}

/// The line around a shape: a shade deeper where the inside has the same colour.
pub(super) fn edge(element: &Element, theme: Theme) -> Rgb {
    let ink = ink(element, theme);
    match element.props.filling() {
        Filling::None | Filling::Tint => ink,
        Filling::Solid => ink.mixed(SHADOW, 0.2),
    }
}

/// Text within a shape: its ink, or what can be read on it.
fn text_inside(element: &Element, theme: Theme) -> Rgb {
    match element.props.filling() {
        Filling::None | Filling::Tint => ink(element, theme),
        Filling::Solid => readable_on(ink(element, theme)),
    }
}

/// What is written on an element: on paper, in a shape, or by itself.
#[must_use]
pub fn words(element: &Element, theme: Theme) -> Rgb {
    match element.body {
        Body::Sticky { .. } => readable_on(paper(element.props.color, theme)),
        Body::Shape(_) => text_inside(element, theme),
        Body::Frame => frame(element, theme),
        Body::Stroke(_) | Body::Line | Body::Text => ink(element, theme),
    }
}

/// The paper of a sticky note.
#[must_use]
pub fn paper(color: Color, theme: Theme) -> Rgb {
    let shade = swatch(color).highlight(theme);
    match theme {
        Theme::Light => shade.mixed(LIGHT_INK, 0.45),
        // Paper stays paper, by lamplight.
        Theme::Dark => shade.mixed(LIGHT_INK, 0.3).mixed(background(theme), 0.22),
    }
}

/// Black or white, whichever is read better on a ground.
#[must_use]
pub fn readable_on(ground: Rgb) -> Rgb {
    if DARK_INK.contrast(ground) >= LIGHT_INK.contrast(ground) {
        DARK_INK
    } else {
        LIGHT_INK
    }
}

/// The line around a frame and its name.
pub(super) fn frame(element: &Element, theme: Theme) -> Rgb {
    ink(element, theme).mixed(background(theme), 0.45)
}

/// One layer of a soft edge.
pub(super) fn shadow(element: &Element, theme: Theme) -> Fill {
    let depth = match theme {
        Theme::Light => 0.05,
        Theme::Dark => 0.16,
    };
    let mut fill = cover(element, SHADOW);
    fill.alpha *= depth;
    fill
}
