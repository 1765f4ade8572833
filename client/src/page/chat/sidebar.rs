//! The open sidebar.

use leptos::ev::KeyboardEvent;
use leptos::html;
use leptos::prelude::*;
use leptos::task::spawn_local;
use shared::chat::question;
use shared::protocol::{Rights, Role};

use super::actions::{act, send};
use super::questions::Questions;
use super::settings::ChatSettings;
use super::{desktop, focus, keyboard_room, rows};
use crate::clock;
use crate::page::state::PageState;
use crate::session::{Attachment, Session};
use crate::ui::icon::{Icon, IconName};
use crate::ui::{ChatLog, ChatRow, Composer, Draft, IconButton, MessageAction, Switch};
use crate::view_model::ToastTone;

/// Others are told again that this person is writing after this time, in milliseconds. It is shorter
/// than the time for which they believe it.
const WRITING_AGAIN_MS: u64 = 3_000;

/// The sidebar, while it is open. What was written stays.
#[component]
pub(in crate::page) fn Chat() -> impl IntoView {
    let page = PageState::from_context();
    let panels = page.panels;
    let draft = Draft::new();
    let questions = Questions::watch(Session::from_context(), page);
    Effect::new(move || {
        if let Some(task) = panels.asked.get() {
            panels.asked.set(None);
            questions.carry_out(task, draft);
        }
    });
    view! {
        <Show when=move || panels.chat.get()>
            <OpenChat draft questions />
        </Show>
    }
}

/// The sidebar.
#[component]
fn OpenChat(draft: Draft, questions: Questions) -> impl IntoView {
    let session = Session::from_context();
    let page = PageState::from_context();
    let panel = NodeRef::<html::Aside>::new();
    let settings = ChatSettings::load(session.board());
    let shows_settings = RwSignal::new(false);
    let rows = rows::follow(session);
    let close = move || page.panels.chat.set(false);
    focus::return_to_opener();
    keyboard_room::follow(panel);
    mark_read(session, rows);
    let on_key = move |event: KeyboardEvent| {
        if event.key() == "Escape" && !event.is_composing() {
            event.prevent_default();
            close();
        }
        // A key that is meant for the chat changes nothing on the board.
        if !event.ctrl_key() && !event.meta_key() {
            event.stop_propagation();
        }
    };
    view! {
        <aside class="chat" aria-label="Chat" node_ref=panel on:keydown=on_key>
            <header class="chat-top">
                <h2 class="chat-title">"Chat"</h2>
                <button
                    class="icon-button"
                    type="button"
                    aria-label="Chat settings"
                    title="Chat settings"
                    aria-expanded=move || shows_settings.get().to_string()
                    on:click=move |_| shows_settings.update(|shown| *shown = !*shown)
                >
                    <Icon name=IconName::More />
                </button>
                <IconButton icon=IconName::Close label="Close chat" shortcut="Esc" on_press=move |()| close() />
            </header>
            <Show when=move || shows_settings.get()>
                <Settings settings />
            </Show>
            <Conversation draft questions rows />
        </aside>
    }
}

/// The messages, and the field below them.
#[component]
fn Conversation(draft: Draft, questions: Questions, rows: RwSignal<Vec<ChatRow>>) -> impl IntoView {
    let session = Session::from_context();
    let page = PageState::from_context();
    let signals = session.chat_signals();
    let field = NodeRef::<html::Textarea>::new();
    let may_write = Memo::new(move |_| {
        signals
            .rights
            .with(|rights| rights.is_some_and(|it| it.chat))
    });
    let has_older = Memo::new(move |_| {
        signals.revision.track();
        session.has_older_messages()
    });
    let on_action = Callback::new(move |action| {
        let goes_on_in_field = matches!(
            action,
            MessageAction::Reply(_) | MessageAction::Edit(_) | MessageAction::Delete(_)
        );
        act(action, (draft, questions), rows, session, page);
        if goes_on_in_field {
            focus::take(field);
        }
    });
    view! {
        <ChatLog
            rows
            has_older
            may_write
            unanswered=questions.unanswered
            on_older=move |()| session.read_older_messages()
            on_action
        />
        <p class="chat-writing">{move || signals.writing.with(|names| writing_words(names))}</p>
        <Show
            when=move || may_write.get()
            fallback=move || view! { <p class="chat-closed">{move || closed_words(session)}</p> }
        >
            <Writing draft questions field />
        </Show>
    }
}

/// The field, connected to the session.
#[component]
fn Writing(draft: Draft, questions: Questions, field: NodeRef<html::Textarea>) -> impl IntoView {
    let session = Session::from_context();
    let people = session.board_signals().people;
    let others = Signal::derive(move || {
        let others = people.get().into_iter().filter(|person| !person.is_me);
        let mut names: Vec<String> = others.map(|person| person.name).collect();
        names.sort_unstable();
        names.dedup();
        names
    });
    let selected = session.editor_signals().selected;
    let told_at = StoredValue::new(None::<u64>);
    let stop_writing = move || {
        if told_at.get_value().is_some() {
            told_at.set_value(None);
            session.show_writing(false);
        }
    };
    let was_question = StoredValue::new(false);
    let on_input = move |()| {
        let is_question = draft.text.with_untracked(|text| question(text).is_some());
        if is_question && !was_question.get_value() {
            questions.attach_selection(draft);
        }
        was_question.set_value(is_question);
        if draft.text.with_untracked(|text| text.trim().is_empty()) {
            return stop_writing();
        }
        let now = clock::now();
        if told_at
            .get_value()
            .is_none_or(|told| told + WRITING_AGAIN_MS <= now)
        {
            told_at.set_value(Some(now));
            session.show_writing(true);
        }
    };
    let on_send = move |()| {
        if let Some(written) = draft.take() {
            send(written, session, questions);
            was_question.set_value(false);
            stop_writing();
        }
    };
    let on_attach = move |of_selection: bool| {
        let attachment = match of_selection {
            true => Attachment::Selection,
            false => Attachment::View,
        };
        draft.place.set(session.place_of(attachment));
        focus::take(field);
    };
    let on_ask = move |()| {
        questions.begin(draft);
        focus::take(field);
    };
    focus::take_when_shown(field);
    on_cleanup(stop_writing);
    view! {
        <Composer
            draft
            people=others
            has_selection=Signal::derive(move || selected.get() != 0)
            field
            on_input
            on_send
            on_attach
            on_ask
        />
    }
}

/// The switches of the chat.
#[component]
fn Settings(settings: ChatSettings) -> impl IntoView {
    let toasts = PageState::from_context().toasts;
    let toggle_desktop = move |()| {
        if settings.on_desktop.get_untracked() {
            return settings.set_desktop(false);
        }
        spawn_local(async move {
            let is_permitted = desktop::permit().await;
            settings.set_desktop(is_permitted);
            if !is_permitted {
                let words = "This browser does not let Commonslate show notifications.";
                toasts.show(ToastTone::Warning, words);
            }
        });
    };
    view! {
        <div class="chat-settings" role="group" aria-label="Chat settings">
            <Switch label="Mute messages" on=settings.is_muted on_toggle=move |()| settings.toggle_mute() />
            <Switch label="Desktop notifications" on=settings.on_desktop on_toggle=toggle_desktop />
        </div>
    }
}

/// Why this person cannot write.
fn closed_words(session: Session) -> &'static str {
    let rights = session.chat_signals().rights.get();
    let role = session.board_signals().role.get();
    match (rights, role) {
        (Some(Rights { muted: true, .. }), _) => "An owner muted you, so you cannot write here.",
        (Some(_), Some(Role::View)) => "With your link you can read here, but not write.",
        (Some(_), _) => "You cannot write here at the moment.",
        (None, _) => "You can write once the board is connected.",
    }
}

fn writing_words(names: &[String]) -> String {
    match names {
        [] => String::new(),
        [one] => format!("{one} is writing …"),
        [one, two] => format!("{one} and {two} are writing …"),
        [_, _, ..] => format!("{} people are writing …", names.len()),
    }
}

/// Notes that the messages were read, while the sidebar is open and the page is visible.
fn mark_read(session: Session, rows: RwSignal<Vec<ChatRow>>) {
    let revision = session.chat_signals().revision;
    Effect::new(move || {
        revision.track();
        rows.track();
        if !document().hidden() {
            session.mark_chat_read();
        }
    });
    let shown = window_event_listener(
        leptos::ev::Custom::<web_sys::Event>::new("visibilitychange"),
        move |_| {
            if !document().hidden() {
                session.mark_chat_read();
            }
        },
    );
    on_cleanup(move || shown.remove());
}
