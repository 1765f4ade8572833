//! Modal dialogs.

use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast as _;
use leptos::web_sys::HtmlDialogElement;
use wasm_bindgen_test::wasm_bindgen_test;

use super::{Mounted, log, mount, settle};
use crate::ui::dialog::Modal;

async fn modal(open: RwSignal<bool>) -> (Mounted, StoredValue<Vec<()>>) {
    let (closed, on_close) = log();
    let view = move || {
        view! {
            <Modal title="Greeting" kind="help" open on_close>
                <p class="content">"Hello"</p>
            </Modal>
        }
    };
    (mount(view).await, closed)
}

fn is_open(page: &Mounted) -> bool {
    page.find("dialog")
        .unchecked_into::<HtmlDialogElement>()
        .open()
}

#[wasm_bindgen_test]
async fn the_content_exists_only_while_the_dialog_is_open() {
    let open = RwSignal::new(false);
    let (page, _) = modal(open).await;
    assert!(!is_open(&page));
    assert_eq!(page.count(".content"), 0);
    open.set(true);
    settle().await;
    assert!(is_open(&page));
    assert_eq!(page.text(".content"), "Hello");
    open.set(false);
    settle().await;
    assert!(!is_open(&page));
    assert_eq!(page.count(".content"), 0);
}

#[wasm_bindgen_test]
async fn the_close_button_and_a_press_on_the_backdrop_ask_to_close() {
    let (page, closed) = modal(RwSignal::new(true)).await;
    page.click("[aria-label=Close]").await;
    assert_eq!(closed.get_value().len(), 1);
    page.click("dialog").await;
    assert_eq!(closed.get_value().len(), 2);
    page.click(".content").await;
    assert_eq!(closed.get_value().len(), 2, "the content is no backdrop");
}
