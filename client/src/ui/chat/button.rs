//! The button that opens the chat.

use leptos::prelude::*;

use crate::ui::icon::{Icon, IconName};

/// The highest number on the button. A larger one would be wider than it.
const MOST: u64 = 99;

/// The button, with the number of unread messages.
#[component]
pub(crate) fn ChatButton(
    /// Whether the sidebar is open.
    #[prop(into)]
    open: Signal<bool>,
    /// Number of unread messages.
    #[prop(into)]
    unread: Signal<u64>,
    /// The button was pressed.
    #[prop(into)]
    on_press: Callback<()>,
) -> impl IntoView {
    let count = move || match unread.get() {
        count if count > MOST => format!("{MOST}+"),
        count => count.to_string(),
    };
    let name = move || match unread.get() {
        0 => "Chat".to_owned(),
        _ => format!("Chat, {} unread", count()),
    };
    view! {
        <button
            class="icon-button chat-button"
            type="button"
            aria-label=name
            aria-expanded=move || open.get().to_string()
            title="Chat"
            on:click=move |_| on_press.run(())
        >
            <Icon name=IconName::Chat />
            <Show when=move || unread.get() != 0>
                <span class="chat-unread" aria-hidden="true">{count}</span>
            </Show>
        </button>
    }
}
