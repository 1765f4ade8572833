//! Passes the keys of the whole page to the session, with the kind of element that has the
//! focus.

use editor::{Focus, InputEvent, Key, Modifiers};
use leptos::ev;
use leptos::prelude::{GetUntracked as _, document, on_cleanup, window_event_listener};
use wasm_bindgen::JsCast as _;
use web_sys::{Element, HtmlElement, KeyboardEvent};

use super::state::PageState;
use crate::canvas::USED_BY_POINTER;
use crate::session::Session;

/// Elements that use every key: text fields, and dialogs, which are in front of the board.
const FIELDS: &str = "input:not([type=radio]), textarea, select, [contenteditable], dialog";
/// Elements that use Space, Enter and the arrows.
const CONTROLS: &str = "button, a[href], summary, input, [role=toolbar], [role=menu], [popover]";

/// The board, which gets the focus by a press on it.
const BOARD: &str = "main";

/// Passes keys to the session until the current owner ends.
pub(super) fn listen(session: Session, page: PageState) {
    let down = window_event_listener(ev::keydown, move |event| {
        // The key is meant for the dialog or panel that is about to open.
        if !page.is_awaited.get_untracked() {
            key_down(session, &event);
        }
    });
    let up = window_event_listener(ev::keyup, move |event| {
        session.input(InputEvent::KeyUp(key(&event)))
    });
    let blur = window_event_listener(ev::blur, move |_| session.input(InputEvent::Blur));
    on_cleanup(move || {
        down.remove();
        up.remove();
        blur.remove();
    });
}

fn key_down(session: Session, event: &KeyboardEvent) {
    if event.key() == "Tab" {
        show_focus_ring();
    }
    // An input method composes a letter, or a control has handled the key.
    if event.is_composing() || event.default_prevented() || is_behind_dialog() {
        return;
    }
    if session.key_down(key(event)) {
        event.prevent_default();
    }
}

/// Whether a modal dialog is in front of the board. Its keys are its own, even if none of its
/// elements has the focus, because the one that had it was removed.
fn is_behind_dialog() -> bool {
    let open = document().query_selector("dialog:modal");
    open.ok().flatten().is_some()
}

/// From the first Tab on the board shows when it has the focus.
fn show_focus_ring() {
    if let Some(board) = board() {
        // The name is valid. The attribute can be missing.
        let _ = board.remove_attribute(USED_BY_POINTER);
    }
}

fn board() -> Option<Element> {
    document().query_selector(BOARD).ok().flatten()
}

/// Gives the focus to the board.
pub(super) fn focus_board() {
    let board = board();
    if let Some(board) = board.and_then(|board| board.dyn_into::<HtmlElement>().ok()) {
        // An element on the page can have the focus.
        let _ = board.focus();
    }
}

/// When the current owner ends while an element inside of `panel` has the focus, the board gets
/// the focus.
pub(super) fn return_focus_from(panel: &'static str) {
    on_cleanup(move || {
        let focused = document().active_element();
        if focused.is_some_and(|at| at.closest(panel).ok().flatten().is_some()) {
            focus_board();
        }
    });
}

/// A key event in the form that the editor takes.
pub(super) fn key(event: &KeyboardEvent) -> Key {
    Key {
        key: event.key(),
        code: event.code(),
        modifiers: Modifiers {
            shift: event.shift_key(),
            ctrl: event.ctrl_key(),
            alt: event.alt_key(),
            meta: event.meta_key(),
        },
        focus: event
            .target()
            .and_then(|target| target.dyn_into::<Element>().ok())
            .map_or(Focus::Board, |target| focus(&target)),
    }
}

/// The kind of the element `target`, which has the focus.
pub(super) fn focus(target: &Element) -> Focus {
    let within = |selector| target.closest(selector).ok().flatten().is_some();
    if within(FIELDS) {
        Focus::TextField
    } else if within(CONTROLS) {
        Focus::Control
    } else if within(BOARD) {
        Focus::Board
    } else {
        Focus::Page
    }
}
