//! Bold and italic, for the selected elements or the selected text.

use editor::{Command, Shown, StyleView};
use leptos::prelude::*;

use crate::ui::button::tooltip;

/// The row "Letters", for elements with text.
#[component]
pub(crate) fn Emphasis(
    /// The style.
    style: Signal<StyleView>,
    /// `Bold` or `Italic` was pressed.
    on_emphasis: Callback<&'static Command>,
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
                        command=Command::BOLD
                        on=Signal::derive(move || style.with(|style| style.bold == Shown::Same(true)))
                        on_emphasis
                    />
                    <Mark
                        name="Italic text"
                        letter="I"
                        command=Command::ITALIC
                        on=Signal::derive(move || style.with(|style| style.italic == Shown::Same(true)))
                        on_emphasis
                    />
                </div>
            </div>
        </Show>
    }
}

/// A button that is pressed while all letters have the style.
#[component]
fn Mark(
    name: &'static str,
    letter: &'static str,
    command: &'static Command,
    on: Signal<bool>,
    on_emphasis: Callback<&'static Command>,
) -> impl IntoView {
    view! {
        <button
            class="choice"
            type="button"
            aria-label=name
            title=tooltip(name, command.shortcut())
            aria-pressed=move || on.get().to_string()
            on:click=move |_| on_emphasis.run(command)
        >
            <span class="letter" data-variant=letter aria-hidden="true">{letter}</span>
        </button>
    }
}
