//! Elements from and to other forms: our own for the clipboard, plain text; to SVG only.
//!
//! What comes in is checked and bounded; what cannot be read is left out. It must
//! not know clipboards, nor where on the board things go.

pub(crate) mod elements;
pub(crate) mod text;

use shared::geometry::BoardPoint;
use shared::id::ClientId;
use shared::model::palette::Theme;
use shared::model::{Color, NewElement, OrderKey, Props};
use shared::op::Op;
use shared::paint::board_to_svg;

use crate::document::copies::board_of;
use crate::style::Style;
use crate::tools::make;

/// Elements that one paste makes at most; more would stop the page for long.
const MAX_PASTED: usize = 20_000;

/// Bytes of a text that are read; a whole board of ink is smaller.
const MAX_BYTES: usize = 32 * 1024 * 1024;

/// How elements look where their source does not say it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Look {
    /// Who pastes.
    pub(crate) me: ClientId,
    /// Pixels of the source become so many board units, times this: the zoom of the view.
    pub(crate) zoom: f64,
    /// How the text tool writes.
    pub(crate) style: Style,
}

impl Look {
    /// Properties at a place; where in the stack is decided when they are pasted.
    fn props(&self, at: kurbo::Point, color: Color, width_px: f64, opacity: u8) -> Props {
        let width = make::width(width_px, self.zoom);
        let at: BoardPoint = at.into();
        Props::plain(OrderKey::first(), at, color, width, opacity)
    }
}

/// A drawing of these elements by themselves.
pub(crate) fn svg_of(elements: &[NewElement], me: ClientId, theme: Theme) -> String {
    board_to_svg(&board_of(elements, me), "", theme)
}

/// Those that the board takes, and not too many.
fn sound(elements: Vec<NewElement>) -> Vec<NewElement> {
    let is_sound = |new: &NewElement| Op::Put(Box::new(new.clone())).validate().is_ok();
    elements
        .into_iter()
        .filter(is_sound)
        .take(MAX_PASTED)
        .collect()
}
