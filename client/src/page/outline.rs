//! The outline beside the board, whose code is in the chunk (`chunk`).

use std::rc::Rc;

use gloo_timers::callback::Timeout;
use leptos::prelude::*;
use shared::id::ElementId;

use super::keyboard;
use super::state::PageState;
use crate::session::Session;
use crate::ui::OutlinePanel;

/// The outline is computed from the whole board, so a change shows in it after this time, in
/// milliseconds.
const OUTLINE_DELAY_MS: u32 = 500;

/// The outline, while it is open.
#[component]
pub(super) fn Outline() -> impl IntoView {
    let is_open = PageState::from_context().panels.outline;
    view! {
        <Show when=move || is_open.get()>
            <OpenOutline />
        </Show>
    }
}

/// The list of the elements on the board.
#[component]
fn OpenOutline() -> impl IntoView {
    let session = Session::from_context();
    let panels = PageState::from_context().panels;
    let board = session.board_signals();
    let outline = RwSignal::new(session.outline());
    let renew = move || outline.set(session.outline());
    run_delayed(OUTLINE_DELAY_MS, renew, move || {
        board.revision.track();
        board.people.track();
    });
    keyboard::return_focus_from(".outline");
    let on_choose = Callback::new(move |ids: Vec<ElementId>| session.reveal(&ids));
    view! {
        <OutlinePanel
            entries=Signal::derive(move || outline.get().0)
            more=Signal::derive(move || outline.get().1)
            on_choose
            on_close=move |()| panels.outline.set(false)
        />
    }
}

/// Runs `act` some time after the first change of the signals that `watch` reads. Later changes
/// within this time cause no other run.
fn run_delayed(delay_ms: u32, act: impl Fn() + 'static, watch: impl Fn() + 'static) {
    let act = Rc::new(act);
    // The timer ends with the panel.
    let timer = StoredValue::new_local(None::<Timeout>);
    let mut is_first = true;
    Effect::new(move || {
        watch();
        if std::mem::take(&mut is_first) || timer.with_value(Option::is_some) {
            return;
        }
        let act = Rc::clone(&act);
        timer.set_value(Some(Timeout::new(delay_ms, move || {
            timer.set_value(None);
            act();
        })));
    });
}
