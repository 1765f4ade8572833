//! The dialog for the alternative text of an image.

use leptos::prelude::*;
use leptos::{ev, html};
use shared::limits::MAX_ALTERNATIVE_TEXT_CHARS;

use super::dialog::Modal;

/// The dialog. It is open while there is a text to change.
#[component]
pub(crate) fn DescribeDialog(
    /// The present text, while the dialog is open.
    #[prop(into)]
    text: Signal<Option<String>>,
    /// The user saves another text.
    #[prop(into)]
    on_save: Callback<String>,
    /// The user closed the dialog.
    #[prop(into)]
    on_close: Callback<()>,
) -> impl IntoView {
    let open = Signal::derive(move || text.with(Option::is_some));
    view! {
        <Modal title="Alternative text" kind="describe" open on_close>
            <DescribeForm before=text.get_untracked().unwrap_or_default() on_save on_close />
        </Modal>
    }
}

/// The field and the buttons. Ctrl+Enter saves, too.
#[component]
fn DescribeForm(
    before: String,
    on_save: Callback<String>,
    on_close: Callback<()>,
) -> impl IntoView {
    let field = NodeRef::<html::Textarea>::new();
    let save = move || {
        if let Some(field) = field.get_untracked() {
            on_save.run(field.value());
            on_close.run(());
        }
    };
    let on_key = move |event: ev::KeyboardEvent| {
        if event.key() == "Enter" && (event.ctrl_key() || event.meta_key()) {
            event.prevent_default();
            save();
        }
    };
    Effect::new(move || {
        if let Some(field) = field.get() {
            // Fails only for a field outside of the page.
            let _ = field.focus();
            field.select();
        }
    });
    view! {
        <p class="describe-hint" id="describe-hint">
            "Say what the picture shows, for people who do not see it."
        </p>
        <textarea
            class="field describe-field"
            aria-label="Alternative text"
            aria-describedby="describe-hint"
            rows="4"
            dir="auto"
            maxlength=MAX_ALTERNATIVE_TEXT_CHARS.to_string()
            prop:value=before
            node_ref=field
            on:keydown=on_key
        />
        <div class="describe-actions">
            <button class="describe-cancel" type="button" on:click=move |_| on_close.run(())>
                "Cancel"
            </button>
            <button class="button-filled" type="button" on:click=move |_| save()>
                "Save"
            </button>
        </div>
    }
}
