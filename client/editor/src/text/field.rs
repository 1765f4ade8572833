//! The state that the text field of the browser must show while a text is edited.

use shared::geometry::BoardRect;
use shared::id::ElementId;
use shared::model::{Align, Font};

/// The place of the text field above the edited text, and the content that it must hold.
#[derive(Clone, Debug, PartialEq)]
pub struct TypingView {
    /// The element whose text is edited.
    pub id: ElementId,
    /// Whether it is the name of a frame, and not a text.
    pub is_name: bool,
    /// The content that the field must hold.
    pub value: String,
    /// The marked part of it, or the caret twice, in UTF-16 units.
    pub range: (u32, u32),
    /// Whether the marked part grows at its beginning: it was marked backwards.
    pub backward: bool,
    /// Grows whenever the field must take over `value` and `range`. While it stays the same, the
    /// content of the field is newer. The field reports the version with its content.
    pub version: u32,
    /// The box of the lines in board units, before it is turned.
    pub rect: BoardRect,
    /// How it is turned about its middle, clockwise, in radians.
    pub angle: f64,
    /// Typeface.
    pub font: Font,
    /// Size in board units.
    pub size: f64,
    /// The alignment of the lines.
    pub align: Align,
    /// Whether lines are broken at the width of the box.
    pub wraps: bool,
}
