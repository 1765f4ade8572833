//! The search bar: text on the board.

use editor::{FindStep, Found};
use leptos::prelude::*;
use leptos::{ev, html};

use super::button::IconButton;
use super::icon::{Icon, IconName};

/// The bar; who shows it decides when.
#[component]
pub(crate) fn FindBar(
    /// Notifies whenever the search is called for, also while it is shown.
    #[prop(into)]
    called: Signal<bool>,
    /// What was found; none before anything was looked for.
    #[prop(into)]
    matches: Signal<Option<Found>>,
    /// The field holds this now.
    #[prop(into)]
    on_query: Callback<String>,
    /// Go to another place.
    #[prop(into)]
    on_step: Callback<FindStep>,
    /// The bar shall close.
    #[prop(into)]
    on_close: Callback<()>,
) -> impl IntoView {
    let words = move || match matches.get() {
        None => String::new(),
        Some(Found { count: 0, .. }) => "Not found".to_owned(),
        Some(Found { count, at }) => format!("{at} of {count}"),
    };
    let any = Signal::derive(move || matches.get().is_some_and(|found| found.count > 0));
    let step = move |step| Callback::new(move |()| on_step.run(step));
    view! {
        <search class="find-bar island" aria-label="Find on board">
            <Icon name=IconName::Search />
            <Field called on_query on_step on_close />
            <span class="find-count" aria-live="polite">{words}</span>
            <IconButton
                icon=IconName::ChevronUp
                label="Previous match"
                shortcut="Shift+Enter"
                enabled=any
                on_press=step(FindStep::Previous)
            />
            <IconButton
                icon=IconName::ChevronDown
                label="Next match"
                shortcut="Enter"
                enabled=any
                on_press=step(FindStep::Next)
            />
            <IconButton icon=IconName::Close label="Close search" shortcut="Esc" on_press=on_close />
        </search>
    }
}

/// The text field; it has the focus as soon as it is there, and again when it is called.
#[component]
fn Field(
    called: Signal<bool>,
    on_query: Callback<String>,
    on_step: Callback<FindStep>,
    on_close: Callback<()>,
) -> impl IntoView {
    let field = NodeRef::<html::Input>::new();
    Effect::new(move || {
        called.track();
        if let Some(field) = field.get() {
            // What has just been put on the page can have the focus.
            let _ = field.focus();
            field.select();
        }
    });
    let on_key = move |event: ev::KeyboardEvent| {
        if event.is_composing() {
            return;
        }
        let is_chord = event.ctrl_key() || event.meta_key();
        match event.key().as_str() {
            // The browser's own search must not come up over this one.
            "f" if is_chord => {
                if let Some(field) = field.get_untracked() {
                    field.select();
                }
            }
            "Enter" if event.shift_key() => on_step.run(FindStep::Previous),
            "Enter" => on_step.run(FindStep::Next),
            "Escape" => on_close.run(()),
            _ => return,
        }
        event.prevent_default();
    };
    view! {
        <input
            class="find-field"
            type="search"
            aria-label="Find text"
            placeholder="Find on board"
            autocomplete="off"
            spellcheck="false"
            node_ref=field
            on:input=move |event| on_query.run(event_target_value(&event))
            on:keydown=on_key
        />
    }
}
