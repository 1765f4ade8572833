//! Turns plain text into a text element, and elements into plain text.

use shared::geometry::BoardPoint;
use shared::id::ElementId;
use shared::limits::MAX_TEXT_CHARS;
use shared::model::layout::bounds;
use shared::model::reading_order::in_rows;
use shared::model::text::StyledRun;
use shared::model::{Body, Marks, NewElement, OrderKey, Prop, Props, RichText};

use super::PasteOptions;
use crate::document::copies::board_of;
use crate::tools::make;

/// A line with more letters than this is long, and the text wraps.
const LONG_LINE: usize = 60;
/// The width of text that wraps, in sizes of its letters.
const WRAP_SIZES: f32 = 25.0;

/// One text element; none for an empty text.
pub(crate) fn read(
    text: &str,
    options: &PasteOptions,
    ids: &mut dyn FnMut() -> ElementId,
) -> Vec<NewElement> {
    let text: String = tidied(text).chars().take(MAX_TEXT_CHARS).collect();
    if text.trim().is_empty() {
        return Vec::new();
    }
    let style = &options.style;
    let size = make::text_size(style.text, options.zoom);
    let width = make::width(f64::from(style.width_px(None)), options.zoom);
    // Its place and its order in the stack are decided when it is put on the board.
    let (at, z) = (BoardPoint::default(), OrderKey::first());
    let mut props = Props::plain(z, at, style.color, width, style.opacity);
    props.set(Prop::Font(style.font));
    props.set(Prop::TextSize(size));
    props.set(Prop::Align(style.align));
    if text.lines().any(|line| line.chars().count() > LONG_LINE) {
        props.set(Prop::Size([size * WRAP_SIZES, 0.0]));
    }
    let written = StyledRun {
        text: &text,
        marks: Marks::NONE,
    };
    let mut new = NewElement::new(ids(), props, Body::Text);
    new.text = RichText::typed(options.me, [written]);
    super::valid(vec![new])
}

/// The text of elements, in reading order.
pub(crate) fn write(elements: &[NewElement]) -> String {
    let Some(first) = elements.first() else {
        return String::new();
    };
    // Any author will do, because only boxes are measured here.
    let me = shared::id::ClientId::from_bytes(*first.id.as_bytes());
    let board = board_of(elements, me);
    let boxes = board.elements();
    let boxes = boxes.map(|element| (bounds(&board, element), element.id));
    let order = in_rows(boxes.collect());
    let words = order.into_iter().filter_map(|id| board.get(id));
    let words = words.map(|element| match &element.body {
        Body::Frame => element.props.name(),
        Body::Shape(_) | Body::Line | Body::Text | Body::Sticky { .. } => element.text.plain(),
        Body::Stroke(_) | Body::Path(_) | Body::Image => String::new(),
    });
    let words: Vec<String> = words.filter(|words| !words.is_empty()).collect();
    words.join("\n\n")
}

/// Cleans a text for a board: list marks stay, control characters are dropped.
fn tidied(text: &str) -> String {
    let text = text.trim_end().replace("\r\n", "\n").replace('\r', "\n");
    let mut tidy = String::with_capacity(text.len());
    for (number, line) in text.split('\n').enumerate() {
        if number > 0 {
            tidy.push('\n');
        }
        let item = ["- ", "* ", "– ", "• "]
            .into_iter()
            .find_map(|mark| line.trim_start().strip_prefix(mark));
        if item.is_some() {
            tidy.push_str("• ");
        }
        for letter in item.unwrap_or(line).chars() {
            match letter {
                '\t' => tidy.push_str("    "),
                letter if letter.is_control() => {}
                letter => tidy.push(letter),
            }
        }
    }
    tidy
}

/// The number of characters of a text that are too many for one element.
pub(crate) fn left_out(text: &str) -> usize {
    // Only an indent makes a text longer.
    if text.len() <= MAX_TEXT_CHARS / 4 {
        return 0;
    }
    tidied(text).chars().count().saturating_sub(MAX_TEXT_CHARS)
}
