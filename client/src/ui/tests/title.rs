//! The title of the board.

use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast as _;
use leptos::web_sys::HtmlInputElement;
use wasm_bindgen_test::wasm_bindgen_test;

use super::{Mounted, log, mount};
use crate::ui::BoardTitle;

const FIELD: &str = ".board-title-field";

async fn title(may_rename: bool) -> (Mounted, StoredValue<Vec<String>>) {
    let (renames, on_rename) = log();
    let view = move || view! { <BoardTitle title="Plans".to_owned() may_rename on_rename /> };
    (mount(view).await, renames)
}

fn value(page: &Mounted) -> String {
    page.find(FIELD)
        .unchecked_into::<HtmlInputElement>()
        .value()
}

#[wasm_bindgen_test]
async fn enter_commits_a_trimmed_title() {
    let (page, renames) = title(true).await;
    page.focus(FIELD).await;
    page.type_into(FIELD, "  Spring plans ").await;
    page.press(FIELD, "Enter").await;
    assert_eq!(renames.get_value(), ["Spring plans"]);
}

#[wasm_bindgen_test]
async fn escape_restores_the_title() {
    let (page, renames) = title(true).await;
    page.focus(FIELD).await;
    page.type_into(FIELD, "Something else").await;
    page.press(FIELD, "Escape").await;
    assert_eq!(value(&page), "Plans");
    assert!(renames.get_value().is_empty());
}

#[wasm_bindgen_test]
async fn an_empty_title_is_refused() {
    let (page, renames) = title(true).await;
    page.focus(FIELD).await;
    page.type_into(FIELD, "   ").await;
    page.press(FIELD, "Enter").await;
    assert_eq!(value(&page), "Plans");
    assert!(renames.get_value().is_empty());
}

#[wasm_bindgen_test]
async fn a_viewer_cannot_change_the_title() {
    let (page, _) = title(false).await;
    let field: HtmlInputElement = page.find(FIELD).unchecked_into();
    assert!(field.read_only());
}
