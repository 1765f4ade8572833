//! Copies and cuts the selected elements, and takes pasted and dropped content, by the events of
//! the page.

use editor::{Availability, Command, Focus};
use gloo_events::{EventListener, EventListenerOptions};
use leptos::prelude::{StoredValue, document, window};
use shared::geometry::ScreenPoint;
use wasm_bindgen::JsCast as _;
use web_sys::{ClipboardEvent, DataTransfer, DragEvent, Element, Event, File};

use super::file::listed;
use super::keyboard::focus;
use super::paste::Paste;
use crate::clipboard;
use crate::session::Session;

/// Handles copying, cutting, pasting and dropping until the current owner ends.
pub(super) fn listen(session: Session, paste: Paste) {
    let on = |name: &'static str, act: Box<dyn Fn(&Event)>| {
        let options = EventListenerOptions::enable_prevent_default();
        EventListener::new_with_options(&window(), name, options, move |event| act(event))
    };
    // The listeners end with their owner.
    StoredValue::new_local([
        on(
            "copy",
            Box::new(move |event| {
                copy(session, event);
            }),
        ),
        on("cut", Box::new(move |event| cut(session, event))),
        on("paste", Box::new(move |event| take_pasted(paste, event))),
        on("dragover", Box::new(allow_drop)),
        on("drop", Box::new(move |event| take_dropped(paste, event))),
    ]);
}

/// The clipboard event, if it is meant for the board.
fn for_board(event: &Event) -> Option<&ClipboardEvent> {
    let focused = document().active_element();
    let target = event
        .target()
        .and_then(|target| target.dyn_into::<Element>().ok());
    let at = target.or(focused);
    let is_for_field = at.is_some_and(|at| focus(&at) == Focus::TextField);
    (!is_for_field && !event.default_prevented()).then(|| event.dyn_ref())?
}

/// Copies the selected elements. Returns whether they are on the clipboard.
fn copy(session: Session, event: &Event) -> bool {
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

fn cut(session: Session, event: &Event) {
    let may_delete = session.availability(Command::DELETE) == Availability::Ready;
    if may_delete && copy(session, event) {
        session.run(Command::DELETE);
    }
}

fn take_pasted(paste: Paste, event: &Event) {
    let Some(transfer) = for_board(event).and_then(ClipboardEvent::clipboard_data) else {
        return;
    };
    event.prevent_default();
    let content = clipboard::take(&transfer).filter(|_| !clipboard::is_picture(&transfer));
    match content {
        Some(content) => paste.content(content, None),
        None => files(&transfer, paste, None),
    }
}

/// Pastes all files of a clipboard or drop.
fn files(transfer: &DataTransfer, paste: Paste, at: Option<ScreenPoint>) {
    paste.files(files_of(transfer), at);
}

fn files_of(transfer: &DataTransfer) -> Vec<File> {
    listed(transfer.files())
}

/// Tells the browser that the board takes the dragged content, and that every place takes files.
fn allow_drop(event: &Event) {
    let transfer = event.dyn_ref().and_then(DragEvent::data_transfer);
    let has_files = transfer.is_some_and(|it| it.types().includes(&"Files".into(), 0));
    if has_files || is_over_board(event) {
        event.prevent_default();
    }
}

fn is_over_board(event: &Event) -> bool {
    let target = event
        .target()
        .and_then(|target| target.dyn_into::<Element>().ok());
    target.is_some_and(|target| focus(&target) == Focus::Board)
}

fn take_dropped(paste: Paste, event: &Event) {
    let Some(event) = event.dyn_ref::<DragEvent>() else {
        return;
    };
    let Some(transfer) = event.data_transfer() else {
        return;
    };
    let has_files = !files_of(&transfer).is_empty();
    let is_over_board = is_over_board(event);
    // The browser handles text that is dragged within a field or a dialog, such as the link in
    // the share dialog. It must not open a file in place of the page.
    if !has_files && !is_over_board {
        return;
    }
    event.prevent_default();
    let (x, y) = (f64::from(event.client_x()), f64::from(event.client_y()));
    let at = is_over_board.then(|| ScreenPoint::new(x, y));
    if has_files {
        files(&transfer, paste, at);
    } else if let Some(content) = clipboard::take(&transfer) {
        paste.content(content, at);
    }
}

/// Calls `open` with the first file that is dropped on a page without a board, until the current
/// owner ends.
pub(super) fn listen_for_files(open: impl Fn(File) + 'static) {
    let options = EventListenerOptions::enable_prevent_default();
    let over = EventListener::new_with_options(&window(), "dragover", options, allow_drop);
    let drop = EventListener::new_with_options(&window(), "drop", options, move |event| {
        let transfer = event.dyn_ref().and_then(DragEvent::data_transfer);
        let files = transfer.map(|transfer| files_of(&transfer));
        if let Some(file) = files.into_iter().flatten().next() {
            event.prevent_default();
            open(file);
        }
    });
    StoredValue::new_local([over, drop]);
}
