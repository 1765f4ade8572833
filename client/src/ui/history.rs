//! Undo and Redo.

use leptos::prelude::*;

use super::{button::IconButton, icon::IconName};

/// The buttons for undo and redo.
#[component]
pub(crate) fn HistoryControls(
    /// Whether an own change can be undone.
    #[prop(into)]
    can_undo: Signal<bool>,
    /// Whether an own change can be redone.
    #[prop(into)]
    can_redo: Signal<bool>,
    /// Undo was pressed.
    #[prop(into)]
    on_undo: Callback<()>,
    /// Redo was pressed.
    #[prop(into)]
    on_redo: Callback<()>,
) -> impl IntoView {
    view! {
        <div class="island" role="group" aria-label="History">
            <IconButton icon=IconName::Undo label="Undo" shortcut="Ctrl+Z" enabled=can_undo on_press=on_undo />
            <IconButton icon=IconName::Redo label="Redo" shortcut="Ctrl+Shift+Z" enabled=can_redo on_press=on_redo />
        </div>
    }
}
