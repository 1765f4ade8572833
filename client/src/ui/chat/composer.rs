//! The field for a message.

use leptos::ev::KeyboardEvent;
use leptos::html;
use leptos::prelude::*;
use shared::chat::Place;
use shared::limits::MAX_MESSAGE_CHARS;
use web_sys::HtmlTextAreaElement;

use super::buttons::Buttons;
use super::draft::{Draft, Target};
use super::mentions::Completion;
use crate::ui::button::IconButton;
use crate::ui::icon::IconName;

/// The id of the list of names.
const NAMES: &str = "chat-names";

/// The field with its buttons.
#[component]
pub(crate) fn Composer(
    /// The message that is being written.
    draft: Draft,
    /// The names that complete a mention.
    #[prop(into)]
    people: Signal<Vec<String>>,
    /// Whether elements are selected.
    #[prop(into)]
    has_selection: Signal<bool>,
    /// The field.
    field: NodeRef<html::Textarea>,
    /// The text changed by the person's keys.
    #[prop(into)]
    on_input: Callback<()>,
    /// The message must be sent.
    #[prop(into)]
    on_send: Callback<()>,
    /// The present view must be attached, or the selection if it is `true`.
    #[prop(into)]
    on_attach: Callback<bool>,
    /// The message must become a question to the assistant.
    #[prop(into)]
    on_ask: Callback<()>,
) -> impl IntoView {
    let completion = RwSignal::new(None::<Completion>);
    let text = draft.text;
    // The value is set only if it differs, so that the caret stays.
    Effect::new(move || {
        let (Some(field), text) = (field.get(), text.get()) else {
            return;
        };
        if field.value() != text {
            field.set_value(&text);
        }
    });
    let input = move |_| {
        let Some(field) = field.get_untracked() else {
            return;
        };
        let value = field.value();
        completion
            .set(people.with_untracked(|people| Completion::of(&value, caret(&field), people)));
        text.set(value);
        on_input.run(());
    };
    let choose = move |name: String| complete(field, completion, text, &name);
    let on_key = move |event: KeyboardEvent| {
        if event.is_composing() {
            return;
        }
        if !completes(&event, completion, &choose) && is_send(&event) {
            event.prevent_default();
            on_send.run(());
        }
    };
    let active = move || completion.with(|it| it.as_ref().map(|it| name_id(it.chosen)));
    view! {
        <div class="chat-composer">
            <TargetBar draft />
            <PlaceBar place=draft.place />
            <Names completion on_choose=choose />
            <textarea
                class="field chat-field"
                aria-label="Message"
                aria-autocomplete="list"
                aria-controls=move || completion.with(Option::is_some).then_some(NAMES)
                aria-activedescendant=active
                placeholder="Write a message"
                dir="auto"
                rows="1"
                enterkeyhint="send"
                node_ref=field
                on:input=input
                on:keydown=on_key
                on:blur=move |_| completion.set(None)
            />
            <Show when=move || draft.excess() != 0>
                <p class="chat-excess" role="alert">
                    {move || too_long(draft.excess())}
                </p>
            </Show>
            <Buttons draft has_selection on_send on_attach on_ask />
        </div>
    }
}

fn too_long(excess: usize) -> String {
    format!("A message has at most {MAX_MESSAGE_CHARS} characters; this one has {excess} too many.")
}

/// Enter sends. With Shift it begins a new line.
fn is_send(event: &KeyboardEvent) -> bool {
    event.key() == "Enter" && !event.shift_key() && !event.alt_key()
}

fn caret(field: &HtmlTextAreaElement) -> usize {
    let end = field.selection_end().ok().flatten().unwrap_or(0);
    usize::try_from(end).unwrap_or(0)
}

/// Handles a key while names are offered. Returns whether it did.
fn completes(
    event: &KeyboardEvent,
    completion: RwSignal<Option<Completion>>,
    choose: &impl Fn(String),
) -> bool {
    let Some(offered) = completion.get_untracked() else {
        return false;
    };
    match event.key().as_str() {
        key @ ("ArrowDown" | "ArrowUp") => {
            completion.update(|it| {
                if let Some(it) = it {
                    it.step(key == "ArrowDown");
                }
            });
        }
        "Enter" | "Tab" if !event.shift_key() => {
            if let Some(name) = offered.names.get(offered.chosen) {
                choose(name.clone());
            }
        }
        "Escape" => completion.set(None),
        _ => return false,
    }
    event.prevent_default();
    event.stop_propagation();
    true
}

/// Puts a name into the text, and the caret behind it.
fn complete(
    field: NodeRef<html::Textarea>,
    completion: RwSignal<Option<Completion>>,
    text: RwSignal<String>,
    name: &str,
) {
    let (Some(field), Some(offered)) = (field.get_untracked(), completion.get_untracked()) else {
        return;
    };
    if let Some((completed, caret)) = offered.complete(&field.value(), name) {
        field.set_value(&completed);
        // The caret is within the text.
        let _ = field.set_selection_range(caret, caret);
        text.set(completed);
    }
    completion.set(None);
}

fn name_id(index: usize) -> String {
    format!("{NAMES}-{index}")
}

/// The names that complete a mention.
#[component]
fn Names(
    completion: RwSignal<Option<Completion>>,
    on_choose: impl Fn(String) + Copy + Send + Sync + 'static,
) -> impl IntoView {
    let option = move |(index, name): (usize, String)| {
        let chosen = name.clone();
        let is_chosen =
            move || completion.with(|it| it.as_ref().is_some_and(|it| it.chosen == index));
        view! {
            <li
                class="chat-name"
                id=name_id(index)
                role="option"
                dir="auto"
                aria-selected=move || is_chosen().to_string()
                // The field keeps the focus.
                on:mousedown=move |event| event.prevent_default()
                on:click=move |_| on_choose(chosen.clone())
            >
                {name}
            </li>
        }
    };
    let names = move || {
        let names = completion.with(|it| it.as_ref().map(|it| it.names.clone()));
        names
            .unwrap_or_default()
            .into_iter()
            .enumerate()
            .map(option)
            .collect_view()
    };
    view! {
        <Show when=move || completion.with(Option::is_some)>
            <ul class="chat-names" id=NAMES role="listbox" aria-label="People">{names}</ul>
        </Show>
    }
}

/// What becomes of the text, if it is no plain new message.
#[component]
fn TargetBar(draft: Draft) -> impl IntoView {
    let words = Memo::new(move |_| match draft.target.get() {
        Target::New => None,
        Target::Reply { words, .. } => Some(("Cancel reply", format!("Reply to {words}"))),
        Target::Edit(_) => Some(("Cancel editing", "Editing your message".to_owned())),
    });
    move || {
        words.get().map(|(label, words)| {
            view! {
                <p class="chat-target">
                    <span class="chat-target-words" dir="auto">{words}</span>
                    <IconButton
                        icon=IconName::Close
                        label=label
                        on_press=move |()| draft.cancel_target()
                    />
                </p>
            }
        })
    }
}

/// The place that the message will show.
#[component]
fn PlaceBar(place: RwSignal<Option<Place>>) -> impl IntoView {
    let words = Memo::new(move |_| {
        place.with(|place| match place {
            None => None,
            Some(Place::View(_)) => Some("Shows the present view".to_owned()),
            Some(Place::Elements(ids)) if ids.len() == 1 => {
                Some("Shows the selected element".to_owned())
            }
            Some(Place::Elements(ids)) => Some(format!("Shows {} selected elements", ids.len())),
        })
    });
    move || {
        words.get().map(|words| {
            view! {
                <p class="chat-target">
                    <span class="chat-target-words">{words}</span>
                    <IconButton
                        icon=IconName::Close
                        label="Remove the place"
                        on_press=move |()| place.set(None)
                    />
                </p>
            }
        })
    }
}
