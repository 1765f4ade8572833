//! Nobody is kept out: axe-core on every page, menu, dialog and panel, in both themes; and a
//! board made with nothing but the keyboard.

use anyhow::{Result, ensure};
use e2e::emulate::Scheme;
use e2e::person::Person;
use e2e::stage::scene;

use crate::places::place;

/// What opens over the board: the key that opens it, and how it is seen.
const OVER_THE_BOARD: [(&str, &str); 4] = [
    ("Shift+F10", "[role=menu].context-menu"),
    ("Ctrl+k", "[role=combobox]"),
    ("?", "dialog[open]"),
    ("Ctrl+f", "[aria-label='Find text']"),
];

async fn in_both_themes(person: &Person, place: &str) -> Result<()> {
    for (scheme, name) in [(Scheme::Light, "light"), (Scheme::Dark, "dark")] {
        person.page.scheme(scheme).await?;
        person
            .page
            .has_no_barriers(&format!("{place}, {name}"))
            .await?;
    }
    Ok(())
}

async fn shows(person: &Person, selector: &str, shown: bool) -> Result<()> {
    let visible = format!("(document.querySelector({selector:?})?.checkVisibility() ?? false)");
    person
        .page
        .wait_for::<bool>(&format!("{visible} === {shown}"))
        .await
        .map(drop)
}

#[test]
fn axe_finds_nothing_on_the_start_page() {
    scene("axe start", async |stage| {
        let url = stage.one_server().await?;
        let ada = stage.person("ada").await?;
        ada.page.goto(&format!("{url}/")).await?;
        ada.page.find("button", "New board").await?;
        in_both_themes(&ada, "the start page").await
    });
}

#[test]
fn axe_finds_nothing_on_the_board_with_any_tool() {
    scene("axe tools", async |stage| {
        let url = stage.one_server().await?;
        let board = stage.board(&url).await?;
        let ada = stage.guest("ada", &board.links.owner.at(&url)).await?;
        for tool in ["Pen", "Eraser", "Rectangle", "Arrow", "Text", "Select"] {
            ada.take(tool).await?;
            in_both_themes(&ada, tool).await?;
        }
        Ok(())
    });
}

#[test]
fn axe_finds_nothing_in_what_opens_over_the_board() {
    scene("axe dialogs", async |stage| {
        let url = stage.one_server().await?;
        let board = stage.board(&url).await?;
        let ada = stage.guest("ada", &board.links.owner.at(&url)).await?;
        ada.take("Rectangle").await?;
        ada.page.click_at(place(9)).await?;
        ada.sees_elements(1).await?;
        for (key, selector) in OVER_THE_BOARD {
            ada.page.press(key).await?;
            shows(&ada, selector, true).await?;
            in_both_themes(&ada, key).await?;
            ada.page.press("Escape").await?;
            shows(&ada, selector, false).await?;
        }
        for button in ["Menu", "Share", "Show everyone"] {
            ada.page.click("button", button).await?;
            in_both_themes(&ada, button).await?;
            ada.page.press("Escape").await?;
        }
        Ok(())
    });
}

#[test]
fn a_board_is_made_with_keys_alone() {
    scene("keys alone", async |stage| {
        let url = stage.one_server().await?;
        let board = stage.board(&url).await?;
        let ada = stage.guest("ada", &board.links.owner.at(&url)).await?;
        let ben = stage.guest("ben", &board.links.edit.at(&url)).await?;
        ada.page
            .eval::<Option<()>>("document.querySelector('main canvas, main').focus()")
            .await?;
        // A sticky note: taken, placed, written on, moved.
        ada.page.press("n").await?;
        ada.page.press("Enter").await?;
        ben.sees_elements(1).await?;
        ada.page
            .wait_for::<bool>("__e2e.data('typing') === 1")
            .await?;
        ada.page.type_text("by keys").await?;
        ada.page.press("Escape").await?;
        ada.page
            .wait_for::<bool>("__e2e.data('typing') === 0")
            .await?;
        let seq: u64 = ben.page.eval("__e2e.data('seq')").await?;
        ada.page.press("Right").await?;
        ben.page
            .wait_for::<bool>(&format!("__e2e.data('seq') > {seq}"))
            .await?;
        // Another one; then from one to the other by Tab; then away with it.
        ada.page.press("Ctrl+d").await?;
        ben.sees_elements(2).await?;
        ada.page.press("Tab").await?;
        ada.page
            .wait_for::<bool>("__e2e.data('selected') === 1")
            .await?;
        ada.page.press("Delete").await?;
        ben.sees_elements(1).await?;
        ada.page.press("Ctrl+z").await?;
        ben.sees_elements(2).await?;
        ensure!(ada.elements().await? == 2, "undo did not bring it back");
        Ok(())
    });
}
