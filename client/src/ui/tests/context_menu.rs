//! The context menu.

use editor::Command;
use leptos::prelude::*;
use shared::geometry::ScreenPoint;
use wasm_bindgen_test::wasm_bindgen_test;

use super::{Mounted, log, mount, settle};
use crate::ui::{ContextMenu, MenuItem, MenuPart, Platform};

struct Menu {
    page: Mounted,
    at: RwSignal<Option<ScreenPoint>>,
    ran: StoredValue<Vec<&'static Command>>,
}

/// A button that has the focus, and a menu with two entries, of which the second is not
/// available. The menu opens at a point.
async fn menu(at: ScreenPoint) -> Menu {
    let (ran, on_run) = log();
    let open_at = RwSignal::new(None);
    let item = |command, refusal| MenuItem {
        command,
        icon: None,
        refusal,
    };
    let parts = move |()| {
        let refusal = Some("Nothing is selected.");
        let items = vec![item(Command::PASTE, None), item(Command::DELETE, refusal)];
        vec![MenuPart {
            name: "Edit",
            note: None,
            is_folded: false,
            items,
        }]
    };
    let view = move || {
        view! {
            <button class="before">"Before"</button>
            <ContextMenu
                at=open_at
                parts
                on_run
                on_close=move |()| open_at.set(None)
                platform=Platform::Other
            />
        }
    };
    let page = mount(view).await;
    page.focus(".before").await;
    open_at.set(Some(at));
    settle().await;
    Menu {
        page,
        at: open_at,
        ran,
    }
}

#[wasm_bindgen_test]
async fn a_chosen_entry_closes_the_menu_and_runs() {
    let menu = menu(ScreenPoint::new(10.0, 10.0)).await;
    menu.page.click("[role=menuitem]").await;
    assert_eq!(menu.ran.get_value(), [Command::PASTE]);
    assert_eq!(menu.page.count("[role=menu]"), 0);
}

#[wasm_bindgen_test]
async fn an_entry_that_is_not_available_does_nothing() {
    let menu = menu(ScreenPoint::new(10.0, 10.0)).await;
    menu.page.click("[aria-disabled=true]").await;
    assert!(menu.ran.get_value().is_empty());
    assert_eq!(menu.page.count("[role=menu]"), 1);
}

#[wasm_bindgen_test]
async fn escape_closes_the_menu_and_restores_the_focus() {
    let menu = menu(ScreenPoint::new(10.0, 10.0)).await;
    menu.page.press("[role=menu]", "Escape").await;
    assert_eq!(menu.at.get_untracked(), None);
    assert_eq!(menu.page.count("[role=menu]"), 0);
    let focused = document().active_element().unwrap();
    assert_eq!(focused.class_name(), "before");
}

#[wasm_bindgen_test]
async fn a_menu_at_the_edge_stays_in_the_window() {
    let menu = menu(ScreenPoint::new(1e6, 1e6)).await;
    let bounds = menu.page.find("[role=menu]").get_bounding_client_rect();
    let width = window().inner_width().unwrap().as_f64().unwrap();
    assert!(bounds.left() < width, "{}", bounds.left());
}

#[wasm_bindgen_test]
async fn a_folded_part_shows_its_entries_when_its_name_is_pressed() {
    let (ran, on_run) = log();
    let at = RwSignal::new(Some(ScreenPoint::new(20.0, 20.0)));
    let parts = move |()| {
        vec![MenuPart {
            name: "Ask the assistant",
            note: None,
            is_folded: true,
            items: vec![MenuItem {
                command: Command::TIDY_UP,
                icon: None,
                refusal: None,
            }],
        }]
    };
    let view = move || {
        let on_close = move |()| at.set(None);
        view! { <ContextMenu at parts on_run on_close platform=Platform::Other /> }
    };
    let page = mount(view).await;
    assert_eq!(page.texts(".menu-label"), ["Ask the assistant"]);
    page.click("[aria-expanded=false]").await;
    assert_eq!(page.texts(".menu-label"), ["Ask the assistant", "Tidy up"]);
    page.click(".menu-entry:last-child").await;
    assert_eq!(ran.get_value(), [Command::TIDY_UP]);
    assert_eq!(page.count(".menu"), 0);
}
