//! Copies text to the clipboard, also if the page is served over plain HTTP.

use leptos::{prelude::document, wasm_bindgen::JsCast, web_sys};

use crate::clipboard;

/// The outcome of a copy.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum CopyOutcome {
    /// The text is on the clipboard.
    Done,
    /// The browser refused. The field is selected, so the person can copy it by hand.
    Refused,
}

/// Copies a text that no field of the page shows.
pub(crate) async fn copy_text(text: &str) -> CopyOutcome {
    if clipboard::write_text(text).await.is_ok() {
        return CopyOutcome::Done;
    }
    let focused = document().active_element();
    let Ok(field) = document().create_element("input") else {
        return CopyOutcome::Refused;
    };
    let field: web_sys::HtmlInputElement = field.unchecked_into();
    field.set_class_name("visually-hidden");
    field.set_value(text);
    // Elements outside of an open dialog cannot have the focus.
    let place = document().query_selector("dialog[open]").ok().flatten();
    let place = place.or_else(|| document().body().map(Into::into));
    if place.is_none_or(|place| place.append_child(&field).is_err()) {
        return CopyOutcome::Refused;
    }
    // A new element on the page can have the focus.
    let _ = field.focus();
    field.select();
    let outcome = copy_selected();
    field.remove();
    if let Some(focused) = focused.and_then(|it| it.dyn_into::<web_sys::HtmlElement>().ok()) {
        // The element can be gone. Then the page has the focus.
        let _ = focused.focus();
    }
    outcome
}

/// Copies the whole text of `field`.
pub(crate) async fn copy_field(field: web_sys::HtmlInputElement) -> CopyOutcome {
    field.select();
    if clipboard::write_text(&field.value()).await.is_ok() {
        return CopyOutcome::Done;
    }
    copy_selected()
}

/// Copies the selected text by the old command, which every browser has.
fn copy_selected() -> CopyOutcome {
    let old_way = document()
        .dyn_into::<web_sys::HtmlDocument>()
        .is_ok_and(|page| page.exec_command("copy").unwrap_or(false));
    if old_way {
        CopyOutcome::Done
    } else {
        CopyOutcome::Refused
    }
}
