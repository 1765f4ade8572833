//! The title of the board, edited in place.

use leptos::prelude::*;
use leptos::{ev, html};
use shared::limits::MAX_TITLE_CHARS;

/// A field with the title that looks like text. Enter or leaving the field commits the title,
/// Escape restores it. An empty title is refused.
#[component]
pub(crate) fn BoardTitle(
    /// The title of the board.
    #[prop(into)]
    title: Signal<String>,
    /// Whether this person may rename the board.
    #[prop(into)]
    may_rename: Signal<bool>,
    /// A new title. It is trimmed, not empty, and differs from the old one.
    #[prop(into)]
    on_rename: Callback<String>,
) -> impl IntoView {
    let draft = RwSignal::new(None::<String>);
    let field = NodeRef::<html::Input>::new();
    let shown = Memo::new(move |_| draft.get().unwrap_or_else(|| title.get()));
    let begin = move |_| {
        if may_rename.get_untracked() {
            draft.set(Some(title.get_untracked()));
        }
    };
    let commit = move |_| {
        // A field that is removed from the page loses the focus after its signals are gone.
        let Some(text) = draft.try_get_untracked().flatten() else {
            return;
        };
        draft.set(None);
        let text = text.trim();
        if !text.is_empty() && text != title.get_untracked() {
            on_rename.run(text.to_owned());
        }
    };
    let on_key = move |event: ev::KeyboardEvent| {
        let Some(field) = field.get_untracked() else {
            return;
        };
        if event.key() == "Escape" {
            draft.set(None);
        }
        if matches!(event.key().as_str(), "Enter" | "Escape") {
            // Blur commits the draft if there still is one. It cannot fail here.
            let _ = field.blur();
        }
    };
    view! {
        <span class="board-title" data-text=move || shown.get()>
            <input
                class="board-title-field"
                type="text"
                aria-label="Board title"
                title=move || shown.get()
                autocomplete="off"
                spellcheck="false"
                size="1"
                maxlength=MAX_TITLE_CHARS.to_string()
                readonly=move || !may_rename.get()
                prop:value=move || shown.get()
                node_ref=field
                on:focus=begin
                on:input=move |event| draft.set(Some(event_target_value(&event)))
                on:blur=commit
                on:keydown=on_key
            />
        </span>
    }
}
