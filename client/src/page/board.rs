//! The board page.

use gloo_events::EventListener;
use leptos::either::Either;
use leptos::ev;
use leptos::prelude::*;
use leptos::task::spawn_local_scoped_with_cancellation;
use shared::id::{BoardId, Secret};

use super::closed::{IncompleteLink, TurnedAway};
use super::commands::Commands;
use super::controls::{BottomRow, TopRow};
use super::hints::Hints;
use super::links::share_links;
use super::panels::Panels;
use super::writing::Writing;
use super::{keyboard, open, transfer};
use crate::canvas::BoardCanvas;
use crate::link::Spot;
use crate::session::Session;
use crate::ui::{HelpDialog, Platform, ShareDialog, Toasts};

/// A board, once its secret is known and its session is open.
#[component]
pub(crate) fn BoardPage(
    /// Which board.
    board: BoardId,
    /// The secret in the address, if there is one.
    secret: Option<Secret>,
    /// The part of the board in the address, if there is one.
    spot: Option<Spot>,
) -> impl IntoView {
    let Some(secret) = open::secret_for(board, secret, spot) else {
        return view! { <IncompleteLink /> }.into_any();
    };
    let session = RwSignal::new(None::<Session>);
    // The session goes with the page: it is opened under the page's owner.
    spawn_local_scoped_with_cancellation(async move {
        session.set(Some(open::open(board, secret, spot).await));
    });
    // Another secret in the address bar is another link.
    let hash = window_event_listener(ev::hashchange, move |_| {
        // A browser that refuses to reload leaves it to the person.
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

/// A board with its session, until the server turns it away.
#[component]
fn OpenBoard(session: Session) -> impl IntoView {
    provide_context(session);
    warn_before_loss(session);
    keep_place(session);
    let signals = session.signals();
    Effect::new(move || {
        let title = signals.title.get();
        let name = if title.is_empty() {
            "Commonslate".to_owned()
        } else {
            format!("{title} – Commonslate")
        };
        document().set_title(&name);
    });
    let board = session.board();
    move || match signals.turned_away.get() {
        // Nobody can see what hands and keys would do to the board now.
        Some(code) => Either::Left(view! { <TurnedAway board code /> }),
        None => Either::Right(view! { <Desk /> }),
    }
}

/// The board and all that is around it.
#[component]
fn Desk() -> impl IntoView {
    let session = Session::from_context();
    let signals = session.signals();
    keyboard::listen(session);
    transfer::listen(session);
    follow_system_theme(session);
    view! {
        <BoardCanvas />
        <Writing />
        <Hints shown=signals.untouched />
        <TopRow />
        <Panels />
        <BottomRow />
        <Overlays />
        <p class="visually-hidden" role="log" aria-label="Announcements">{signals.announcement}</p>
    }
}

/// What stands in front of everything else.
#[component]
fn Overlays() -> impl IntoView {
    let session = Session::from_context();
    let signals = session.signals();
    let (board, secret) = (session.board(), session.secret());
    let platform = Platform::detect();
    let links = Signal::derive(move || {
        // Looked up again whenever the dialog opens: another tab may know more.
        signals.share.track();
        share_links(board, secret, signals.role.get())
    });
    view! {
        <Toasts items=signals.toasts on_dismiss=move |id| session.dismiss(id) />
        <ShareDialog open=signals.share on_close=move |()| signals.share.set(false) links />
        <HelpDialog open=signals.help on_close=move |()| signals.help.set(false) platform />
        <Commands platform />
    }
}

/// The board's ink must change with the system, not only its controls.
fn follow_system_theme(session: Session) {
    let Ok(Some(query)) = window().match_media("(prefers-color-scheme: dark)") else {
        return;
    };
    let listener = EventListener::new(&query, "change", move |_| session.system_theme_changed());
    // The listener goes with its owner; the query must live as long.
    StoredValue::new_local((query, listener));
}

/// Where nothing can be kept, closing the page may lose changes.
fn warn_before_loss(session: Session) {
    let leaving = window_event_listener(ev::beforeunload, move |event| {
        if session.at_stake() > 0 {
            event.prevent_default();
        }
    });
    on_cleanup(move || leaving.remove());
}

/// A reload shows the same part of the board.
fn keep_place(session: Session) {
    let leaving = window_event_listener(ev::pagehide, move |_| session.keep_place());
    on_cleanup(move || leaving.remove());
}
