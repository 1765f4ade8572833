//! axe-core finds no violation on any page, menu, dialog, panel or sheet, on a desktop and on a
//! phone, in both themes.

use anyhow::{Context as _, Result};
use e2e::page::At;
use e2e::person::{Person, line};
use e2e::test_env::{TestEnv, scenario};

use crate::support::axe::check_axe_in_both_themes;
use crate::support::pointer::{draw_box, draw_with_key};
use crate::support::users::two_users;
use crate::support::wait::{wait_for_selected, wait_until_visible};

/// Every tool in the toolbar.
const TOOLS: [&str; 15] = [
    "Select",
    "Lasso",
    "Hand",
    "Pen",
    "Highlighter",
    "Eraser",
    "Rectangle",
    "Ellipse",
    "Diamond",
    "Line",
    "Arrow",
    "Text",
    "Sticky note",
    "Frame",
    "Laser",
];

/// How something is opened.
#[derive(Debug, Clone, Copy)]
enum Opener {
    /// By a shortcut.
    Keys(&'static str),
    /// By a button.
    Button(&'static str),
    /// By an entry of the main menu.
    Entry(&'static str),
}

/// How something is opened, and its selector.
type Opened = (Opener, &'static str);

/// Everything that opens over the board on a desktop.
const OPENED_ON_DESKTOP: [Opened; 9] = [
    (Opener::Keys("Shift+F10"), "[role=menu].context-menu"),
    (Opener::Keys("Ctrl+k"), "[role=combobox]"),
    (Opener::Keys("?"), "dialog[open] .help"),
    (Opener::Keys("Ctrl+f"), "[aria-label='Find text']"),
    (
        Opener::Button("Menu"),
        "[role=menu] [aria-label=Preferences]",
    ),
    (Opener::Button("Share"), "dialog[open] [role=radiogroup]"),
    (Opener::Button("Show everyone"), "[aria-label='Your name']"),
    (Opener::Entry("Outline"), ".outline-entry"),
    (Opener::Entry("Minimap"), ".minimap"),
];

/// Everything that opens over the board on a phone.
const OPENED_ON_PHONE: [Opened; 6] = [
    (
        Opener::Button("More tools"),
        "[role=group][aria-label='More tools']",
    ),
    (Opener::Button("Style"), "[aria-label=Style] [role=radio]"),
    (
        Opener::Button("Menu"),
        "[role=menu] [aria-label=Preferences]",
    ),
    (Opener::Button("Share"), "dialog[open] [role=radiogroup]"),
    (Opener::Button("Show everyone"), "[aria-label='Your name']"),
    (Opener::Entry("Outline"), ".outline-entry"),
];

/// Reloads the board, so that everything is closed.
async fn reload_board(person: &Person) -> Result<()> {
    person.page.reload().await?;
    person.wait_until_saved().await
}

/// Opens each on a freshly loaded board, and checks it.
async fn check_each(person: &Person, states: &[Opened]) -> Result<()> {
    for (way, selector) in states {
        reload_board(person).await?;
        match way {
            Opener::Keys(keys) => person.page.press(keys).await?,
            Opener::Button(name) => person.page.click("button", name).await?,
            Opener::Entry(name) => {
                person.page.click("button", "Menu").await?;
                person.page.click("menuitem", name).await?;
            }
        }
        let seen = wait_until_visible(person, selector).await;
        seen.with_context(|| format!("{way:?} opens nothing"))?;
        check_axe_in_both_themes(person, &format!("{way:?}")).await?;
    }
    Ok(())
}

/// Two people on a board with a box, an arrow and a stroke.
async fn board_with_elements(env: &mut TestEnv) -> Result<Person> {
    let (ada, ben) = two_users(env).await?;
    draw_box(&ada, At(350.0, 250.0), At(470.0, 330.0)).await?;
    draw_with_key(&ada, "a", At(600.0, 250.0), At(700.0, 330.0)).await?;
    ada.pick_tool("Pen").await?;
    ada.draw(&line(At(350.0, 450.0), At(450.0, 480.0), 6))
        .await?;
    ben.wait_for_elements(3).await?;
    ada.wait_until_saved().await?;
    Ok(ada)
}

#[test]
fn the_start_page_has_no_axe_violations() {
    scenario("axe start", async |env| {
        let url = env.one_server().await?;
        let ada = env.person("ada").await?;
        ada.page.goto(&format!("{url}/")).await?;
        ada.page.find("button", "New board").await?;
        check_axe_in_both_themes(&ada, "the start page").await
    });
}

#[test]
fn the_board_has_no_axe_violations_with_any_tool() {
    scenario("axe tools", async |env| {
        let url = env.one_server().await?;
        let board = env.board(&url).await?;
        let ada = env.guest("ada", &board.owner.at(&url)).await?;
        for tool in TOOLS {
            ada.pick_tool(tool).await?;
            check_axe_in_both_themes(&ada, tool).await?;
        }
        Ok(())
    });
}

#[test]
fn menus_dialogs_and_panels_have_no_axe_violations() {
    scenario("axe dialogs", async |env| {
        let ada = board_with_elements(env).await?;
        check_each(&ada, &OPENED_ON_DESKTOP).await
    });
}

#[test]
fn text_editing_and_search_results_have_no_axe_violations() {
    scenario("axe find", async |env| {
        let (ada, _) = two_users(env).await?;
        ada.page.press("t").await?;
        ada.page.click_at(At(400.0, 300.0)).await?;
        ada.page
            .wait_for::<bool>("__e2e.data('typing') === 1")
            .await?;
        ada.page.type_text("needle in hay").await?;
        check_axe_in_both_themes(&ada, "writing").await?;
        ada.page.press("Escape").await?;
        ada.page.press("Ctrl+f").await?;
        ada.page.type_text("needle").await?;
        ada.page
            .wait_for::<bool>(
                "document.querySelector('.find-count')?.textContent.includes('1 of 1')",
            )
            .await?;
        check_axe_in_both_themes(&ada, "a place found").await
    });
}

#[test]
fn a_selection_and_its_context_menu_have_no_axe_violations() {
    scenario("axe selection", async |env| {
        let ada = board_with_elements(env).await?;
        ada.page.press("Escape").await?;
        ada.pick_tool("Select").await?;
        ada.page.click_at(At(350.0, 290.0)).await?;
        wait_for_selected(&ada, 1).await?;
        check_axe_in_both_themes(&ada, "a box selected").await?;
        ada.page.press("Shift+F10").await?;
        wait_until_visible(&ada, "[role=menu].context-menu").await?;
        check_axe_in_both_themes(&ada, "the menu of a box").await?;
        ada.page.press("Escape").await?;
        ada.page.press("Ctrl+a").await?;
        wait_for_selected(&ada, 3).await?;
        check_axe_in_both_themes(&ada, "everything selected").await?;
        ada.page.press("Shift+F10").await?;
        wait_until_visible(&ada, "[role=menu].context-menu").await?;
        check_axe_in_both_themes(&ada, "the menu of everything").await
    });
}

#[test]
fn the_phone_layout_and_its_sheets_have_no_axe_violations() {
    scenario("axe phone", async |env| {
        let ada = board_with_elements(env).await?;
        ada.page.phone().await?;
        reload_board(&ada).await?;
        check_axe_in_both_themes(&ada, "the phone").await?;
        check_each(&ada, &OPENED_ON_PHONE).await
    });
}
