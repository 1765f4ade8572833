//! What the text field of the browser must show while a text is edited.

use shared::geometry::BoardRect;
use shared::id::ElementId;
use shared::model::{Align, Font};

/// Where a text field stands above the text that it takes keys for, and what it
/// must hold.
#[derive(Clone, Debug, PartialEq)]
pub struct TypingView {
    /// The element that is written on.
    pub id: ElementId,
    /// Whether it is the name of a frame, and not a text.
    pub is_name: bool,
    /// What the field must hold.
    pub value: String,
    /// The marked part of it, or the caret twice, in UTF-16 units.
    pub range: (u32, u32),
    /// Whether the marked part grows at its beginning: it was marked backwards.
    pub backward: bool,
    /// Grows whenever the field must take over `value` and `range`; while it stays,
    /// the field knows better. The field names it in what it tells.
    pub version: u32,
    /// The box of the lines in board units, before it is turned.
    pub rect: BoardRect,
    /// How it is turned about its middle, clockwise, in radians.
    pub angle: f64,
    /// Typeface.
    pub font: Font,
    /// Size in board units.
    pub size: f64,
    /// Where lines stand.
    pub align: Align,
    /// Whether lines are broken at the width of the box.
    pub wraps: bool,
}
