//! Brings a file to the user as a download.

use std::time::Duration;

use leptos::prelude::{document, set_timeout};
use wasm_bindgen::{JsCast as _, JsValue};
use web_sys::{Blob, HtmlAnchorElement, Url};

/// How long the address of a download stays valid. A browser may ask the user first where to put
/// the file.
const ADDRESS_VALID_FOR: Duration = Duration::from_secs(300);

/// Lets the browser download a file under a name.
///
/// # Errors
/// If the browser refuses.
pub(in crate::page) fn download_file(file: &Blob, name: &str) -> Result<(), JsValue> {
    let address = Url::create_object_url_with_blob(file)?;
    let link: HtmlAnchorElement = document().create_element("a")?.dyn_into()?;
    link.set_href(&address);
    link.set_download(name);
    link.click();
    set_timeout(
        move || {
            // The page may be gone, and the address with it.
            let _ = Url::revoke_object_url(&address);
        },
        ADDRESS_VALID_FOR,
    );
    Ok(())
}
