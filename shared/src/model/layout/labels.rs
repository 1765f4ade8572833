//! Labels of one line: the name of a frame, and the name of an author on a sticky note.

use kurbo::{Point, Rect};

use super::boxes::BoxLayout;
use super::coordinates::local_to_board;
use crate::geometry::BoardRect;
use crate::model::element::{Body, Element};
use crate::model::text_layout::SIGNATURE_HEIGHT;
use crate::typeset::{Align, Font, Layout, LayoutOptions, Measures, Run, layout_measured};

/// Size of an author's name, as a part of the height of its line.
const SIGNATURE: f64 = 0.6;
/// Size of a frame's name, as a multiple of its text size.
const FRAME_NAME: f64 = 0.6;
/// Space between a frame and its name, as a multiple of the name's size.
const FRAME_NAME_GAP: f64 = 0.4;

/// A label with its position.
#[derive(Clone, Debug, PartialEq)]
pub struct Label {
    /// The options of the layout.
    pub setting: LayoutOptions,
    /// The layout, which has one line.
    pub layout: Layout,
    /// The upper left corner of the layout in the element's local coordinates.
    pub at: Point,
}

/// The author's name at the foot of a sticky note. `None` for other elements, for an author without
/// a name, and for a note without width.
#[must_use]
pub fn signature(place: &BoxLayout<'_>) -> Option<Label> {
    match &place.element().body {
        Body::Sticky { signed } if !signed.is_empty() => {
            let size = place.size;
            let foot = SIGNATURE_HEIGHT * size.width;
            if foot <= 0.0 {
                return None;
            }
            let mut label = label(signed, foot * SIGNATURE, &Measures::default());
            // The distance to the edges equals the space above and below the name.
            label.at = Point::new(foot * 0.8, size.height - foot * 0.4 - label.layout.height);
            Some(label)
        }
        Body::Stroke(_)
        | Body::Shape(_)
        | Body::Line
        | Body::Text
        | Body::Sticky { .. }
        | Body::Frame
        | Body::Path(_)
        | Body::Image => None,
    }
}

/// The name of a frame, above its upper left corner. `None` for other elements.
#[must_use]
pub fn frame_name(element: &Element) -> Option<Label> {
    match &element.body {
        Body::Frame => {
            let size = f64::from(element.props.text_size()) * FRAME_NAME;
            let mut label = label(&element.props.name(), size, &element.props.measures());
            label.at = Point::new(0.0, -label.layout.height - size * FRAME_NAME_GAP);
            Some(label)
        }
        Body::Stroke(_)
        | Body::Shape(_)
        | Body::Line
        | Body::Text
        | Body::Sticky { .. }
        | Body::Path(_)
        | Body::Image => None,
    }
}

/// The bounds of a frame's name on the board. Empty for other elements.
#[must_use]
pub fn frame_name_box(element: &Element) -> BoardRect {
    frame_name(element).map_or(Rect::ZERO, |name| {
        let own = Rect::from_origin_size(name.at, (name.layout.width, name.layout.height));
        local_to_board(element).transform_rect_bbox(own)
    })
}

fn label(text: &str, size: f64, measures: &Measures) -> Label {
    let setting = LayoutOptions {
        font: Font::Sans,
        size,
        wrap: None,
        align: Align::Start,
    };
    let run = Run {
        text,
        bold: false,
        italic: false,
    };
    Label {
        setting,
        layout: layout_measured(&[run], &setting, measures),
        at: Point::ZERO,
    }
}
