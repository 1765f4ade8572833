//! What a message of the assistant, or a question to it, shows below its text.

use leptos::html;
use leptos::prelude::*;
use wasm_bindgen::JsCast as _;

use super::action::MessageAction;
use super::message::element_id;
use crate::view_model::{Answer, MessageView};

/// What the author of a growing message does at present, and the button for its answer.
#[component]
pub(super) fn AnswerRow(
    /// What the message shows.
    view: RwSignal<MessageView>,
    /// Whether this person may write.
    may_write: Signal<bool>,
    /// The person acts on it.
    on_action: Callback<MessageAction>,
) -> impl IntoView {
    let progress =
        Memo::new(move |_| view.with(|view| view.text().and_then(|text| text.progress.clone())));
    let answer = Memo::new(move |_| match may_write.get() {
        true => view.with(|view| view.answer),
        false => Answer::Nothing,
    });
    let button = move || match answer.get() {
        Answer::Nothing => ().into_any(),
        Answer::Stop => view! { <Stop view on_action /> }.into_any(),
        Answer::Undo => {
            let undo = move |_| on_action.run(MessageAction::Undo);
            view! {
                <button class="chat-answer" type="button" on:click=undo>
                    "Undo what it drew"
                </button>
            }
            .into_any()
        }
    };
    view! {
        {move || {
            progress.get().map(|words| view! { <p class="chat-progress" dir="auto">{words}</p> })
        }}
        {button}
    }
}

/// The button that stops a program. It stays until the program has stopped.
#[component]
fn Stop(view: RwSignal<MessageView>, on_action: Callback<MessageAction>) -> impl IntoView {
    let id = view.with_untracked(|view| view.id);
    let button = NodeRef::<html::Button>::new();
    let is_asked = RwSignal::new(false);
    let press = move |_| {
        if !is_asked.get_untracked() {
            is_asked.set(true);
            on_action.run(MessageAction::Stop(id));
        }
    };
    keep_focus_at(&element_id(id), button);
    view! {
        <button
            class="chat-answer chat-stop"
            type="button"
            node_ref=button
            aria-disabled=move || is_asked.get().then_some("true")
            on:click=press
        >
            {move || if is_asked.get() { "Stopping …" } else { "Stop" }}
        </button>
    }
}

/// When the button leaves the page while it has the focus, its message gets the focus.
fn keep_focus_at(message: &str, button: NodeRef<html::Button>) {
    let message = StoredValue::new(message.to_owned());
    on_cleanup(move || {
        let focused = document().active_element();
        let button = button.try_get_untracked().flatten();
        let has_focus = button.is_some_and(|it| focused.as_ref() == Some(it.as_ref()));
        let message = message.try_get_value().filter(|_| has_focus);
        let element = message.and_then(|id| document().get_element_by_id(&id));
        if let Some(element) = element.and_then(|it| it.dyn_into::<web_sys::HtmlElement>().ok()) {
            // The message can have left the page too.
            let _ = element.focus();
        }
    });
}

/// Says that a question got no answer, and offers to ask it again.
#[component]
pub(super) fn Unanswered(
    /// The person asks again.
    #[prop(into)]
    on_again: Callback<()>,
) -> impl IntoView {
    view! {
        <p class="chat-unanswered">
            "The assistant did not answer. "
            <button class="chat-answer" type="button" on:click=move |_| on_again.run(())>
                "Ask again"
            </button>
        </p>
    }
}
