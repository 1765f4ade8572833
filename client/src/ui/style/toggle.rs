//! The button that opens and closes the style panel.
//!
//! It does not take the focus, so that the style of a text can be changed while it is edited.

use editor::{Shown, StyleView};
use leptos::ev;
use leptos::prelude::*;
use shared::model::Color;

use super::color::{color_key, custom_css};
use super::ink_key;

/// The button. Its dot has the colour of the style.
#[component]
pub(crate) fn StyleToggle(
    /// The style.
    #[prop(into)]
    style: Signal<StyleView>,
    /// Whether the panel is open.
    #[prop(into)]
    open: Signal<bool>,
    /// Whether the panel has anything to show.
    #[prop(into)]
    enabled: Signal<bool>,
    /// The button was pressed.
    #[prop(into)]
    on_toggle: Callback<()>,
) -> impl IntoView {
    let color = Memo::new(move |_| match style.with(|style| style.color) {
        Shown::Same(color) => color,
        Shown::Mixed | Shown::Absent => Color::Grey,
    });
    view! {
        <button
            class="style-toggle roving"
            type="button"
            aria-label="Style"
            title="Colours and style"
            tabindex="-1"
            disabled=move || !enabled.get()
            aria-expanded=move || open.get().to_string()
            data-ink=move || ink_key(style.with(|style| style.highlighter))
            data-color=move || color_key(color.get())
            style:--swatch-ink=move || custom_css(color.get())
            data-with-text
            on:mousedown=|event: ev::MouseEvent| event.prevent_default()
            on:click=move |_| on_toggle.run(())
        >
            <span class="style-dot" />
        </button>
    }
}
