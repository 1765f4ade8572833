//! The panels beside the board: search, outline, minimap, and the way back to the content.

use std::rc::Rc;

use editor::Command;
use gloo_timers::callback::Timeout;
use leptos::prelude::*;
use shared::id::ElementId;

use super::board_source::SessionSource;
use super::keyboard;
use super::state::PageState;
use crate::canvas::Minimap;
use crate::session::Session;
use crate::ui::icon::{Icon, IconName};
use crate::ui::{FindBar, OutlinePanel};

/// The outline is computed from the whole board, so a change shows in it after this time, in
/// milliseconds.
const OUTLINE_DELAY_MS: u32 = 500;

/// The panels that are open.
#[component]
pub(crate) fn SidePanels() -> impl IntoView {
    let session = Session::from_context();
    let panels = PageState::from_context().panels;
    let is_content_off_screen = session.editor_signals().is_content_off_screen;
    let back = move |_| session.run(Command::BACK_TO_CONTENT);
    view! {
        <aside class="board-side" aria-label="Panels">
            <Show when=move || panels.find.get()>
                <Find />
            </Show>
            <Show when=move || panels.outline.get()>
                <Outline />
            </Show>
            <Show when=move || panels.minimap.get()>
                <MinimapPanel />
            </Show>
            <Show when=move || is_content_off_screen.get()>
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

/// The list of the elements on the board.
#[component]
fn Outline() -> impl IntoView {
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

/// The minimap.
#[component]
fn MinimapPanel() -> impl IntoView {
    let session = Session::from_context();
    let page = PageState::from_context();
    let source = Rc::new(SessionSource::new(session, page));
    let camera = session.editor_signals().camera;
    let revision = session.board_signals().revision;
    view! {
        <section class="minimap-panel" aria-label="Minimap">
            <Minimap source camera revision theme=page.theme.theme />
        </section>
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
