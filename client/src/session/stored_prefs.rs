//! The preferences of this person and the styles of their tools. This browser keeps them for
//! all boards.

use std::cell::Cell;

use editor::{Editor, Prefs, Styles};

use crate::storage::Area;

/// The storage key of the preferences.
const PREFS_KEY: &str = "prefs";
/// The storage key of the styles.
const STYLES_KEY: &str = "styles";

/// Preferences and styles.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct Preferences {
    prefs: Prefs,
    styles: Styles,
}

impl Preferences {
    /// Loads them. Defaults replace what is missing or cannot be read.
    pub(crate) fn load() -> Self {
        Self {
            prefs: Area::Browser.get(PREFS_KEY).unwrap_or_default(),
            styles: Area::Browser.get(STYLES_KEY).unwrap_or_default(),
        }
    }
}

/// The preferences as the browser's storage has them.
#[derive(Debug)]
pub(super) struct StoredPreferences(Cell<Preferences>);

impl StoredPreferences {
    /// Gives loaded preferences to an editor.
    pub(super) fn applied(loaded: Preferences, editor: &mut Editor) -> Self {
        editor.set_prefs(loaded.prefs);
        editor.set_styles(loaded.styles);
        Self(Cell::new(loaded))
    }

    /// Saves what changed in the editor since the last call.
    pub(super) fn save_changes(&self, editor: &Editor) {
        let (prefs, styles) = (*editor.prefs(), *editor.styles());
        let before = self.0.replace(Preferences { prefs, styles });
        if before.prefs != prefs {
            Area::Browser.set(PREFS_KEY, &prefs);
        }
        if before.styles != styles {
            Area::Browser.set(STYLES_KEY, &styles);
        }
    }
}
