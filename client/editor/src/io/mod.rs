//! Elements as text for the clipboard: in a form of our own, as plain text, and as SVG.
//!
//! Pasted elements are checked and bounded; elements that cannot be read are left out.

pub(crate) mod elements;
pub(crate) mod text;

use shared::id::ClientId;
use shared::model::NewElement;
use shared::model::palette::Theme;
use shared::op::Op;
use shared::paint::board_to_svg;

use crate::document::copies::board_of;
use crate::style::Style;

/// Bytes of a text that are read; a whole board of ink is smaller.
const MAX_BYTES: usize = 32 * 1024 * 1024;

/// The user who pastes, and the style of pasted text.
#[derive(Clone, Copy, Debug)]
pub(crate) struct PasteOptions {
    /// The person who pastes.
    pub(crate) me: ClientId,
    /// The zoom of the view: one CSS pixel is `1.0 / zoom` board units.
    pub(crate) zoom: f64,
    /// The style of the text tool.
    pub(crate) style: Style,
}

/// An SVG drawing of these elements.
pub(crate) fn svg_of(elements: &[NewElement], me: ClientId, theme: Theme) -> String {
    board_to_svg(&board_of(elements, me), "", theme)
}

/// The elements that the limits of the board allow.
pub(crate) fn valid(elements: Vec<NewElement>) -> Vec<NewElement> {
    let is_valid = |new: &NewElement| Op::Put(Box::new(new.clone())).validate().is_ok();
    elements.into_iter().filter(is_valid).collect()
}
