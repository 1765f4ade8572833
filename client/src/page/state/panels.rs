//! Which panels and dialogs are open, and where the context menu is.

use editor::AssistantTask;
use leptos::prelude::{Get as _, RwSignal, Set as _, Update as _, With as _};
use shared::geometry::ScreenPoint;
use shared::id::{ElementId, PersonId};

/// The open panels and dialogs.
#[derive(Clone, Copy, Debug)]
pub(in crate::page) struct Panels {
    /// Whether the help is open.
    pub(in crate::page) help: RwSignal<bool>,
    /// Whether the share dialog is open.
    pub(in crate::page) share: RwSignal<bool>,
    /// Whether the export dialog is open.
    pub(in crate::page) export: RwSignal<bool>,
    /// Whether the command palette is open.
    pub(in crate::page) palette: RwSignal<bool>,
    /// Whether the search bar is open.
    pub(in crate::page) find: RwSignal<bool>,
    /// Whether the outline is open.
    pub(in crate::page) outline: RwSignal<bool>,
    /// Whether the chat is open.
    pub(in crate::page) chat: RwSignal<bool>,
    /// What the assistant must be asked, once the chat is there.
    pub(in crate::page) asked: RwSignal<Option<AssistantTask>>,
    /// Whether the minimap is open.
    pub(in crate::page) minimap: RwSignal<bool>,
    /// The image whose alternative text is changed, and that text.
    pub(in crate::page) described: RwSignal<Option<(ElementId, String)>>,
    /// The elements of which a dialog says who drew them.
    pub(in crate::page) origins: RwSignal<Option<Vec<ElementId>>>,
    /// The person whose work a dialog offers to undo.
    pub(in crate::page) undo_work: RwSignal<Option<WorkOf>>,
    /// Where the context menu is open, in CSS pixels of the window.
    pub(in crate::page) menu_at: RwSignal<Option<ScreenPoint>>,
}

/// A person whose work can be undone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::page) struct WorkOf {
    pub(in crate::page) person: PersonId,
    pub(in crate::page) name: String,
}

impl Panels {
    pub(super) fn new() -> Self {
        Self {
            help: RwSignal::new(false),
            share: RwSignal::new(false),
            export: RwSignal::new(false),
            palette: RwSignal::new(false),
            find: RwSignal::new(false),
            outline: RwSignal::new(false),
            chat: RwSignal::new(false),
            asked: RwSignal::new(None),
            minimap: RwSignal::new(false),
            described: RwSignal::new(None),
            origins: RwSignal::new(None),
            undo_work: RwSignal::new(None),
            menu_at: RwSignal::new(None),
        }
    }

    /// Whether a dialog is open, apart from the command palette.
    pub(in crate::page) fn has_dialog(&self) -> bool {
        let is_open = |dialog: RwSignal<bool>| dialog.get();
        [self.help, self.share, self.export]
            .map(is_open)
            .contains(&true)
            || self.described.with(Option::is_some)
            || self.origins.with(Option::is_some)
            || self.undo_work.with(Option::is_some)
    }

    /// Closes the dialogs, apart from the command palette.
    pub(in crate::page) fn close_dialogs(&self) {
        for dialog in [self.help, self.share, self.export] {
            dialog.set(false);
        }
        self.described.set(None);
        self.origins.set(None);
        self.undo_work.set(None);
    }
}

/// Opens a closed panel and closes an open one.
pub(in crate::page) fn toggle(is_open: RwSignal<bool>) {
    is_open.update(|is_open| *is_open = !*is_open);
}
