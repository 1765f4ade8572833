//! What lies beside the board while it is wanted: search, outline, minimap, and the
//! way back when nothing is in sight.

use editor::Action;
use leptos::prelude::*;
use shared::id::ElementId;

use crate::canvas::Minimap;
use crate::session::Session;
use crate::ui::icon::{Icon, IconName};
use crate::ui::{FindBar, OutlinePanel};

/// All of them.
#[component]
pub fn Panels() -> impl IntoView {
    let session = Session::from_context();
    let signals = session.signals();
    let back = move |_| session.run(Action::BackToContent);
    view! {
        <aside class="board-side" aria-label="Panels">
            <Show when=move || signals.find.get()>
                <Find />
            </Show>
            <Show when=move || signals.outline.get()>
                <Outline />
            </Show>
            <Show when=move || signals.minimap.get()>
                <section class="minimap-panel" aria-label="Minimap">
                    <Minimap />
                </section>
            </Show>
            <Show when=move || signals.lost.get()>
                <button class="button-filled back-to-content" type="button" on:click=back.clone()>
                    <Icon name=IconName::Target />
                    "Back to content"
                </button>
            </Show>
        </aside>
    }
}

/// The search.
#[component]
fn Find() -> impl IntoView {
    let session = Session::from_context();
    let signals = session.signals();
    let matches = RwSignal::new(None);
    let (look, step) = (session.clone(), session.clone());
    let end = StoredValue::new(session);
    on_cleanup(move || {
        end.get_value().find("");
    });
    view! {
        <FindBar
            matches
            on_query=move |query: String| matches.set(look.find(&query))
            on_step=move |to| matches.set(Some(step.find_step(to)))
            on_close=move |()| signals.find.set(false)
        />
    }
}

/// The list of what is on the board.
#[component]
fn Outline() -> impl IntoView {
    let session = Session::from_context();
    let signals = session.signals();
    let list = session.clone();
    let all = Memo::new(move |_| {
        signals.stamp.track();
        signals.people.track();
        list.outline()
    });
    let on_choose = Callback::new(move |ids: Vec<ElementId>| session.choose(&ids));
    view! {
        <OutlinePanel
            entries=Signal::derive(move || all.get().0)
            more=Signal::derive(move || all.get().1)
            on_choose
            on_close=move |()| signals.outline.set(false)
        />
    }
}
