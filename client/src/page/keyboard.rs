//! Keys of the whole page.
//!
//! Knows what has the focus. Which key means what is the editor's business.

use editor::{Focus, InputEvent, Key, Modifiers};
use leptos::ev;
use leptos::prelude::{document, on_cleanup, window_event_listener};
use wasm_bindgen::JsCast as _;
use web_sys::{Element, HtmlElement, KeyboardEvent};

use crate::canvas::BY_HAND;
use crate::session::Session;

/// What takes every key for itself: text fields, and dialogs, which stand in
/// front of the board.
const FIELDS: &str = "input:not([type=radio]), textarea, select, [contenteditable], dialog";
/// What uses Space, Enter and the arrows.
const CONTROLS: &str = "button, a[href], summary, input, [role=toolbar], [role=menu], [popover]";

/// What has the keyboard once somebody went into it or pressed on it.
const BOARD: &str = "main";

/// Leads keys to the session for as long as the current owner lives.
pub(super) fn listen(session: Session) {
    let down = window_event_listener(ev::keydown, move |event| key_down(session, &event));
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
        walks_by_key();
    }
    // Somebody composes a letter, or a control has dealt with the key.
    if event.is_composing() || event.default_prevented() {
        return;
    }
    if session.key_down(key(event)) {
        event.prevent_default();
    }
}

/// From here on the board shows when it has the keyboard.
fn walks_by_key() {
    if let Some(board) = board() {
        // The name is valid, and it need not be there.
        let _ = board.remove_attribute(BY_HAND);
    }
}

fn board() -> Option<Element> {
    document().query_selector(BOARD).ok().flatten()
}

/// Gives the keyboard to the board.
fn focus_board() {
    let board = board();
    if let Some(board) = board.and_then(|board| board.dyn_into::<HtmlElement>().ok()) {
        // What is on the page can have it.
        let _ = board.focus();
    }
}

/// The board gets the keyboard back when the current owner ends while something inside
/// of `panel` has it.
pub(super) fn give_back_from(panel: &'static str) {
    on_cleanup(move || {
        let focused = document().active_element();
        if focused.is_some_and(|at| at.closest(panel).ok().flatten().is_some()) {
            focus_board();
        }
    });
}

/// A key as the editor knows it.
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

/// What the keyboard belongs to while it is at `target`.
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
