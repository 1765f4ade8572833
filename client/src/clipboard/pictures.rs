//! Pictures on the clipboard, and drawings that are pasted as pictures.

use js_sys::Array;
use wasm_bindgen::{JsCast as _, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, BlobPropertyBag, ClipboardItem, DataTransfer};

use super::{Content, OWN, SVG, TEXT, call, read};
use crate::importer::Kind;

/// The picture on the clipboard, if it has one and no text: programs that copy text or tables often add
/// a picture of them.
///
/// # Errors
/// If the browser refuses.
pub async fn read_picture() -> Result<Option<Blob>, JsValue> {
    let items: Array = call("read", &Array::new()).await?.dyn_into()?;
    for item in items.iter() {
        let item: ClipboardItem = item.dyn_into()?;
        let kinds: Vec<String> = item
            .types()
            .iter()
            .filter_map(|it| it.as_string())
            .collect();
        let picture = kinds
            .iter()
            .find(|kind| kind.starts_with("image/") && *kind != SVG);
        if let Some(picture) = picture.filter(|_| !kinds.iter().any(|kind| kind == TEXT)) {
            let blob = JsFuture::from(item.get_type(picture)).await?;
            return blob.dyn_into().map(Some);
        }
    }
    Ok(None)
}

/// The SVG drawing on the clipboard as a file, if there is one.
///
/// # Errors
/// If the browser refuses.
pub async fn read_drawing() -> Result<Option<Blob>, JsValue> {
    let svg = match read().await? {
        Some(Content::Foreign {
            content,
            kind: Kind::Drawing,
            ..
        }) if content.contains("<svg") => content,
        Some(_) | None => return Ok(None),
    };
    let options = BlobPropertyBag::new();
    options.set_type(SVG);
    Blob::new_with_str_sequence_and_options(&Array::of1(&svg.into()), &options).map(Some)
}

/// Whether an event carries a picture as a file, and nothing that says more: a browser that copies a
/// picture adds HTML that only names it.
#[must_use]
pub fn is_picture(transfer: &DataTransfer) -> bool {
    let has = |kind: &str| transfer.get_data(kind).is_ok_and(|data| !data.is_empty());
    let files = transfer.files();
    let has_picture = files.is_some_and(|files| {
        (0..files.length()).any(|at| {
            let file = files.get(at);
            file.is_some_and(|file| file.type_().starts_with("image/"))
        })
    });
    has_picture && !has(OWN) && !has(TEXT) && !has(SVG)
}
