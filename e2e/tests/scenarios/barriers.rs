//! Nobody is kept out: axe-core on every page, menu, dialog, panel and sheet, at a desk and
//! on a phone, in both themes.

use anyhow::{Context as _, Result};
use e2e::emulate::Scheme;
use e2e::page::At;
use e2e::person::{Person, line};
use e2e::stage::{Stage, scene};

use crate::pair::{has_selected, makes, makes_box, two_on_one_server};

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

/// Asks axe-core about what is shown, light and dark.
pub(crate) async fn in_both_themes(person: &Person, place: &str) -> Result<()> {
    for (scheme, name) in [(Scheme::Light, "light"), (Scheme::Dark, "dark")] {
        person.page.scheme(scheme).await?;
        person
            .page
            .has_no_barriers(&format!("{place}, {name}"))
            .await?;
    }
    Ok(())
}

/// Waits until something is to be seen.
pub(crate) async fn shows(person: &Person, selector: &str) -> Result<()> {
    let visible = format!("document.querySelector({selector:?})?.checkVisibility() ?? false");
    person.page.wait_for::<bool>(&visible).await.map(drop)
}

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
        let seen = shows(person, selector).await;
        seen.with_context(|| format!("{way:?} brings nothing up"))?;
        in_both_themes(person, &format!("{way:?}")).await?;
    }
    Ok(())
}

/// A board with one of everything that states differ by, and two people.
async fn a_board_with_something(stage: &mut Stage) -> Result<Person> {
    let (ada, ben) = two_on_one_server(stage).await?;
    makes_box(&ada, At(350.0, 250.0), At(470.0, 330.0)).await?;
    makes(&ada, "a", At(600.0, 250.0), At(700.0, 330.0)).await?;
    ada.take("Pen").await?;
    ada.draw(&line(At(350.0, 450.0), At(450.0, 480.0), 6))
        .await?;
    ben.sees_elements(3).await?;
    ada.saved().await?;
    Ok(ada)
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
fn axe_finds_nothing_on_the_board_with_any_tool_and_its_style() {
    scene("axe tools", async |stage| {
        let url = stage.one_server().await?;
        let board = stage.board(&url).await?;
        let ada = stage.guest("ada", &board.owner.at(&url)).await?;
        for tool in TOOLS {
            ada.take(tool).await?;
            in_both_themes(&ada, tool).await?;
        }
        Ok(())
    });
}

#[test]
fn axe_finds_nothing_in_what_opens_over_the_board() {
    scene("axe dialogs", async |stage| {
        let ada = a_board_with_something(stage).await?;
        come_up(&ada, &AT_A_DESK).await
    });
}

#[test]
fn axe_finds_nothing_while_something_is_found() {
    scene("axe find", async |stage| {
        let (ada, _) = two_on_one_server(stage).await?;
        ada.page.press("t").await?;
        ada.page.click_at(At(400.0, 300.0)).await?;
        ada.page
            .wait_for::<bool>("__e2e.data('typing') === 1")
            .await?;
        ada.page.type_text("needle in hay").await?;
        in_both_themes(&ada, "writing").await?;
        ada.page.press("Escape").await?;
        ada.page.press("Ctrl+f").await?;
        ada.page.type_text("needle").await?;
        ada.page
            .wait_for::<bool>(
                "document.querySelector('.find-count')?.textContent.includes('1 of 1')",
            )
            .await?;
        in_both_themes(&ada, "a place found").await
    });
}

#[test]
fn axe_finds_nothing_about_what_is_selected_and_its_menu() {
    scene("axe selection", async |stage| {
        let ada = a_board_with_something(stage).await?;
        ada.page.press("Escape").await?;
        ada.take("Select").await?;
        ada.page.click_at(At(350.0, 290.0)).await?;
        has_selected(&ada, 1).await?;
        in_both_themes(&ada, "a box selected").await?;
        ada.page.press("Shift+F10").await?;
        shows(&ada, "[role=menu].context-menu").await?;
        in_both_themes(&ada, "the menu of a box").await?;
        ada.page.press("Escape").await?;
        ada.page.press("Ctrl+a").await?;
        has_selected(&ada, 3).await?;
        in_both_themes(&ada, "everything selected").await?;
        ada.page.press("Shift+F10").await?;
        shows(&ada, "[role=menu].context-menu").await?;
        in_both_themes(&ada, "the menu of everything").await
    });
}

#[test]
fn axe_finds_nothing_on_a_phone_and_its_sheets() {
    scene("axe phone", async |stage| {
        let ada = a_board_with_something(stage).await?;
        ada.page.phone().await?;
        begins_anew(&ada).await?;
        in_both_themes(&ada, "the phone").await?;
        come_up(&ada, &ON_A_PHONE).await
    });
}
