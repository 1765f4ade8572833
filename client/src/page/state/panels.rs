//! Which panels and dialogs are open, and where the context menu is.

use leptos::prelude::{RwSignal, Update as _};
use shared::geometry::ScreenPoint;
use shared::id::ElementId;

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
    /// Whether the minimap is open.
    pub(in crate::page) minimap: RwSignal<bool>,
    /// The image whose alternative text is changed, and that text.
    pub(in crate::page) described: RwSignal<Option<(ElementId, String)>>,
    /// Where the context menu is open, in CSS pixels of the window.
    pub(in crate::page) menu_at: RwSignal<Option<ScreenPoint>>,
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
            minimap: RwSignal::new(false),
            described: RwSignal::new(None),
            menu_at: RwSignal::new(None),
        }
    }
}

/// Opens a closed panel and closes an open one.
pub(in crate::page) fn toggle(is_open: RwSignal<bool>) {
    is_open.update(|is_open| *is_open = !*is_open);
}
