//! What a person likes, kept in this browser for all boards: preferences, and how
//! what they make looks.
//!
//! Knows the shelf and when something changed. What the texts mean is the editor's
//! business.

use editor::{Prefs, Styles};

use super::Inner;
use crate::storage::Shelf;

/// Where preferences are kept.
const PREFS_KEY: &str = "prefs";
/// Where the styles of tools are kept.
const STYLES_KEY: &str = "styles";

/// What is on the shelf.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Kept {
    prefs: Prefs,
    styles: Styles,
}

impl Inner {
    /// Takes over what was kept.
    pub(super) fn recall_likes(&self) {
        let text = |key| Shelf::Browser.get(key).unwrap_or_default();
        let kept = Kept {
            prefs: Prefs::from_text(&text(PREFS_KEY)),
            styles: Styles::from_text(&text(STYLES_KEY)),
        };
        let mut core = self.core.borrow_mut();
        core.editor.set_prefs(kept.prefs);
        core.editor.set_styles(kept.styles);
        core.editor.set_name(&self.profile.borrow().name);
        self.kept.set(kept);
    }

    /// Keeps what changed since the last call.
    pub(super) fn keep_likes(&self) {
        let core = self.core.borrow();
        let (prefs, styles) = (*core.editor.prefs(), *core.editor.styles());
        drop(core);
        let before = self.kept.replace(Kept { prefs, styles });
        if before.prefs != prefs {
            Shelf::Browser.put(PREFS_KEY, &prefs.to_text());
        }
        if before.styles != styles {
            Shelf::Browser.put(STYLES_KEY, &styles.to_text());
        }
    }
}
