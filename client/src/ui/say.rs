//! The field for words at the cursor.

use leptos::ev::KeyboardEvent;
use leptos::html;
use leptos::prelude::*;
use shared::limits::MAX_SAY_CHARS;

use super::remote_cursors::is_at_the_right;

/// A field beside the cursor of this person; after Enter only its words. It lets the pointer through.
#[component]
pub(crate) fn SayField(
    /// Where the pointer is, in CSS pixels of the window.
    #[prop(into)]
    at: Signal<(f64, f64)>,
    /// The words.
    #[prop(into)]
    words: Signal<String>,
    /// Whether they are being typed.
    is_typing: bool,
    /// The words changed.
    #[prop(into)]
    on_type: Callback<String>,
    /// The words are complete.
    #[prop(into)]
    on_enter: Callback<()>,
    /// The field has lost the focus.
    #[prop(into)]
    on_leave: Callback<()>,
    /// The words must be taken away.
    #[prop(into)]
    on_escape: Callback<()>,
) -> impl IntoView {
    let field = NodeRef::<html::Input>::new();
    Effect::new(move || {
        if let Some(field) = field.get() {
            // An element on the page can have the focus.
            let _ = field.focus();
        }
    });
    let on_key = move |event: KeyboardEvent| {
        if event.is_composing() {
            return;
        }
        match event.key().as_str() {
            "Enter" => on_enter.run(()),
            "Escape" => on_escape.run(()),
            _ => return,
        }
        event.prevent_default();
    };
    view! {
        <div
            class="say"
            data-turned=move || is_at_the_right(at.get().0).to_string()
            style:left=move || px(at.get().0) style:top=move || px(at.get().1)
        >
            <Show
                when=move || is_typing
                fallback=move || view! { <p class="say-words" dir="auto">{words}</p> }
            >
                <input
                    class="say-words"
                    type="text"
                    dir="auto"
                    aria-label="Say at the cursor"
                    placeholder="Say something"
                    autocomplete="off"
                    maxlength=MAX_SAY_CHARS.to_string()
                    node_ref=field
                    on:input=move |event| on_type.run(event_target_value(&event))
                    on:keydown=on_key
                    on:blur=move |_| on_leave.run(())
                />
            </Show>
        </div>
    }
}

fn px(length: f64) -> String {
    format!("{length}px")
}
