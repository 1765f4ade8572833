//! One message with its actions.

use leptos::prelude::*;
use shared::id::MessageId;

use super::super::times::{day_words, full_words, machine_words, time_words};
use super::action::MessageAction;
use super::answer::{AnswerRow, Unanswered};
use super::message_actions::Actions;
use crate::ui::icon::{Icon, IconName};
use crate::ui::person::Avatar;
use crate::view_model::{Begins, BodyView, MessageView, Piece, ReactionView, ReplyView, TextView};

/// The id of the element that shows a message.
pub(crate) fn element_id(id: MessageId) -> String {
    format!("chat-{id}")
}

/// A message.
#[component]
pub(super) fn MessageRow(
    /// What it shows.
    view: RwSignal<MessageView>,
    /// Whether this person may write.
    may_write: Signal<bool>,
    /// The questions that the assistant did not answer.
    unanswered: Signal<Vec<MessageId>>,
    /// The person acts on it.
    on_action: Callback<MessageAction>,
) -> impl IntoView {
    let id = view.with_untracked(|view| view.id);
    let is_unanswered =
        Memo::new(move |_| may_write.get() && unanswered.with(|all| all.contains(&id)));
    let begins = Memo::new(move |_| view.with(|view| view.begins));
    let body = Memo::new(move |_| view.with(|view| view.body.clone()));
    let day = Memo::new(move |_| view.with(|view| day_words(view.at_ms)));
    let is_text = Memo::new(move |_| view.with(|view| view.text().is_some()));
    let has_head =
        move || begins.get() != Begins::Nothing && !matches!(body.get(), BodyView::Notice(_));
    view! {
        <Show when=move || begins.get() == Begins::Day>
            <p class="chat-day">{day}</p>
        </Show>
        <div
            class="chat-message"
            id=element_id(id)
            tabindex="-1"
            data-begins=move || (begins.get() != Begins::Nothing).to_string()
            data-own=move || view.with(|view| view.is_own).to_string()
            data-for-me=move || view.with(|view| view.text().is_some_and(TextView::mentions_me)).to_string()
        >
            <Show when=has_head>
                <Head view />
            </Show>
            {move || body_view(id, body.get(), on_action)}
            <Show when=move || view.with(|view| view.is_sending)>
                <p class="chat-sending">"Sending …"</p>
            </Show>
            <AnswerRow view may_write on_action />
            <Show when=move || is_unanswered.get()>
                <Unanswered on_again=move |()| on_action.run(MessageAction::AskAgain(id)) />
            </Show>
            <Reactions view may_write on_action />
            <Show when=move || is_text.get() && may_write.get() && !view.with(|view| view.is_sending)>
                <Actions view on_action />
            </Show>
        </div>
    }
}

/// The author and the time.
#[component]
fn Head(view: RwSignal<MessageView>) -> impl IntoView {
    let author = Memo::new(move |_| view.with(|view| (view.author.clone(), view.color)));
    let at_ms = Memo::new(move |_| view.with(|view| view.at_ms));
    view! {
        <div class="chat-head">
            {move || {
                let (name, color) = author.get();
                view! { <Avatar name color /> }
            }}
            <span class="chat-author" dir="auto">{move || author.get().0}</span>
            <time
                class="chat-time"
                datetime=move || machine_words(at_ms.get())
                title=move || full_words(at_ms.get())
            >
                {move || time_words(at_ms.get())}
            </time>
        </div>
    }
}

fn body_view(id: MessageId, body: BodyView, on_action: Callback<MessageAction>) -> AnyView {
    match body {
        BodyView::Notice(words) => {
            view! { <p class="chat-notice" dir="auto">{words}</p> }.into_any()
        }
        BodyView::Deleted => view! { <p class="chat-deleted">"Message deleted"</p> }.into_any(),
        BodyView::Text(text) => {
            // The line of the progress says that the message grows.
            let words = text.mark.words().filter(|_| text.progress.is_none());
            let edited = words.map(|words| view! { <span class="chat-edited">{words}</span> });
            let place = text.has_place.then(|| {
                view! {
                    <button
                        class="chat-place"
                        type="button"
                        on:click=move |_| on_action.run(MessageAction::GoTo(id))
                    >
                        <Icon name=IconName::Target />
                        "Show on the board"
                    </button>
                }
            });
            let has_words = !text.pieces.is_empty() || edited.is_some();
            let words = has_words.then(|| {
                view! {
                    <p class="chat-text" dir="auto">
                        {text.pieces.into_iter().map(piece_view).collect_view()}
                        {edited}
                    </p>
                }
            });
            view! {
                {text.reply.map(|reply| reply_view(reply, on_action))}
                {words}
                {place}
            }
            .into_any()
        }
    }
}

/// The message that is answered. A press scrolls to it.
fn reply_view(reply: ReplyView, on_action: Callback<MessageAction>) -> impl IntoView {
    let ReplyView { id, author, text } = reply;
    view! {
        <button
            class="chat-reply"
            type="button"
            dir="auto"
            on:click=move |_| on_action.run(MessageAction::Find(id))
        >
            <span class="chat-reply-author">{author}</span>
            " "
            {text}
        </button>
    }
}

/// A piece of a text. Texts become nodes of text, never markup.
fn piece_view(piece: Piece) -> AnyView {
    match piece {
        Piece::Text(text) => text.into_any(),
        Piece::Link(address) => {
            let shown = address.clone();
            view! {
                <a class="chat-link" href=address target="_blank" rel="noopener noreferrer">
                    {shown}
                </a>
            }
            .into_any()
        }
        Piece::Mention { text, is_me } => view! {
            <span class="chat-mention" data-me=is_me.to_string()>{text}</span>
        }
        .into_any(),
    }
}

/// The emoji below a message. A press sets or removes the own one.
#[component]
fn Reactions(
    view: RwSignal<MessageView>,
    may_write: Signal<bool>,
    on_action: Callback<MessageAction>,
) -> impl IntoView {
    let id = view.with_untracked(|view| view.id);
    let all = Memo::new(move |_| view.with(|view| view.reactions.clone()));
    let chip = move |first: ReactionView| {
        let emoji = StoredValue::new(first.emoji.clone());
        let now = Memo::new(move |_| {
            let is_same = |it: &&ReactionView| emoji.with_value(|emoji| *emoji == it.emoji);
            all.with(|all| all.iter().find(is_same).cloned())
                .unwrap_or_else(|| first.clone())
        });
        let press = move |_| {
            let on = now.with_untracked(|now| !now.is_own);
            on_action.run(MessageAction::React(id, emoji.get_value(), on));
        };
        view! {
            <button
                class="chat-reaction"
                type="button"
                aria-pressed=move || now.with(|now| now.is_own).to_string()
                aria-label=move || now.with(|now| format!("{} {}", now.emoji, now.count))
                title=move || now.with(|now| now.names.clone())
                disabled=move || !may_write.get()
                on:click=press
            >
                {emoji.get_value()}
                " "
                {move || now.with(|now| now.count)}
            </button>
        }
    };
    view! {
        <div class="chat-reactions">
            <For each=move || all.get() key=|it| it.emoji.clone() children=chip />
        </div>
    }
}
