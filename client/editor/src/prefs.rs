//! The preferences of a person. They hold for all boards; the driver stores them.

use serde::{Deserialize, Deserializer, Serialize};

/// The largest value of [`Prefs::stabiliser`].
pub(crate) const MAX_STABILISER: u8 = 10;

/// The preferences of one user.
///
/// A stored value may be of another version: fields that are missing have their default,
/// unknown ones are ignored.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Prefs {
    /// Tools stay active after they made an element.
    pub tool_lock: bool,
    /// A grid is shown, and moved elements, boxes and lines snap to it.
    pub grid: bool,
    /// Moved elements snap to the edges and middles of elements near them.
    pub snap: bool,
    /// Pens draw in constant width, whatever the pressure.
    pub constant_width: bool,
    /// How much the hand is steadied, 0 (only as usual) ..= 10.
    #[serde(deserialize_with = "stabiliser")]
    pub stabiliser: u8,
    /// A stroke that is held still at its end becomes the figure that was meant.
    pub draw_and_hold: bool,
    /// The eraser erases parts of strokes instead of whole ones.
    pub erase_parts: bool,
    /// The wheel zooms instead of moving the view up and down; sideways it still moves it.
    pub wheel_zooms: bool,
}

impl Default for Prefs {
    fn default() -> Self {
        Self {
            tool_lock: false,
            grid: false,
            snap: true,
            constant_width: false,
            stabiliser: 0,
            draw_and_hold: true,
            erase_parts: false,
            wheel_zooms: false,
        }
    }
}

/// A stored value may be any number.
fn stabiliser<'de, D: Deserializer<'de>>(deserializer: D) -> Result<u8, D::Error> {
    Ok(u8::deserialize(deserializer)?.min(MAX_STABILISER))
}
