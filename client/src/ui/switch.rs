//! A switch, which is on or off.

use leptos::prelude::*;

/// The label at the left and the switch at the right. Both can be pressed.
#[component]
pub(crate) fn Switch(
    /// The label, which is the accessible name.
    label: &'static str,
    /// Whether the switch is on.
    #[prop(into)]
    on: Signal<bool>,
    /// The switch was pressed.
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
