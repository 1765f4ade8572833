//! The elements in reading order and in words, for screen readers.
//!
//! Reading order goes by rows from top to bottom, and from left to right in each row.

use shared::id::{ClientId, ElementId};
use shared::model::reading_order::in_rows;
use shared::model::{Arrowhead, Board, Body, Brush, Element, Outline};

use crate::document::index::Index;

/// Letters of a text that a list shows.
const EXCERPT: usize = 80;

/// One line of the outline.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OutlineItem {
    /// The element; the first of several strokes.
    pub id: ElementId,
    /// The kind of the element, in words.
    pub kind: &'static str,
    /// Its text or its name; may be shortened or empty.
    pub text: String,
    /// Its author.
    pub author: ClientId,
    /// How many strokes it stands for; 1 for everything else.
    pub count: usize,
}

impl OutlineItem {
    /// An element by itself.
    #[must_use]
    pub fn of(element: &Element) -> Self {
        Self {
            id: element.id,
            kind: kind(element),
            text: excerpt(element),
            author: element.author,
            count: 1,
        }
    }

    /// The line in words: `Sticky note: buy milk`, `Drawing of 3 strokes`.
    #[must_use]
    pub fn words(&self) -> String {
        if self.count > 1 {
            return ["Drawing of ", &self.count.to_string(), " strokes"].concat();
        }
        if self.text.is_empty() {
            return self.kind.to_owned();
        }
        [self.kind, ": ", &self.text].concat()
    }
}

/// The first `most` lines of the board in reading order, and the number of further lines.
/// Consecutive strokes count as one drawing.
#[must_use]
pub fn outline(board: &Board, index: &Index, most: usize) -> (Vec<OutlineItem>, usize) {
    let mut items: Vec<OutlineItem> = Vec::new();
    let mut more = 0;
    // The author of the strokes of the last line, if that stands for strokes.
    let mut drawing = None;
    for id in reading_order(board, index) {
        let Some(element) = board.get(id) else {
            continue;
        };
        let ink = matches!(element.body, Body::Stroke(_)).then_some(element.author);
        let goes_on = ink.is_some() && ink == drawing;
        drawing = ink;
        if !goes_on && items.len() < most {
            items.push(OutlineItem::of(element));
        } else if !goes_on {
            more += 1;
        } else if more == 0
            && let Some(last) = items.last_mut()
        {
            last.count += 1;
        }
    }
    (items, more)
}

/// All elements in reading order.
#[must_use]
pub fn reading_order(board: &Board, index: &Index) -> Vec<ElementId> {
    let places = board
        .elements()
        .filter_map(|element| Some((index.bounds_of(element.id)?, element.id)));
    in_rows(places.collect())
}

/// The kind of an element, in words.
#[must_use]
pub fn kind(element: &Element) -> &'static str {
    match &element.body {
        Body::Stroke(stroke) => match stroke.brush {
            Brush::Pen => "Drawing",
            Brush::Highlighter => "Highlighting",
        },
        Body::Shape(Outline::Rectangle) => "Rectangle",
        Body::Shape(Outline::Ellipse) => "Ellipse",
        Body::Shape(Outline::Diamond) => "Diamond",
        Body::Shape(Outline::Triangle) => "Triangle",
        Body::Line if element.props.heads() == [Arrowhead::None, Arrowhead::None] => "Line",
        Body::Line => "Arrow",
        Body::Text => "Text",
        Body::Sticky { .. } => "Sticky note",
        Body::Frame => "Frame",
        Body::Path(_) => "Path",
        Body::Image => "Picture",
    }
}

/// The text of an element, its name or its alternative text, on one line and shortened.
#[must_use]
pub fn excerpt(element: &Element) -> String {
    let text = match &element.body {
        Body::Frame => element.props.name(),
        Body::Shape(_) | Body::Line | Body::Text | Body::Sticky { .. } => element.text.plain(),
        Body::Image => element.props.alternative_text(),
        Body::Stroke(_) | Body::Path(_) => return String::new(),
    };
    let mut words = text.split_whitespace();
    let mut line = String::new();
    for word in &mut words {
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(word);
        if let Some((end, _)) = line.char_indices().nth(EXCERPT) {
            line.truncate(end);
            line.push('…');
            break;
        }
    }
    line
}
