//! What goes out by copying and cutting, and comes in by pasting and dropping.
//!
//! Knows the page's events. The forms on the clipboard are `clipboard`'s business,
//! what becomes of them the editor's.

use editor::{Action, Availability, Focus};
use gloo_events::{EventListener, EventListenerOptions};
use leptos::prelude::{StoredValue, document, window};
use leptos::task::spawn_local;
use shared::geometry::ScreenPoint;
use wasm_bindgen::JsCast as _;
use web_sys::{ClipboardEvent, DragEvent, Element, Event, File};

use super::keyboard::focus;
use super::paste::paste;
use super::state::ToastList;
use crate::clipboard::{self, Content};
use crate::session::Session;
use crate::view_model::ToastTone;

/// Leads clipboard and drops to the session for as long as the current owner lives.
pub(super) fn listen(session: Session, toasts: ToastList) {
    let on = |name: &'static str, act: fn(Session, ToastList, &Event)| {
        let options = EventListenerOptions::enable_prevent_default();
        EventListener::new_with_options(&window(), name, options, move |event| {
            act(session, toasts, event);
        })
    };
    // The listeners go with their owner.
    StoredValue::new_local([
        on("copy", copied),
        on("cut", cut),
        on("paste", pasted),
        on("dragover", dragged),
        on("drop", dropped),
    ]);
}

/// The clipboard of an event that is meant for the board.
fn for_board(event: &Event) -> Option<&ClipboardEvent> {
    let focused = document().active_element();
    let target = event
        .target()
        .and_then(|target| target.dyn_into::<Element>().ok());
    let at = target.or(focused);
    let is_typed = at.is_some_and(|at| focus(&at) == Focus::TextField);
    (!is_typed && !event.default_prevented()).then(|| event.dyn_ref())?
}

fn copied(session: Session, _: ToastList, event: &Event) {
    put(session, event);
}

fn cut(session: Session, _: ToastList, event: &Event) {
    let may_cut = session.availability(Action::Delete) == Availability::Ready;
    if may_cut && put(session, event) {
        session.run(Action::Delete);
    }
}

/// Puts what is selected on the clipboard; tells whether it is there.
fn put(session: Session, event: &Event) -> bool {
    let Some(transfer) = for_board(event).and_then(ClipboardEvent::clipboard_data) else {
        return false;
    };
    let Some(copied) = session.copied() else {
        return false;
    };
    let put = clipboard::put(&transfer, &copied);
    event.prevent_default();
    put.is_ok()
}

fn pasted(session: Session, toasts: ToastList, event: &Event) {
    let Some(transfer) = for_board(event).and_then(ClipboardEvent::clipboard_data) else {
        return;
    };
    event.prevent_default();
    if let Some(content) = clipboard::take(&transfer) {
        paste(content, None, session, toasts);
    } else if let Some(file) = transfer.files().and_then(|files| files.get(0)) {
        take_file((session, toasts), file, None);
    }
}

/// What is dragged over the board may be dropped there.
fn dragged(_: Session, _: ToastList, event: &Event) {
    if is_over_board(event) {
        event.prevent_default();
    }
}

fn is_over_board(event: &Event) -> bool {
    let target = event
        .target()
        .and_then(|target| target.dyn_into::<Element>().ok());
    target.is_some_and(|target| focus(&target) == Focus::Board)
}

fn dropped(session: Session, toasts: ToastList, event: &Event) {
    let Some(event) = event.dyn_ref::<DragEvent>() else {
        return;
    };
    let Some(transfer) = event.data_transfer() else {
        return;
    };
    let has_files = transfer.files().is_some_and(|files| files.length() > 0);
    // Words that are dragged within a field or a dialog, the link in the share dialog
    // among them, are nothing for the board; but a file that the browser opens would
    // take the place of the page.
    if !is_over_board(event) {
        if has_files {
            event.prevent_default();
        }
        return;
    }
    event.prevent_default();
    let (x, y) = (f64::from(event.client_x()), f64::from(event.client_y()));
    let at = Some(ScreenPoint::new(x, y));
    if let Some(file) = transfer.files().and_then(|files| files.get(0)) {
        take_file((session, toasts), file, at);
    } else if let Some(content) = clipboard::take(&transfer) {
        paste(content, at, session, toasts);
    }
}

/// Texts and drawings become elements; other files are passed over.
fn take_file((session, toasts): (Session, ToastList), file: File, at: Option<ScreenPoint>) {
    let kind = file.type_();
    let is_svg = kind == "image/svg+xml";
    if !is_svg && !kind.starts_with("text/") {
        let words = "Only text and SVG drawings can be put on the board so far.";
        toasts.show(ToastTone::Info, words);
        return;
    }
    spawn_local(async move {
        if let Ok(text) = clipboard::text_in(file.into()).await {
            let content = if is_svg {
                Content::Markup(text)
            } else {
                clipboard::plain(text)
            };
            paste(content, at, session, toasts);
        }
    });
}
