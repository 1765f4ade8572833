//! The search bar for texts on the board.

use editor::{FindStep, Found};
use leptos::prelude::*;
use leptos::{ev, html};

use super::button::IconButton;
use super::icon::{Icon, IconName};

/// The bar.
#[component]
pub(crate) fn FindBar(
    /// Notifies when the search is opened, also while the bar is open.
    #[prop(into)]
    called: Signal<bool>,
    /// The matches; `None` before the first query.
    #[prop(into)]
    matches: Signal<Option<Found>>,
    /// The text in the field changed.
    #[prop(into)]
    on_query: Callback<String>,
    /// The next or the previous match was asked for.
    #[prop(into)]
    on_step: Callback<FindStep>,
    /// The bar must close.
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

/// The text field. It gets the focus when it appears and whenever the search is opened.
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
            // A new element on the page can have the focus.
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
            // The search of the browser must not open.
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
