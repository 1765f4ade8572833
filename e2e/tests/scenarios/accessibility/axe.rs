//! axe-core finds no violation on any page, menu, dialog, panel or sheet, on a desktop and on a
//! phone, in both themes.

use anyhow::{Context as _, Result};
use e2e::page::At;
use e2e::person::{Person, line};
use e2e::stage::{Stage, scene};

use crate::support::axe::check_axe_in_both_themes;
use crate::support::pointer::{draw_box, draw_with_key};
use crate::support::users::two_users;
use crate::support::wait::{wait_for_selected, wait_until_visible};

/// Every tool of the bar.
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

/// How something comes up.
#[derive(Debug, Clone, Copy)]
enum Way {
    /// By keys.
    Keys(&'static str),
    /// By a button.
    Button(&'static str),
    /// By an entry of the main menu.
    Entry(&'static str),
}

/// How it comes up, and how it is seen that it did.
type State = (Way, &'static str);

/// What opens over the board at a desk.
const AT_A_DESK: [State; 9] = [
    (Way::Keys("Shift+F10"), "[role=menu].context-menu"),
    (Way::Keys("Ctrl+k"), "[role=combobox]"),
    (Way::Keys("?"), "dialog[open] .help"),
    (Way::Keys("Ctrl+f"), "[aria-label='Find text']"),
    (Way::Button("Menu"), "[role=menu] [aria-label=Preferences]"),
    (Way::Button("Share"), "dialog[open] [role=radiogroup]"),
    (Way::Button("Show everyone"), "[aria-label='Your name']"),
    (Way::Entry("Outline"), ".outline-entry"),
    (Way::Entry("Minimap"), ".minimap"),
];

/// What opens over the board on a phone.
const ON_A_PHONE: [State; 6] = [
    (
        Way::Button("More tools"),
        "[role=group][aria-label='More tools']",
    ),
    (Way::Button("Style"), "[aria-label=Style] [role=radio]"),
    (Way::Button("Menu"), "[role=menu] [aria-label=Preferences]"),
    (Way::Button("Share"), "dialog[open] [role=radiogroup]"),
    (Way::Button("Show everyone"), "[aria-label='Your name']"),
    (Way::Entry("Outline"), ".outline-entry"),
];

/// Opens the board anew, so that nothing is left of what was open.
async fn begins_anew(person: &Person) -> Result<()> {
    person.page.reload().await?;
    person.saved().await
}

/// Lets each come up on a board that was just opened, and looks at it.
async fn come_up(person: &Person, states: &[State]) -> Result<()> {
    for (way, selector) in states {
        begins_anew(person).await?;
        match way {
            Way::Keys(keys) => person.page.press(keys).await?,
            Way::Button(name) => person.page.click("button", name).await?,
            Way::Entry(name) => {
                person.page.click("button", "Menu").await?;
                person.page.click("menuitem", name).await?;
            }
        }
        let seen = wait_until_visible(person, selector).await;
        seen.with_context(|| format!("{way:?} brings nothing up"))?;
        check_axe_in_both_themes(person, &format!("{way:?}")).await?;
    }
    Ok(())
}

/// A board with one of everything that states differ by, and two people.
async fn a_board_with_something(stage: &mut Stage) -> Result<Person> {
    let (ada, ben) = two_users(stage).await?;
    draw_box(&ada, At(350.0, 250.0), At(470.0, 330.0)).await?;
    draw_with_key(&ada, "a", At(600.0, 250.0), At(700.0, 330.0)).await?;
    ada.take("Pen").await?;
    ada.draw(&line(At(350.0, 450.0), At(450.0, 480.0), 6))
        .await?;
    ben.sees_elements(3).await?;
    ada.saved().await?;
    Ok(ada)
}

#[test]
fn the_start_page_has_no_axe_violations() {
    scene("axe start", async |stage| {
        let url = stage.one_server().await?;
        let ada = stage.person("ada").await?;
        ada.page.goto(&format!("{url}/")).await?;
        ada.page.find("button", "New board").await?;
        check_axe_in_both_themes(&ada, "the start page").await
    });
}

#[test]
fn the_board_has_no_axe_violations_with_any_tool() {
    scene("axe tools", async |stage| {
        let url = stage.one_server().await?;
        let board = stage.board(&url).await?;
        let ada = stage.guest("ada", &board.owner.at(&url)).await?;
        for tool in TOOLS {
            ada.take(tool).await?;
            check_axe_in_both_themes(&ada, tool).await?;
        }
        Ok(())
    });
}

#[test]
fn menus_dialogs_and_panels_have_no_axe_violations() {
    scene("axe dialogs", async |stage| {
        let ada = a_board_with_something(stage).await?;
        come_up(&ada, &AT_A_DESK).await
    });
}

#[test]
fn text_editing_and_search_results_have_no_axe_violations() {
    scene("axe find", async |stage| {
        let (ada, _) = two_users(stage).await?;
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
    scene("axe selection", async |stage| {
        let ada = a_board_with_something(stage).await?;
        ada.page.press("Escape").await?;
        ada.take("Select").await?;
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
    scene("axe phone", async |stage| {
        let ada = a_board_with_something(stage).await?;
        ada.page.phone().await?;
        begins_anew(&ada).await?;
        check_axe_in_both_themes(&ada, "the phone").await?;
        come_up(&ada, &ON_A_PHONE).await
    });
}
