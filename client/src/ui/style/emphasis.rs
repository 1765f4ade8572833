//! Bold and italic: of what is selected, or of what is being written.

use editor::{Action, Shown, StyleView};
use leptos::prelude::*;

use crate::ui::button::tooltip;

/// The row "Letters"; nothing where nothing is written.
#[component]
pub(crate) fn Emphasis(
    /// What is shown.
    style: Signal<StyleView>,
    /// Letters shall be set otherwise: `Bold` or `Italic`.
    on_mark: Callback<Action>,
) -> impl IntoView {
    let is_shown = move || style.with(|style| style.bold != Shown::Absent);
    view! {
        <Show when=is_shown>
            <div class="style-row">
                <span class="style-label" aria-hidden="true">"Letters"</span>
                <div class="choices" role="group" aria-label="Letters">
                    <Mark
                        name="Bold text"
                        letter="B"
                        action=Action::Bold
                        on=Signal::derive(move || style.with(|style| style.bold == Shown::Same(true)))
                        on_mark
                    />
                    <Mark
                        name="Italic text"
                        letter="I"
                        action=Action::Italic
                        on=Signal::derive(move || style.with(|style| style.italic == Shown::Same(true)))
                        on_mark
                    />
                </div>
            </div>
        </Show>
    }
}

/// A button that stays down while all letters are so.
#[component]
fn Mark(
    name: &'static str,
    letter: &'static str,
    action: Action,
    on: Signal<bool>,
    on_mark: Callback<Action>,
) -> impl IntoView {
    view! {
        <button
            class="choice"
            type="button"
            aria-label=name
            title=tooltip(name, action.shortcut())
            aria-pressed=move || on.get().to_string()
            on:click=move |_| on_mark.run(action)
        >
            <span class="letter" data-look=letter aria-hidden="true">{letter}</span>
        </button>
    }
}
