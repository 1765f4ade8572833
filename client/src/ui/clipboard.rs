//! Putting text on the clipboard, also where the page is served over plain HTTP.

use leptos::{
    prelude::{document, window},
    wasm_bindgen::JsCast,
    web_sys,
};
use wasm_bindgen_futures::JsFuture;

/// What became of a copy.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Copied {
    /// The text is on the clipboard.
    Done,
    /// The browser refused; the field is selected, so the person can copy by hand.
    Refused,
}

/// Copies the whole text of `field`.
pub async fn copy_field(field: web_sys::HtmlInputElement) -> Copied {
    field.select();
    // The clipboard object is missing outside secure contexts, such as http:// on a LAN.
    if window().is_secure_context() {
        let written = window().navigator().clipboard().write_text(&field.value());
        if JsFuture::from(written).await.is_ok() {
            return Copied::Done;
        }
    }
    let old_way = document()
        .dyn_into::<web_sys::HtmlDocument>()
        .is_ok_and(|page| page.exec_command("copy").unwrap_or(false));
    if old_way {
        Copied::Done
    } else {
        Copied::Refused
    }
}
