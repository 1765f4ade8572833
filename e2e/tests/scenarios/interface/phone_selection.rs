//! On a phone the style sheet makes room for work, and a selection has a bar.

use anyhow::{Result, ensure};
use e2e::page::At;
use e2e::person::Person;
use e2e::test_env::scenario;

use crate::support::touch::{pick_tool_by_touch, swipe, tap_control};
use crate::support::typing::{start_text_by_touch, wait_until_not_typing};
use crate::support::users::{PHONES, phone_and_desktop};
use crate::support::wait::{both_have_elements, wait_for_animations, wait_for_selected};

const SHEET: &str = "document.querySelector('.style-panel')";
const BAR: &str = "document.querySelector('.selection-bar')";

async fn open_sheet(person: &Person) -> Result<()> {
    tap_control(person, "button", "Style").await?;
    person.page.wait_for::<bool>(&format!("!!{SHEET}")).await?;
    wait_for_animations(person).await
}

async fn wait_until_closed(person: &Person) -> Result<()> {
    person
        .page
        .wait_for::<bool>(&format!("!{SHEET}"))
        .await
        .map(drop)
}

/// Waits until the bar is on the screen, or until it is not.
async fn wait_for_bar(person: &Person, shown: bool) -> Result<()> {
    let is = format!("({BAR}?.checkVisibility() ?? false) === {shown}");
    person.page.wait_for::<bool>(&is).await.map(drop)
}

/// Waits until the button that deletes is enabled, or until it is not.
async fn wait_for_delete(person: &Person, enabled: bool) -> Result<()> {
    let is = format!(
        "{BAR}?.querySelector('[aria-label=Delete]').disabled === {}",
        !enabled
    );
    person.page.wait_for::<bool>(&is).await.map(drop)
}

#[test]
fn the_style_sheet_closes_for_work_and_never_covers_a_text() {
    scenario("phone sheet", async |env| {
        let (ada, ben) = phone_and_desktop(env, PHONES[0]).await?;
        // Another tool closes it.
        pick_tool_by_touch(&ada, "Pen").await?;
        open_sheet(&ada).await?;
        pick_tool_by_touch(&ada, "Eraser").await?;
        wait_until_closed(&ada).await?;
        // Drawing closes it.
        pick_tool_by_touch(&ada, "Pen").await?;
        open_sheet(&ada).await?;
        swipe(&ada, At(80.0, 200.0), At(240.0, 240.0)).await?;
        wait_until_closed(&ada).await?;
        both_have_elements(&ada, &ben, 1).await?;
        // Writing closes it; opened again, it leaves the text in view.
        pick_tool_by_touch(&ada, "Text").await?;
        open_sheet(&ada).await?;
        start_text_by_touch(&ada, At(60.0, 300.0)).await?;
        wait_until_closed(&ada).await?;
        ada.page
            .type_text("one\ntwo\nthree\nfour\nfive\nsix\nseven\neight\nnine\nten")
            .await?;
        open_sheet(&ada).await?;
        let above = format!(
            "(() => {{ const field = document.querySelector('[aria-label=Writing] textarea'); \
             const caret = field?.getBoundingClientRect(); \
             return caret && caret.bottom <= {SHEET}.getBoundingClientRect().top }})()"
        );
        ada.page.wait_for::<bool>(&above).await.map(drop)
    });
}

#[test]
fn a_selection_has_a_bar_to_copy_order_and_delete_it() {
    scenario("phone bar", async |env| {
        let (ada, ben) = phone_and_desktop(env, PHONES[0]).await?;
        wait_for_bar(&ada, false).await?;
        pick_tool_by_touch(&ada, "Rectangle").await?;
        swipe(&ada, At(100.0, 220.0), At(240.0, 320.0)).await?;
        both_have_elements(&ada, &ben, 1).await?;
        wait_for_selected(&ada, 1).await?;
        wait_for_bar(&ada, true).await?;
        tap_control(&ada, "button", "Duplicate").await?;
        both_have_elements(&ada, &ben, 2).await?;
        wait_for_bar(&ada, true).await?;
        tap_control(&ada, "button", "More commands").await?;
        ada.page.find("menu", "Board menu").await?;
        ada.page.press("Escape").await?;
        // A locked element stays: its buttons are disabled until it is unlocked.
        wait_for_delete(&ada, true).await?;
        ada.page.press("Ctrl+Shift+L").await?;
        wait_for_delete(&ada, false).await?;
        ada.page.press("Ctrl+Shift+L").await?;
        wait_for_delete(&ada, true).await?;
        tap_control(&ada, "button", "Delete").await?;
        both_have_elements(&ada, &ben, 1).await?;
        wait_for_bar(&ada, false).await?;
        // A desktop has keys and a right button instead.
        ben.page.press("Ctrl+a").await?;
        wait_for_selected(&ben, 1).await?;
        wait_for_bar(&ben, false).await?;
        ensure!(ben.page.find_now("group", "Selection").await?.is_none());
        wait_until_not_typing(&ada).await
    });
}
