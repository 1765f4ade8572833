//! Notifications outside of the page, by the browser. They exist only after the person turned them
//! on.

use js_sys::{Object, Promise, Reflect};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;

#[wasm_bindgen]
extern "C" {
    type Notification;

    #[wasm_bindgen(constructor, catch)]
    fn new(title: &str, options: &Object) -> Result<Notification, JsValue>;

    #[wasm_bindgen(static_method_of = Notification, js_name = requestPermission, catch)]
    fn request_permission() -> Result<Promise, JsValue>;
}

/// Asks the person for the permission. Returns whether it is given.
pub(super) async fn permit() -> bool {
    // A browser without notifications throws.
    let Ok(asked) = Notification::request_permission() else {
        return false;
    };
    let answer = JsFuture::from(asked).await;
    answer.is_ok_and(|answer| answer.as_string().as_deref() == Some("granted"))
}

/// Shows a message outside of the page. A later one of the same `tag` replaces it.
pub(super) fn notify(title: &str, text: &str, tag: &str) {
    let options = Object::new();
    for (field, value) in [("body", text), ("tag", tag)] {
        // Setting a field of a new object cannot fail.
        let _ = Reflect::set(&options, &field.into(), &value.into());
    }
    // Some browsers forbid this on phones. The number on the button tells of the message too.
    let _ = Notification::new(title, &options);
}
