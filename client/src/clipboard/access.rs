//! The browser's clipboard for buttons, by promises.

use js_sys::{Array, Function, Object, Promise, Reflect};
use leptos::prelude::window;
use wasm_bindgen::{JsCast as _, JsValue};
use wasm_bindgen_futures::{JsFuture, future_to_promise};
use web_sys::{Blob, ClipboardItem};

/// Puts a file of one type on the clipboard, from a button. Browsers want the call at once, while
/// the file may come later.
///
/// # Errors
/// If the browser refuses, or the file does not come.
pub fn write_later(
    kind: &str,
    file: impl Future<Output = Result<Blob, ()>> + 'static,
) -> impl Future<Output = Result<(), JsValue>> + 'static {
    let file = future_to_promise(async { file.await.map(Into::into).map_err(|()| JsValue::NULL) });
    let forms = Object::new();
    let begun = Reflect::set(&forms, &kind.into(), &file)
        .and_then(|_| ClipboardItem::new_with_record_from_str_to_blob_promise(&forms))
        .and_then(|item| begin("write", &Array::of1(&Array::of1(&item))));
    async {
        JsFuture::from(begun?).await?;
        Ok(())
    }
}

/// Calls a method of the browser's clipboard and awaits its promise. The clipboard is missing
/// outside of secure contexts, such as http:// on a LAN, and some browsers lack some methods.
pub(super) async fn call(method: &str, arguments: &Array) -> Result<JsValue, JsValue> {
    JsFuture::from(begin(method, arguments)?).await
}

/// Calls a method of the browser's clipboard and returns its promise.
fn begin(method: &str, arguments: &Array) -> Result<Promise, JsValue> {
    let clipboard = Reflect::get(&window().navigator(), &"clipboard".into())?;
    let method: Function = Reflect::get(&clipboard, &method.into())?.dyn_into()?;
    let promise = method.apply(&clipboard, arguments)?;
    Ok(Promise::resolve(&promise))
}
