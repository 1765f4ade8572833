//! The board page.

use std::rc::Rc;

use gloo_events::EventListener;
use leptos::either::Either;
use leptos::ev;
use leptos::prelude::*;
use leptos::task::spawn_local_scoped_with_cancellation;
use shared::id::{BoardId, Secret};

use super::board_source::SessionSource;
use super::controls::{BottomRow, TopRow};
use super::hints::Hints;
use super::later::{self, Later};
use super::notice_pages::{IncompleteLink, RefusedPage};
use super::paste::Paste;
use super::picture_input::PictureInput;
use super::side_panels::SidePanels;
use super::soon::Soon;
use super::state::PageState;
use super::text_field::TextField;
use super::{
    chat, counters, keyboard, later_views, open, open_file, requests, rights_notice, transfer,
};
use crate::canvas::BoardCanvas;
use crate::link::LinkedView;
use crate::session::Session;
use crate::ui::{ConnectionNotice, Toasts, cursor_key};

/// A board, once its secret is known and its session is open.
#[component]
pub(crate) fn BoardPage(
    /// The board.
    board: BoardId,
    /// The secret in the address, if there is one.
    secret: Option<Secret>,
    /// The view in the address, if there is one.
    view: Option<LinkedView>,
) -> impl IntoView {
    let Some(secret) = open::secret_for(board, secret, view) else {
        return view! { <IncompleteLink /> }.into_any();
    };
    let page = PageState::new();
    provide_context(page);
    let session = RwSignal::new(None::<Session>);
    // The session is opened under the owner of the page and ends with it.
    spawn_local_scoped_with_cancellation(async move {
        let opened = open::open(board, secret, view).await;
        opened.on_request(move |request| requests::carry_out(request, opened, page));
        session.set(Some(opened));
    });
    // Another secret in the address bar is another link.
    let hash = window_event_listener(ev::hashchange, move |_| {
        // If a browser refuses to reload, the person can still do it.
        let _ = window().location().reload();
    });
    on_cleanup(move || hash.remove());
    view! {
        <div class="board-page">
            {move || session.get().map(|session| view! { <OpenBoard session /> })}
        </div>
    }
    .into_any()
}

/// A board with its session, until the server refuses it.
#[component]
fn OpenBoard(session: Session) -> impl IntoView {
    provide_context(session);
    let page = PageState::from_context();
    warn_before_loss(session);
    leave_with_page(session);
    let title = session.board_signals().title;
    Effect::new(move || {
        let title = title.get();
        let name = if title.is_empty() {
            "Commonslate".to_owned()
        } else {
            format!("{title} – Commonslate")
        };
        document().set_title(&name);
    });
    let board = session.board();
    move || match page.refused.get() {
        // A board that is not shown must take no input.
        Some(code) => Either::Left(view! { <RefusedPage board code /> }),
        None => Either::Right(view! { <Workspace /> }),
    }
}

/// The board and everything around it.
#[component]
fn Workspace() -> impl IntoView {
    let session = Session::from_context();
    let page = PageState::from_context();
    keyboard::listen(session, page);
    open_file::take_left_elements(session, page);
    transfer::listen(session, Paste::new(session, page.toasts));
    follow_system_theme(page);
    repaint_with_theme(session, page);
    counters::show_on_board(session.board_signals().counters);
    let cursor = session.editor_signals().cursor;
    let source = Rc::new(SessionSource::new(session, page));
    view! {
        <BoardCanvas source cursor=Signal::derive(move || cursor_key(cursor.get())) />
        <TextField />
        <Hints shown=session.board_signals().is_untouched />
        <TopRow />
        <Notices />
        <SidePanels />
        <Later
            needed=page.panels.chat
            load=later_views::CHAT
            on_failure=move |()| {
                page.panels.chat.set(false);
                page.panels.asked.set(None);
            }
        />
        <BottomRow />
        <Overlays />
        <p class="visually-hidden" role="log" aria-label="Announcements">
            {page.live_region.text}
        </p>
    }
}

/// What is told below the top row, one below the other.
#[component]
fn Notices() -> impl IntoView {
    let session = Session::from_context();
    let toasts = PageState::from_context().toasts;
    view! {
        <div class="notices">
            <ConnectionNotice trouble=session.board_signals().trouble />
            <Later
                needed=Signal::derive(move || rights_notice::is_needed(session))
                load=later_views::RIGHTS_NOTICE
                on_failure=|()| {}
            />
            <Soon load=later_views::PRESENCE />
            <Toasts items=toasts.shown on_dismiss=move |id| toasts.press(id) />
        </div>
    }
}

/// Dialogs and menus in front of everything else.
#[component]
fn Overlays() -> impl IntoView {
    let panels = PageState::from_context().panels;
    later::prefetch();
    chat::watch_later();
    view! {
        <Later
            needed=Signal::derive(move || panels.has_dialog())
            load=later_views::DIALOGS
            on_failure=move |()| panels.close_dialogs()
        />
        <Later
            needed=panels.palette
            load=later_views::PALETTE
            on_failure=move |()| panels.palette.set(false)
        />
        <PictureInput />
        <Later
            needed=Signal::derive(move || panels.menu_at.with(Option::is_some))
            load=later_views::BOARD_MENU
            on_failure=move |()| panels.menu_at.set(None)
        />
    }
}

/// The style sheet follows the system by itself; the canvas must be told.
fn follow_system_theme(page: PageState) {
    let Ok(Some(query)) = window().match_media("(prefers-color-scheme: dark)") else {
        return;
    };
    let listener = EventListener::new(&query, "change", move |_| page.theme.follow_system());
    // The listener ends with its owner. The query must live as long.
    StoredValue::new_local((query, listener));
}

/// Paints the board again whenever the theme changes.
fn repaint_with_theme(session: Session, page: PageState) {
    Effect::new(move |before: Option<_>| {
        let theme = page.theme.theme.get();
        if before.is_some_and(|before| before != theme) {
            session.repaint();
        }
        theme
    });
}

/// Asks before the page closes, while changes exist only in this page.
fn warn_before_loss(session: Session) {
    let leaving = window_event_listener(ev::beforeunload, move |event| {
        if session.unsaved() > 0 {
            event.prevent_default();
        }
    });
    on_cleanup(move || leaving.remove());
}

/// A page that is hidden or left gets no frame, so nothing may wait for one. A reload shows the same
/// part of the board.
fn leave_with_page(session: Session) {
    let leaving = window_event_listener(ev::pagehide, move |_| session.leave());
    let visibility = ev::Custom::<web_sys::Event>::new("visibilitychange");
    let hiding = window_event_listener(visibility, move |_| {
        if document().hidden() {
            session.submit_all();
        }
    });
    on_cleanup(move || {
        leaving.remove();
        hiding.remove();
    });
}
