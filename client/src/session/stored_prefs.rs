//! The preferences of this person and the styles of their tools. This browser keeps them for
//! all boards.

use std::cell::Cell;

use editor::{Editor, Prefs, Styles};

use crate::storage::Area;

/// The storage key of the preferences.
const PREFS_KEY: &str = "prefs";
/// The storage key of the styles.
const STYLES_KEY: &str = "styles";

/// The preferences and styles that are in the browser's storage.
#[derive(Debug)]
pub(super) struct StoredPrefs(Cell<(Prefs, Styles)>);

impl StoredPrefs {
    /// Loads preferences and styles and gives them to an editor. Defaults replace values that
    /// are missing or cannot be read.
    pub(super) fn load_into(editor: &mut Editor) -> Self {
        let prefs: Prefs = Area::Browser.get(PREFS_KEY).unwrap_or_default();
        let styles: Styles = Area::Browser.get(STYLES_KEY).unwrap_or_default();
        editor.set_prefs(prefs);
        editor.set_styles(styles);
        Self(Cell::new((prefs, styles)))
    }

    /// Saves what changed in the editor since the last call.
    pub(super) fn save_changes(&self, editor: &Editor) {
        let (prefs, styles) = (*editor.prefs(), *editor.styles());
        let (stored_prefs, stored_styles) = self.0.replace((prefs, styles));
        if stored_prefs != prefs {
            Area::Browser.set(PREFS_KEY, &prefs);
        }
        if stored_styles != styles {
            Area::Browser.set(STYLES_KEY, &styles);
        }
    }
}
