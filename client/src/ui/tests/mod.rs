//! Tests of components in a real browser. `cargo xtask test` runs them with
//! wasm-bindgen-test-runner.

mod context_menu;
mod dialog;
mod palette;
mod people;
mod selection_bar;
mod status;
mod title;
mod toolbar;

use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast as _;
use leptos::{mount, web_sys};
use wasm_bindgen_test::wasm_bindgen_test_configure;
use web_sys::{Element, HtmlElement, HtmlInputElement, KeyboardEvent, KeyboardEventInit};

wasm_bindgen_test_configure!(run_in_browser);

/// Components on the page. They are removed when this is dropped.
struct Mounted {
    root: HtmlElement,
    /// Ends the owner of the components.
    _handle: Box<dyn std::any::Any>,
}

/// Puts components on the page and waits until their effects have run.
async fn mount<V: IntoView + 'static>(view: impl FnOnce() -> V + 'static) -> Mounted {
    let root: HtmlElement = document().create_element("div").unwrap().unchecked_into();
    document().body().unwrap().append_child(&root).unwrap();
    let handle = mount::mount_to(root.clone(), view);
    settle().await;
    Mounted {
        root,
        _handle: Box::new(handle),
    }
}

/// Waits until all effects have run.
async fn settle() {
    leptos::task::tick().await;
}

impl Drop for Mounted {
    fn drop(&mut self) {
        self.root.remove();
    }
}

impl Mounted {
    /// The first element that matches a selector.
    fn find(&self, selector: &str) -> Element {
        let found = self.root.query_selector(selector).unwrap();
        found.unwrap_or_else(|| panic!("no {selector} in {}", self.root.inner_html()))
    }

    /// Number of elements that match a selector.
    fn count(&self, selector: &str) -> u32 {
        self.root.query_selector_all(selector).unwrap().length()
    }

    /// The text of the first element that matches a selector.
    fn text(&self, selector: &str) -> String {
        self.find(selector).text_content().unwrap_or_default()
    }

    /// The texts of all elements that match a selector.
    fn texts(&self, selector: &str) -> Vec<String> {
        let all = self.root.query_selector_all(selector).unwrap();
        let texts = (0..all.length()).filter_map(|index| all.get(index)?.text_content());
        texts.collect()
    }

    async fn click(&self, selector: &str) {
        self.find(selector).unchecked_into::<HtmlElement>().click();
        settle().await;
    }

    async fn focus(&self, selector: &str) {
        let element: HtmlElement = self.find(selector).unchecked_into();
        element.focus().unwrap();
        settle().await;
    }

    /// Types a text into a field, in place of what it holds.
    async fn type_into(&self, selector: &str, text: &str) {
        let field: HtmlInputElement = self.find(selector).unchecked_into();
        field.set_value(text);
        let init = web_sys::EventInit::new();
        init.set_bubbles(true);
        let event = web_sys::Event::new_with_event_init_dict("input", &init).unwrap();
        field.dispatch_event(&event).unwrap();
        settle().await;
    }

    /// Takes the focus away from an element.
    async fn leave(&self, selector: &str) {
        let element = self.find(selector);
        let event = web_sys::Event::new("blur").unwrap();
        element.dispatch_event(&event).unwrap();
        settle().await;
    }

    /// Presses a key on the first element that matches a selector.
    async fn press(&self, selector: &str, key: &str) {
        let init = KeyboardEventInit::new();
        init.set_key(key);
        init.set_bubbles(true);
        init.set_cancelable(true);
        let event = KeyboardEvent::new_with_keyboard_event_init_dict("keydown", &init).unwrap();
        self.find(selector).dispatch_event(&event).unwrap();
        settle().await;
    }
}

/// Collects what a component reports.
fn log<T: Send + Sync + 'static>() -> (StoredValue<Vec<T>>, Callback<T>) {
    let log = StoredValue::new(Vec::new());
    let callback = Callback::new(move |value| log.update_value(|log| log.push(value)));
    (log, callback)
}
