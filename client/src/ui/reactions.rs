//! The emoji to react with.

use leptos::ev::KeyboardEvent;
use leptos::html;
use leptos::prelude::*;
use wasm_bindgen::JsCast as _;

use super::button::IconButton;
use super::icon::IconName;
use super::roving::{Arrows, rove};

/// The emoji, with their names.
pub(crate) const EMOJI: [(&str, &str); 8] = [
    ("👍", "thumbs up"),
    ("❤️", "heart"),
    ("🎉", "party"),
    ("😂", "laughter"),
    ("😮", "surprise"),
    ("🤔", "thinking"),
    ("👏", "applause"),
    ("👎", "thumbs down"),
];

/// The palette. It stays open, so that one can react several times.
#[component]
pub(crate) fn ReactionPalette(
    /// An emoji was chosen.
    #[prop(into)]
    on_choose: Callback<&'static str>,
    /// The palette must close.
    #[prop(into)]
    on_close: Callback<()>,
) -> impl IntoView {
    let group = NodeRef::<html::Div>::new();
    Effect::new(move || {
        let first = group
            .get()
            .and_then(|group| group.query_selector("button").ok());
        if let Some(first) = first.flatten() {
            let first: web_sys::HtmlElement = first.unchecked_into();
            // An element on the page can have the focus.
            let _ = first.focus();
        }
    });
    let on_key = move |event: KeyboardEvent| {
        if event.key() == "Escape" {
            event.prevent_default();
            on_close.run(());
        } else if let Some(group) = group.get_untracked() {
            rove(&event, &group, Arrows::Focus);
        }
    };
    let entry = move |(nth, (emoji, name)): (usize, (&'static str, &'static str))| {
        view! {
            <button
                class="reaction-choice roving"
                type="button"
                aria-label=format!("React with {name}")
                title=format!("{name} ({})", nth + 1)
                on:click=move |_| on_choose.run(emoji)
            >
                {emoji}
            </button>
        }
    };
    view! {
        <div
            class="reaction-palette"
            role="toolbar"
            aria-label="Reactions"
            node_ref=group
            on:keydown=on_key
        >
            {EMOJI.into_iter().enumerate().map(entry).collect_view()}
            <IconButton icon=IconName::Close label="Close reactions" on_press=on_close />
        </div>
    }
}
