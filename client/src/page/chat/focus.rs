//! The keyboard focus in the sidebar.

use leptos::html;
use leptos::prelude::*;
use wasm_bindgen::JsCast as _;
use web_sys::HtmlElement;

use crate::page::keyboard;

/// When the sidebar closes while it has the focus, the element that had it before gets it back.
pub(super) fn return_to_opener() {
    let before = document().active_element();
    let before = StoredValue::new_local(before.and_then(|it| it.dyn_into::<HtmlElement>().ok()));
    on_cleanup(move || {
        let is_inside = document()
            .active_element()
            .is_some_and(|at| at.closest(".chat").ok().flatten().is_some());
        let before = before.try_get_value().flatten();
        if let Some(before) = before.filter(|_| is_inside) {
            // The element can have left the page.
            let _ = before.focus();
        }
    });
    // If it has left the page, the board gets the focus.
    keyboard::return_focus_from(".chat");
}

/// Gives the focus to the field when it appears, unless that would open a keyboard on the screen.
pub(super) fn take_when_shown(field: NodeRef<html::Textarea>) {
    let coarse = window().match_media("(pointer: coarse)").ok().flatten();
    let is_coarse = coarse.is_some_and(|query| query.matches());
    Effect::new(move || {
        if field.get().is_some() && !is_coarse {
            take(field);
        }
    });
}

/// Gives the focus to the field.
pub(super) fn take(field: NodeRef<html::Textarea>) {
    if let Some(field) = field.get_untracked() {
        // A field that has just left the page takes no focus.
        let _ = field.focus();
    }
}

/// Gives the focus to the field in the next frame: a menu or dialog that closes takes it back before.
pub(super) fn take_soon() {
    request_animation_frame(|| {
        let field = document().query_selector(".chat-field").ok().flatten();
        if let Some(field) = field.and_then(|it| it.dyn_into::<HtmlElement>().ok()) {
            // A field that has just left the page takes no focus.
            let _ = field.focus();
        }
    });
}
