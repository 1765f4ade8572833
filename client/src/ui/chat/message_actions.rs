//! The buttons of a message.

use leptos::html;
use leptos::prelude::*;

use super::action::MessageAction;
use crate::ui::button::IconButton;
use crate::ui::icon::{Icon, IconName};
use crate::view_model::MessageView;

/// The emoji that are offered, with their names.
const EMOJI: [(&str, &str); 6] = [
    ("👍", "Thumbs up"),
    ("❤️", "Heart"),
    ("😂", "Laughing"),
    ("🎉", "Celebration"),
    ("👀", "Eyes"),
    ("✅", "Done"),
];

/// The buttons of a message: answer, and more, which opens a row of others.
#[component]
pub(super) fn Actions(
    /// What the message shows.
    view: RwSignal<MessageView>,
    /// The person acts on it.
    on_action: Callback<MessageAction>,
) -> impl IntoView {
    let id = view.with_untracked(|view| view.id);
    let is_open = RwSignal::new(false);
    let toggle = NodeRef::<html::Button>::new();
    view! {
        <div class="chat-actions" data-open=move || is_open.get().to_string()>
            <IconButton
                icon=IconName::Reply
                label="Reply"
                on_press=move |()| on_action.run(MessageAction::Reply(id))
            />
            <button
                class="icon-button"
                type="button"
                node_ref=toggle
                aria-label="More actions"
                title="More actions"
                aria-expanded=move || is_open.get().to_string()
                on:click=move |_| is_open.update(|is_open| *is_open = !*is_open)
            >
                <Icon name=IconName::More />
            </button>
        </div>
        <Show when=move || is_open.get()>
            <MoreActions view is_open toggle on_action />
        </Show>
    }
}

/// The emoji, and what changes an own message.
#[component]
fn MoreActions(
    view: RwSignal<MessageView>,
    is_open: RwSignal<bool>,
    toggle: NodeRef<html::Button>,
    on_action: Callback<MessageAction>,
) -> impl IntoView {
    let id = view.with_untracked(|view| view.id);
    let act = move |action| {
        is_open.set(false);
        // The pressed button leaves the page.
        if let Some(toggle) = toggle.get_untracked() {
            let _ = toggle.focus();
        }
        on_action.run(action);
    };
    let has = move |emoji: &str| {
        view.with(|view| {
            view.reactions
                .iter()
                .any(|it| it.emoji == emoji && it.is_own)
        })
    };
    let emoji = EMOJI.map(|(emoji, name)| {
        view! {
            <button
                class="icon-button chat-emoji"
                type="button"
                aria-label=name
                title=name
                aria-pressed=move || has(emoji).to_string()
                on:click=move |_| act(MessageAction::React(id, emoji.to_owned(), !has(emoji)))
            >
                {emoji}
            </button>
        }
    });
    view! {
        <div class="chat-more" role="group" aria-label="Actions">
            {emoji.collect_view()}
            <Show when=move || view.with(|view| view.is_own)>
                <IconButton
                    icon=IconName::Pencil
                    label="Edit message"
                    on_press=move |()| act(MessageAction::Edit(id))
                />
            </Show>
            <Show when=move || view.with(|view| view.may_delete)>
                <IconButton
                    icon=IconName::Bin
                    label="Delete message"
                    on_press=move |()| act(MessageAction::Delete(id))
                />
            </Show>
        </div>
    }
}
