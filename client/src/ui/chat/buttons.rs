//! The buttons below the field for a message.

use leptos::prelude::*;

use super::draft::{Draft, Target};
use crate::ui::button::IconButton;
use crate::ui::icon::{Icon, IconName};

/// What can be attached, the button that addresses the assistant, and the one that sends.
#[component]
pub(super) fn Buttons(
    /// The message that is being written.
    draft: Draft,
    /// Whether elements are selected.
    has_selection: Signal<bool>,
    /// The message must be sent.
    on_send: Callback<()>,
    /// The present view must be attached, or the selection if it is `true`.
    on_attach: Callback<bool>,
    /// The message must become a question to the assistant.
    on_ask: Callback<()>,
) -> impl IntoView {
    let is_edit = move || draft.target.with(|it| matches!(it, Target::Edit(_)));
    view! {
        <div class="chat-buttons">
            <IconButton
                icon=IconName::Target
                label="Attach the present view"
                on_press=move |()| on_attach.run(false)
            />
            <IconButton
                icon=IconName::Lasso
                label="Attach the selection"
                enabled=has_selection
                on_press=move |()| on_attach.run(true)
            />
            <button
                class="chat-ask"
                type="button"
                aria-label="Ask the assistant"
                title="Ask the assistant"
                on:mousedown=move |event| event.prevent_default()
                on:click=move |_| on_ask.run(())
            >
                <Icon name=IconName::Sparkle />
                "Ask"
            </button>
            <button
                class="button-filled chat-send"
                type="button"
                disabled=move || !draft.is_ready()
                // The field keeps the focus, and with it the keyboard of a phone.
                on:mousedown=move |event| event.prevent_default()
                on:click=move |_| on_send.run(())
            >
                {move || if is_edit() { "Save" } else { "Send" }}
            </button>
        </div>
    }
}
