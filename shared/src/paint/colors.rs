//! The colours of elements in both themes.

use crate::model::palette::{Rgb, Theme, background, swatch};
use crate::model::{Body, Brush, Color, Element, Filling};

use super::{Blend, Fill};

/// Text colour on a light background.
const DARK_INK: Rgb = Rgb::from_hex(0x001d_2026);
/// Text colour on a dark background.
const LIGHT_INK: Rgb = Rgb::from_hex(0x00ff_ffff);
/// Contrast from which on the ink of a shape is readable on its fill: that of large text in WCAG 2.
const READABLE_CONTRAST: f64 = 3.0;
/// Colour of shadows.
const SHADOW: Rgb = Rgb::from_hex(0);

/// The paint of a stroke with a given brush and colour.
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

/// Paint of a given colour with the opacity of an element.
pub(super) fn fill_of(element: &Element, rgb: Rgb) -> Fill {
    Fill {
        rgb,
        alpha: f32::from(element.props.shown_opacity()) / 255.0,
        blend: Blend::Cover,
    }
}

/// The ink colour of an element.
#[must_use]
pub fn ink_color(element: &Element, theme: Theme) -> Rgb {
    swatch(element.props.color).ink(theme)
}

/// The colour that the inside of an element is filled with, before tinting.
fn inner_color(element: &Element, theme: Theme) -> Rgb {
    let color = element.props.fill().unwrap_or(element.props.color);
    swatch(color).ink(theme)
}

/// The fill colour of a shape or path. `None` if the board shows through.
#[must_use]
pub fn fill_color(element: &Element, theme: Theme) -> Option<Rgb> {
    let inner = inner_color(element, theme);
    let pale = match theme {
        Theme::Light => 0.84,
        Theme::Dark => 0.78,
    };
    match element.props.filling() {
        Filling::None => None,
        Filling::Tint => Some(inner.mixed(background(theme), pale)),
        Filling::Solid => Some(inner),
    }
}

/// The colour of the line around a shape or along a path. It is slightly darker if the fill takes
/// its colour.
#[must_use]
pub fn outline_color(element: &Element, theme: Theme) -> Rgb {
    let ink = ink_color(element, theme);
    match (element.props.filling(), element.props.fill()) {
        (Filling::Solid, None) => ink.mixed(SHADOW, 0.2),
        (Filling::None | Filling::Tint | Filling::Solid, _) => ink,
    }
}

/// The text colour within a shape: the shape's ink, or a colour that is readable on its fill.
fn text_inside(element: &Element, theme: Theme) -> Rgb {
    let ink = ink_color(element, theme);
    match element.props.filling() {
        Filling::None | Filling::Tint => ink,
        Filling::Solid => {
            let ground = inner_color(element, theme);
            if ink.contrast(ground) >= READABLE_CONTRAST {
                ink
            } else {
                readable_on(ground)
            }
        }
    }
}

/// The text colour of an element.
#[must_use]
pub fn text_color(element: &Element, theme: Theme) -> Rgb {
    match element.body {
        Body::Sticky { .. } => readable_on(paper_color(element.props.color, theme)),
        Body::Shape(_) => text_inside(element, theme),
        Body::Frame => frame_fill(element, theme),
        Body::Stroke(_) | Body::Line | Body::Text | Body::Path(_) | Body::Image => {
            ink_color(element, theme)
        }
    }
}

/// The paper colour of a sticky note.
#[must_use]
pub fn paper_color(color: Color, theme: Theme) -> Rgb {
    let shade = swatch(color).highlight(theme);
    match theme {
        Theme::Light => shade.mixed(LIGHT_INK, 0.45),
        // In the dark theme the paper is darker, but still lighter than the board.
        Theme::Dark => shade.mixed(LIGHT_INK, 0.3).mixed(background(theme), 0.22),
    }
}

/// Dark or light ink, whichever has more contrast on `ground`.
#[must_use]
pub fn readable_on(ground: Rgb) -> Rgb {
    if DARK_INK.contrast(ground) >= LIGHT_INK.contrast(ground) {
        DARK_INK
    } else {
        LIGHT_INK
    }
}

/// The colour of a frame's line and name.
pub(super) fn frame_fill(element: &Element, theme: Theme) -> Rgb {
    ink_color(element, theme).mixed(background(theme), 0.45)
}

/// The paint of one layer of a shadow.
pub(super) fn shadow_fill(element: &Element, theme: Theme) -> Fill {
    let depth = match theme {
        Theme::Light => 0.05,
        Theme::Dark => 0.16,
    };
    let mut fill = fill_of(element, SHADOW);
    fill.alpha *= depth;
    fill
}
