//! The command palette.

use editor::Command;
use leptos::prelude::*;
use wasm_bindgen_test::wasm_bindgen_test;

use super::{Mounted, log, mount};
use crate::ui::{CommandPalette, PaletteEntry, Platform};

const FIELD: &str = ".command-field";

struct Palette {
    page: Mounted,
    ran: StoredValue<Vec<&'static Command>>,
    closed: StoredValue<Vec<()>>,
}

/// A palette with two commands, of which the second is not available.
async fn palette() -> Palette {
    let (ran, on_run) = log();
    let (closed, on_close) = log();
    let command = |command, refusal| PaletteEntry { command, refusal };
    let commands = move |()| {
        let refusal = Some("Select something first.");
        vec![
            command(Command::ZOOM_IN, None),
            command(Command::ZOOM_TO_SELECTION, refusal),
        ]
    };
    let view = move || {
        view! { <CommandPalette open=true on_close commands on_run platform=Platform::Other /> }
    };
    let page = mount(view).await;
    Palette { page, ran, closed }
}

fn selected(page: &Mounted) -> String {
    page.text("[aria-selected=true] .command-label")
}

#[wasm_bindgen_test]
async fn enter_runs_the_selected_command_and_closes_the_palette() {
    let palette = palette().await;
    palette.page.press(FIELD, "Enter").await;
    assert_eq!(palette.ran.get_value(), [Command::ZOOM_IN]);
    assert_eq!(palette.closed.get_value().len(), 1);
}

#[wasm_bindgen_test]
async fn arrow_keys_move_the_selection_and_wrap_around() {
    let palette = palette().await;
    let first = selected(&palette.page);
    palette.page.press(FIELD, "ArrowDown").await;
    assert_ne!(selected(&palette.page), first);
    palette.page.press(FIELD, "ArrowDown").await;
    assert_eq!(selected(&palette.page), first);
    palette.page.press(FIELD, "ArrowUp").await;
    assert_ne!(selected(&palette.page), first);
}

#[wasm_bindgen_test]
async fn a_command_that_is_not_available_says_why_and_does_not_run() {
    let palette = palette().await;
    palette.page.press(FIELD, "ArrowDown").await;
    let why = palette.page.text("[aria-selected=true] .command-why");
    assert_eq!(why, "Select something first.");
    palette.page.press(FIELD, "Enter").await;
    assert!(palette.ran.get_value().is_empty());
    assert!(palette.closed.get_value().is_empty());
}

#[wasm_bindgen_test]
async fn a_query_filters_the_commands() {
    let palette = palette().await;
    palette.page.type_into(FIELD, "selection").await;
    assert_eq!(palette.page.count(".command"), 1);
    palette.page.type_into(FIELD, "xyz").await;
    assert_eq!(palette.page.count(".command"), 0);
    assert_eq!(
        palette.page.text(".command-none"),
        "Nothing is called that."
    );
}
