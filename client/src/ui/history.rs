//! Undo and Redo.

use leptos::prelude::*;

use super::{button::IconButton, icon::IconName};

/// The pair of history buttons, at the bottom left.
#[component]
pub(crate) fn HistoryControls(
    /// Whether something of mine can be undone.
    #[prop(into)]
    can_undo: Signal<bool>,
    /// Whether something of mine can be redone.
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
