//! What lies beside the board while it is wanted: search, outline, minimap, and the
//! way back when nothing is in sight.

use std::rc::Rc;

use editor::Action;
use gloo_timers::callback::Timeout;
use leptos::prelude::*;
use shared::id::ElementId;

use super::keyboard;
use crate::canvas::Minimap;
use crate::session::Session;
use crate::ui::icon::{Icon, IconName};
use crate::ui::{FindBar, OutlinePanel};

/// The outline is worked out from the whole board; on a busy one, once in so long, in
/// milliseconds.
const OUTLINE_PACE_MS: u32 = 500;

/// All of them.
#[component]
pub(crate) fn Panels() -> impl IntoView {
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
                <button class="button-filled back-to-content" type="button" on:click=back>
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
    on_cleanup(move || {
        session.find("");
    });
    keyboard::give_back_from(".find-bar");
    view! {
        <FindBar
            called=signals.find
            matches
            on_query=move |query: String| matches.set(session.find(&query))
            on_step=move |to| matches.set(Some(session.find_step(to)))
            on_close=move |()| signals.find.set(false)
        />
    }
}

/// The list of what is on the board.
#[component]
fn Outline() -> impl IntoView {
    let session = Session::from_context();
    let signals = session.signals();
    let all = RwSignal::new(session.outline());
    let renew = move || all.set(session.outline());
    paced(OUTLINE_PACE_MS, renew, move || {
        signals.stamp.track();
        signals.people.track();
    });
    keyboard::give_back_from(".outline");
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

/// Runs `act` some time after anything changed that `watch` tracks, and once for all
/// that changed until then.
fn paced(pace_ms: u32, act: impl Fn() + 'static, watch: impl Fn() + 'static) {
    let act = Rc::new(act);
    // Ends with the panel: nothing is left to act on.
    let timer = StoredValue::new_local(None::<Timeout>);
    let mut is_first = true;
    Effect::new(move || {
        watch();
        if std::mem::take(&mut is_first) || timer.with_value(Option::is_some) {
            return;
        }
        let act = Rc::clone(&act);
        timer.set_value(Some(Timeout::new(pace_ms, move || {
            timer.set_value(None);
            act();
        })));
    });
}
