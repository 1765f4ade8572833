//! A switch: something is so, or not.

use leptos::prelude::*;

/// The label at the left, the switch at the right; all of it can be pressed.
#[component]
pub(crate) fn Switch(
    /// What is so while it is on; the accessible name.
    label: &'static str,
    /// Whether it is on.
    #[prop(into)]
    on: Signal<bool>,
    /// It was pressed.
    #[prop(into)]
    on_toggle: Callback<()>,
) -> impl IntoView {
    view! {
        <button
            class="switch"
            type="button"
            role="switch"
            aria-checked=move || on.get().to_string()
            on:click=move |_| on_toggle.run(())
        >
            <span class="switch-label">{label}</span>
            <span class="switch-track" aria-hidden="true" />
        </button>
    }
}
