//! The toolbar.

use editor::ToolKind;
use leptos::prelude::*;
use wasm_bindgen_test::wasm_bindgen_test;

use super::{Mounted, log, mount, settle};
use crate::ui::{Toolbar, Tools};

struct Bar {
    page: Mounted,
    active: RwSignal<ToolKind>,
    picked: StoredValue<Vec<ToolKind>>,
}

async fn toolbar(may_draw: bool) -> Bar {
    let (picked, on_pick) = log();
    let active = RwSignal::new(ToolKind::Pen);
    let tools = Tools {
        active: active.into(),
        on_pick,
        may_draw: Signal::stored(may_draw),
        locked: Signal::stored(false),
        on_lock: Callback::new(|()| {}),
        on_image: Callback::new(|()| {}),
    };
    let view = move || view! { <Toolbar tools>{()}</Toolbar> };
    let page = mount(view).await;
    Bar {
        page,
        active,
        picked,
    }
}

fn focused() -> Option<String> {
    document().active_element()?.get_attribute("aria-label")
}

#[wasm_bindgen_test]
async fn only_the_active_tool_is_pressed_and_reached_by_tab() {
    let bar = toolbar(true).await;
    let pressed = ".toolbar [aria-pressed=true]";
    assert_eq!(bar.page.count(pressed), 1);
    bar.active.set(ToolKind::Eraser);
    settle().await;
    let label = bar.page.find(pressed).get_attribute("aria-label");
    assert_eq!(label.as_deref(), Some("Eraser"));
    let tab = bar.page.find(pressed).get_attribute("tabindex");
    assert_eq!(tab.as_deref(), Some("0"));
    assert_eq!(
        bar.page.count(".tool-button[aria-pressed][tabindex='0']"),
        1
    );
}

#[wasm_bindgen_test]
async fn a_press_picks_a_tool() {
    let bar = toolbar(true).await;
    bar.page.click(".toolbar [aria-label=Text]").await;
    assert_eq!(bar.picked.get_value(), [ToolKind::Text]);
}

#[wasm_bindgen_test]
async fn arrow_keys_move_the_focus_and_pick_nothing() {
    let bar = toolbar(true).await;
    bar.page.focus(".toolbar [aria-label=Pen]").await;
    bar.page
        .press(".toolbar [aria-label=Pen]", "ArrowRight")
        .await;
    assert_eq!(focused().as_deref(), Some("Highlighter"));
    bar.page
        .press(".toolbar [aria-label=Highlighter]", "ArrowLeft")
        .await;
    assert_eq!(focused().as_deref(), Some("Pen"));
    assert!(bar.picked.get_value().is_empty());
}

#[wasm_bindgen_test]
async fn a_viewer_has_only_the_hand() {
    let bar = toolbar(false).await;
    assert_eq!(bar.page.count(".toolbar .tool-button"), 1);
    assert_eq!(bar.page.count(".toolbar [aria-label=Hand]"), 1);
}
