//! A button for what cannot be taken back.

use leptos::prelude::*;

/// A button that asks once: the first press changes it to the question, the second one acts.
#[component]
pub(crate) fn AskingButton(
    /// The label, which is the accessible name.
    #[prop(into)]
    label: Signal<&'static str>,
    /// The label of the question.
    question: &'static str,
    /// The person pressed twice.
    #[prop(into)]
    on_sure: Callback<()>,
) -> impl IntoView {
    let is_asked = RwSignal::new(false);
    let words = move || {
        if is_asked.get() {
            question
        } else {
            label.get()
        }
    };
    let press = move |_| {
        if is_asked.get_untracked() {
            is_asked.set(false);
            on_sure.run(());
        } else {
            is_asked.set(true);
        }
    };
    view! {
        <button
            class="button-small"
            type="button"
            data-danger=move || is_asked.get().to_string()
            on:click=press
            on:blur=move |_| is_asked.set(false)
        >
            {words}
        </button>
    }
}
