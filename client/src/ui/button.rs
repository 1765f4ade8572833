//! A button that shows only an icon.

use leptos::prelude::*;

use super::icon::{Icon, IconName};
use super::platform::Platform;

/// A tooltip with a label and a shortcut, such as `Undo (Ctrl+Z)`. Keys have the labels of this
/// keyboard.
#[must_use]
pub(crate) fn tooltip(label: &str, shortcut: &'static str) -> String {
    if shortcut.is_empty() {
        label.to_owned()
    } else {
        [label, " (", &Platform::detect().words(shortcut), ")"].concat()
    }
}

/// A square button with an icon, a name for screen readers and a tooltip.
#[component]
pub(crate) fn IconButton(
    /// The icon.
    icon: IconName,
    /// The accessible name.
    label: &'static str,
    /// The shortcut in the tooltip; empty for none.
    #[prop(optional)]
    shortcut: &'static str,
    /// Whether the button is enabled.
    #[prop(into, default = true.into())]
    enabled: Signal<bool>,
    /// The button was pressed.
    #[prop(into)]
    on_press: Callback<()>,
) -> impl IntoView {
    view! {
        <button
            class="icon-button"
            type="button"
            aria-label=label
            title=tooltip(label, shortcut)
            disabled=move || !enabled.get()
            on:click=move |_| on_press.run(())
        >
            <Icon name=icon />
        </button>
    }
}
