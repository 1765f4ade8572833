//! The button that shows and hides the style panel.
//!
//! It leaves the keyboard where it is: on a phone this is the way from a text to its look.

use editor::{Shown, StyleView};
use leptos::ev;
use leptos::prelude::*;
use shared::model::Color;

use super::color::{color_key, custom_css};
use super::ink_key;

/// Shows or hides the style panel; its dot is the colour in hand.
#[component]
pub(crate) fn StyleToggle(
    /// What the panel shows.
    #[prop(into)]
    style: Signal<StyleView>,
    /// Whether the panel is on screen.
    #[prop(into)]
    open: Signal<bool>,
    /// Whether there is anything to show.
    #[prop(into)]
    enabled: Signal<bool>,
    /// The toggle was pressed.
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
