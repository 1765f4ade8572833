//! Layout of the text of an element within its box, and the size that the box needs for it.
//!
//! The result depends on the element alone, not on the board.

use kurbo::{Point, Size, Vec2};

use crate::typeset::{
    Align, LINE_HEIGHT, Layout, LayoutOptions, MeasuredText, Run, layout_measured,
};

use super::element::{Body, Element, Outline};
use super::label_fit::{MAX_PADDING, PADDING, empty_fit, inner_top, label_fit};
use super::text::{Marks, RichText};

/// Height of the line with the name of a sticky note's author, as a part of the note's width.
pub const SIGNATURE_HEIGHT: f64 = 0.1;

/// Width at which the text of a line wraps, as a multiple of its size. It does not depend on the
/// length of the line, so that the text does not change while a shape is moved.
const LINE_TEXT_WRAP: f64 = 8.0;

/// The text of an element, laid out.
#[derive(Clone, Debug, PartialEq)]
pub struct TextLayout {
    /// The options of the layout.
    pub setting: LayoutOptions,
    /// The lines.
    pub layout: Layout,
    /// The upper left corner of the layout, relative to the upper left corner of the unrotated box.
    pub at: Point,
    /// Size of the box: at least the element's `size`, and as large as the text needs.
    pub size: Size,
}

/// Lays out the text of an element. Returns `None` for kinds of elements without text.
#[must_use]
pub fn text_layout(element: &Element) -> Option<TextLayout> {
    let [width, height] = element.props.size().map(f64::from);
    let size = Size::new(width, height);
    match &element.body {
        Body::Text => Some(free_text(element, size)),
        Body::Shape(outline) => Some(shape_text(element, size, *outline)),
        Body::Sticky { .. } => Some(sticky_text(element, size)),
        Body::Line => Some(text_on_line(element)),
        Body::Stroke(_) | Body::Frame | Body::Path(_) | Body::Image => None,
    }
}

/// The size of an element's box as it is shown: as large as its text needs.
#[must_use]
pub fn box_size(element: &Element) -> Size {
    let [width, height] = element.props.size().map(f64::from);
    if element.text.is_empty() && !matches!(element.body, Body::Text) {
        return Size::new(width, height);
    }
    text_layout(element).map_or(Size::new(width, height), |text_layout| text_layout.size)
}

/// The options for the layout of an element's text.
fn options(element: &Element, wrap: Option<f64>) -> LayoutOptions {
    LayoutOptions {
        font: element.props.font(),
        size: f64::from(element.props.text_size()),
        wrap,
        align: element.props.align(),
    }
}

fn lay_out(element: &Element, setting: &LayoutOptions) -> Layout {
    layout_measured(&runs(&element.text), setting, &element.props.measures())
}

/// The runs of a text for the layout.
#[must_use]
pub fn runs(text: &RichText) -> Vec<Run<'_>> {
    text.runs()
        .map(|run| Run {
            text: run.text,
            bold: run.marks.has(Marks::BOLD),
            italic: run.marks.has(Marks::ITALIC),
        })
        .collect()
}

fn free_text(element: &Element, size: Size) -> TextLayout {
    let wrap = (size.width > 0.0).then_some(size.width);
    let setting = options(element, wrap);
    let layout = lay_out(element, &setting);
    // Keeps an empty text visible and clickable.
    let width = layout.width.max(setting.size / 4.0);
    let height = layout.height;
    TextLayout {
        setting,
        layout,
        at: Point::ZERO,
        size: Size::new(width, height),
    }
}

/// The text of a line. Its lines are centred, because it stands on both sides of a place of the line.
fn text_on_line(element: &Element) -> TextLayout {
    let wrap = LINE_TEXT_WRAP * f64::from(element.props.text_size());
    let setting = LayoutOptions {
        align: Align::Center,
        ..options(element, Some(wrap))
    };
    let layout = lay_out(element, &setting);
    TextLayout {
        at: Point::ZERO,
        size: Size::new(layout.width, layout.height),
        setting,
        layout,
    }
}

fn padding(element: &Element, size: Size) -> f64 {
    let wanted = PADDING * f64::from(element.props.text_size());
    wanted.min(MAX_PADDING * size.width)
}

fn shape_text(element: &Element, size: Size, outline: Outline) -> TextLayout {
    let setting = options(element, None);
    let text = MeasuredText::new(&runs(&element.text), &setting, &element.props.measures());
    let corner = f64::from(element.props.corner());
    let shape = (outline, size, corner);
    let fit = if element.text.is_empty() {
        empty_fit(setting.size, shape)
    } else {
        label_fit(&text, setting.size, shape)
    };
    let layout = text.layout(Some(fit.wrap));
    let height = layout.height + 2.0 * fit.padding;
    TextLayout {
        at: Point::new(
            (fit.size.width - fit.wrap) / 2.0,
            inner_top(outline, fit.size, height) + fit.padding,
        ),
        size: fit.size,
        setting: LayoutOptions {
            wrap: Some(fit.wrap),
            ..setting
        },
        layout,
    }
}

/// How far the upper left corner of a box that is shown with a given size lies outside of the box
/// of its stored size. A shape widens about its middle; a rectangle becomes higher at its lower
/// edge, the other shapes at both.
pub(super) fn overhang(element: &Element, shown: Size) -> Vec2 {
    let [width, height] = element.props.size().map(f64::from);
    let grown = Vec2::new(shown.width - width, shown.height - height) / 2.0;
    match &element.body {
        Body::Shape(Outline::Rectangle) => Vec2::new(grown.x, 0.0),
        Body::Shape(Outline::Ellipse | Outline::Diamond | Outline::Triangle) => grown,
        Body::Stroke(_)
        | Body::Line
        | Body::Text
        | Body::Sticky { .. }
        | Body::Frame
        | Body::Path(_)
        | Body::Image => Vec2::ZERO,
    }
}

fn sticky_text(element: &Element, size: Size) -> TextLayout {
    let padding = padding(element, size);
    let wrap = (size.width - 2.0 * padding).max(0.0);
    let setting = options(element, Some(wrap));
    let layout = lay_out(element, &setting);
    let foot = SIGNATURE_HEIGHT * size.width;
    let needed = layout.height + 2.0 * padding + foot;
    let empty = element.text.is_empty();
    let height = if empty {
        size.height
    } else {
        size.height.max(needed)
    };
    TextLayout {
        at: Point::new(padding, padding),
        size: Size::new(size.width, height),
        setting,
        layout,
    }
}

/// Height of one line of an element's text.
#[must_use]
pub fn line_height(element: &Element) -> f64 {
    f64::from(element.props.text_size()) * LINE_HEIGHT
}
