//! The user of this editor: their identity, their access and their preferences.

use std::rc::Rc;

use shared::id::ClientId;

use crate::measuring::{MeasureText, NoFonts};
use crate::prefs::Prefs;

/// Whether the user may change the board.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Access {
    /// They may only look: every tool moves the view.
    View,
    /// They may draw.
    #[default]
    Edit,
    /// They may draw, and protect elements so that others cannot change them.
    Own,
}

/// The user of this editor.
#[derive(Clone, Debug)]
pub(crate) struct LocalUser {
    pub(crate) me: ClientId,
    /// Their name; sticky notes are signed with it.
    pub(crate) name: String,
    pub(crate) access: Access,
    pub(crate) prefs: Prefs,
    /// Measures the text that they write.
    pub(crate) measurer: Rc<dyn MeasureText>,
}

impl LocalUser {
    pub(crate) fn new(me: ClientId) -> Self {
        Self {
            me,
            name: String::new(),
            access: Access::default(),
            prefs: Prefs::default(),
            measurer: Rc::new(NoFonts),
        }
    }
}
