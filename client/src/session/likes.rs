//! What a person likes, kept in this browser for all boards: preferences, and how
//! what they make looks.
//!
//! Knows where they are kept and when something changed. A value that cannot be read is
//! replaced by the defaults.

use editor::{Prefs, Styles};

use super::Inner;
use crate::storage::Area;

/// Where preferences are kept.
const PREFS_KEY: &str = "prefs";
/// Where the styles of tools are kept.
const STYLES_KEY: &str = "styles";

/// What was kept last.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Kept {
    prefs: Prefs,
    styles: Styles,
}

impl Inner {
    /// Takes over what was kept.
    pub(super) fn recall_likes(&self) {
        let kept = Kept {
            prefs: Area::Browser.get(PREFS_KEY).unwrap_or_default(),
            styles: Area::Browser.get(STYLES_KEY).unwrap_or_default(),
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
            Area::Browser.set(PREFS_KEY, &prefs);
        }
        if before.styles != styles {
            Area::Browser.set(STYLES_KEY, &styles);
        }
    }
}
