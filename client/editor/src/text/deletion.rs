//! What Backspace and Delete take away: a whole cluster.
//!
//! Browsers take one code point of a syllable of Hindi, but a whole emoji. The text field marks the
//! cluster before the browser deletes the marked text.

use shared::typeset::{next_cluster, previous_cluster};

use super::field_units::{characters, units};
use crate::input::Key;

/// The part of a field's text that a key deletes, in UTF-16 units, if the caret stands at `caret`.
/// `None` if the browser knows: for other keys, and for words and lines.
#[must_use]
pub fn deleted_range(key: &Key, text: &str, caret: u32) -> Option<(u32, u32)> {
    let held = key.modifiers;
    if held.ctrl || held.alt || held.meta {
        return None;
    }
    let place = characters(text, caret);
    let (from, to) = match key.key.as_str() {
        "Backspace" => (previous_cluster(text, place), place),
        "Delete" => (place, next_cluster(text, place)),
        _ => return None,
    };
    (from < to).then(|| (units(text, from), units(text, to)))
}
