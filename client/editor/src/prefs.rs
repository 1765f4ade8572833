//! What a person likes, for all boards: kept by the driver, not shared.

use serde::{Deserialize, Deserializer, Serialize};

/// The most that hands are steadied.
pub(crate) const MAX_STABILISER: u8 = 10;

/// How the editor behaves for this person.
///
/// A stored value may be of another version: fields that are missing have their default,
/// unknown ones are ignored.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Prefs {
    /// Tools stay in the hand after they made something.
    pub tool_lock: bool,
    /// A grid is shown, and what is moved or drawn by box and line keeps to it.
    pub grid: bool,
    /// What is moved keeps to the edges and middles of what is near.
    pub snap: bool,
    /// Pens draw in constant width, whatever the pressure.
    pub constant_width: bool,
    /// How much hands are steadied, 0 (not more than they need) ..= [`MAX_STABILISER`].
    #[serde(deserialize_with = "stabiliser")]
    pub stabiliser: u8,
    /// A line that is held still at its end becomes the shape that was meant.
    pub draw_and_hold: bool,
    /// The eraser rubs out parts of strokes instead of whole ones.
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

/// A storage can hold any number.
fn stabiliser<'de, D: Deserializer<'de>>(deserializer: D) -> Result<u8, D::Error> {
    Ok(u8::deserialize(deserializer)?.min(MAX_STABILISER))
}
