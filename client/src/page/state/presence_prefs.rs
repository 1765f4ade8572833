//! How this person wants to see the cursors of others. This browser keeps it for all boards.

use leptos::prelude::*;
use serde::{Deserialize, Serialize};

use crate::storage::Area;

/// The storage key of the preferences.
const KEY: &str = "presence";
/// The element that holds the cursors.
const BOARD: &str = "main.board";

/// The preferences. A stored value may be of another version: fields that are missing have their
/// default.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub(in crate::page) struct PresencePrefs {
    /// The cursors of others are not shown.
    pub(in crate::page) hides_cursors: bool,
    /// The names beside the cursors of others are not shown.
    pub(in crate::page) hides_names: bool,
}

impl PresencePrefs {
    /// The stored preferences.
    pub(in crate::page) fn load() -> Self {
        Area::Browser.get(KEY).unwrap_or_default()
    }

    /// Keeps the preferences.
    pub(in crate::page) fn save(self) {
        Area::Browser.set(KEY, &self);
    }
}

/// Lets the style sheet follow the preferences, until the current owner ends.
pub(in crate::page) fn apply(prefs: Signal<PresencePrefs>) {
    Effect::new(move || {
        let PresencePrefs {
            hides_cursors,
            hides_names,
        } = prefs.get();
        let board = document().query_selector(BOARD).ok().flatten();
        let Some(board) = board else { return };
        for (name, is_hidden) in [
            ("data-hides-cursors", hides_cursors),
            ("data-hides-names", hides_names),
        ] {
            let set = board.set_attribute(name, &is_hidden.to_string());
            debug_assert!(set.is_ok(), "the names are valid");
        }
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stored_preferences_are_read_by_later_versions() {
        let stored: PresencePrefs = serde_json::from_str(r#"{"hides_names":true,"x":1}"#).unwrap();
        assert!(stored.hides_names && !stored.hides_cursors);
        let text = serde_json::to_string(&stored).unwrap();
        assert_eq!(text, r#"{"hides_cursors":false,"hides_names":true}"#);
    }
}
