//! Keeps the sheet of a phone above the keyboard on its screen. Some browsers move the layout
//! themselves; others only shrink the visible part of the page.

use gloo_events::EventListener;
use leptos::html;
use leptos::prelude::*;
use wasm_bindgen::prelude::*;
use web_sys::{EventTarget, HtmlElement};

/// The property of the style sheet with the height of the keyboard.
const PROPERTY: &str = "--keyboard";

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(extends = EventTarget)]
    type VisualViewport;

    #[wasm_bindgen(method, getter)]
    fn height(this: &VisualViewport) -> f64;

    #[wasm_bindgen(method, getter, js_name = offsetTop)]
    fn offset_top(this: &VisualViewport) -> f64;
}

/// Follows the keyboard until the current owner ends.
pub(super) fn follow(panel: NodeRef<html::Aside>) {
    let Some(viewport) = visible_part() else {
        return;
    };
    let update = move || {
        if let (Some(panel), Some(viewport)) = (panel.get_untracked(), visible_part()) {
            set_height(&panel, &viewport);
        }
    };
    let listen = |name: &'static str| EventListener::new(&viewport, name, move |_| update());
    // The listeners end with their owner.
    StoredValue::new_local([listen("resize"), listen("scroll")]);
    Effect::new(move || {
        panel.track();
        update();
    });
}

fn visible_part() -> Option<VisualViewport> {
    let value = js_sys::Reflect::get(&window(), &"visualViewport".into()).ok()?;
    value.is_object().then(|| value.unchecked_into())
}

fn set_height(panel: &HtmlElement, viewport: &VisualViewport) {
    let page = window().inner_height().ok().and_then(|it| it.as_f64());
    let covered = page.unwrap_or(0.0) - viewport.height() - viewport.offset_top();
    let height = format!("{}px", covered.max(0.0).round());
    // The name and the value are valid.
    let _ = panel.style().set_property(PROPERTY, &height);
}
