//! The bar of commands for the selection.

use editor::Command;
use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast as _;
use leptos::web_sys::HtmlButtonElement;
use wasm_bindgen_test::wasm_bindgen_test;

use super::{Mounted, log, mount, settle};
use crate::ui::SelectionBar;

const DELETE: &str = "[aria-label=Delete]";

struct Bar {
    page: Mounted,
    is_locked: RwSignal<bool>,
    run: StoredValue<Vec<&'static Command>>,
}

impl Bar {
    fn is_disabled(&self, selector: &str) -> bool {
        let button: HtmlButtonElement = self.page.find(selector).unchecked_into();
        button.disabled()
    }
}

async fn bar() -> Bar {
    let (run, on_run) = log();
    let is_locked = RwSignal::new(false);
    let is_ready = move |_| !is_locked.get();
    let view = move || view! { <SelectionBar is_ready on_run on_more=|_| () /> };
    let page = mount(view).await;
    Bar {
        page,
        is_locked,
        run,
    }
}

#[wasm_bindgen_test]
async fn a_press_runs_a_command() {
    let bar = bar().await;
    bar.page.click(DELETE).await;
    assert_eq!(bar.run.get_value(), [Command::DELETE]);
}

#[wasm_bindgen_test]
async fn buttons_are_disabled_while_their_commands_cannot_be_run() {
    let bar = bar().await;
    assert!(!bar.is_disabled(DELETE));
    bar.is_locked.set(true);
    settle().await;
    assert!(bar.is_disabled(DELETE));
    assert!(!bar.is_disabled("[aria-label='More commands']"));
    bar.page.click(DELETE).await;
    assert!(bar.run.get_value().is_empty());
    bar.is_locked.set(false);
    settle().await;
    assert!(!bar.is_disabled(DELETE));
}
