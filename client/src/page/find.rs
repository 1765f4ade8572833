//! The search, whose code is in the chunk (`chunk`).

use leptos::prelude::*;

use super::keyboard;
use super::state::PageState;
use crate::session::Session;
use crate::ui::FindBar;

/// The search, while it is open.
#[component]
pub(super) fn Find() -> impl IntoView {
    let is_open = PageState::from_context().panels.find;
    view! {
        <Show when=move || is_open.get()>
            <OpenFind />
        </Show>
    }
}

/// The search.
#[component]
fn OpenFind() -> impl IntoView {
    let session = Session::from_context();
    let panels = PageState::from_context().panels;
    let matches = RwSignal::new(None);
    on_cleanup(move || {
        session.find("");
    });
    keyboard::return_focus_from(".find-bar");
    view! {
        <FindBar
            called=panels.find
            matches
            on_query=move |query: String| matches.set(session.find(&query))
            on_step=move |to| matches.set(Some(session.find_step(to)))
            on_close=move |()| panels.find.set(false)
        />
    }
}
