//! Writing where there is little room, and where somebody takes the text away.

use anyhow::{Context as _, Result, ensure};
use e2e::page::At;
use e2e::person::Person;
use e2e::stage::scene;

use crate::pair::{FIELD, both_see, has_selected, is_typing, two_on_one_server, types_no_more};
use crate::phone::{PHONES, begins_text_by_finger, phone_and_desk};
use crate::writing::{begins_text, field_holds, types};

/// What stays free below the field on a phone, in CSS pixels: its box goes on below the
/// caret's line, which stands above both bars.
const BELOW: f64 = 110.0;

/// Where the field with the caret's line ends, and how high the page is.
async fn lowest(person: &Person) -> Result<(f64, f64)> {
    let place = format!(
        "__e2e.told('typing').then(() => {{ const box = {FIELD}.getBoundingClientRect(); \
         return [box.bottom, innerHeight] }})"
    );
    person.page.eval(&place).await
}

#[test]
fn a_screen_keyboard_leaves_what_is_written_in_sight() {
    scene("screen keyboard", async |stage| {
        let (ada, ben) = phone_and_desk(stage, PHONES[0]).await?;
        begins_text_by_finger(&ada, At(60.0, 560.0)).await?;
        // As the page asks of phones, the keyboard takes the room from it.
        ada.page.phone_of(390, 480).await?;
        let seen = format!("innerHeight === 480 && {FIELD}.getBoundingClientRect().bottom < 400");
        ada.page.wait_for::<bool>(&seen).await?;
        for line in 0..8 {
            ada.page.type_text(&format!("line {line}")).await?;
            ada.page.press("Enter").await?;
        }
        let (bottom, height) = lowest(&ada).await?;
        ensure!(
            bottom < height - BELOW,
            "the text ends at {bottom} of {height}"
        );
        both_see(&ada, &ben, 1).await
    });
}

#[test]
fn a_long_text_does_not_run_off_the_page() {
    scene("long text", async |stage| {
        let (ada, _) = two_on_one_server(stage).await?;
        begins_text(&ada, At(500.0, 640.0)).await?;
        for _ in 0..7 {
            types(&ada, "more\n").await?;
        }
        let (bottom, height) = lowest(&ada).await?;
        ensure!(
            bottom < height - 60.0,
            "the text ends at {bottom} of {height}"
        );
        Ok(())
    });
}

#[test]
fn who_loses_the_text_is_told_and_typing_on_is_no_command() {
    scene("lost text", async |stage| {
        let (ada, ben) = two_on_one_server(stage).await?;
        begins_text(&ada, At(400.0, 300.0)).await?;
        types(&ada, "words").await?;
        both_see(&ada, &ben, 1).await?;
        ben.page.press("Ctrl+a").await?;
        has_selected(&ben, 1).await?;
        ben.page.press("Delete").await?;
        types_no_more(&ada).await?;
        types(&ada, "pqr").await?;
        ada.holds("Select").await.context("typing took a tool")?;
        let told = "document.querySelector('.toast')?.textContent.includes('deleted')";
        ada.page.wait_for::<bool>(told).await?;
        // A press shows that she has seen it.
        ada.page.click_at(At(900.0, 600.0)).await?;
        ada.page.press("p").await?;
        ada.holds("Pen").await
    });
}

#[test]
fn tab_indents_and_does_not_leave_the_text() {
    scene("tab in a text", async |stage| {
        let (ada, ben) = two_on_one_server(stage).await?;
        begins_text(&ada, At(400.0, 300.0)).await?;
        types(&ada, "a").await?;
        ada.page.press("Tab").await?;
        types(&ada, "b").await?;
        field_holds(&ada, "a    b").await?;
        ada.page.press("Shift+Tab").await?;
        is_typing(&ada).await?;
        both_see(&ada, &ben, 1).await
    });
}

#[test]
fn only_who_walks_by_tab_sees_a_ring_about_the_board() {
    scene("ring", async |stage| {
        let (ada, _) = two_on_one_server(stage).await?;
        let ring = |on: bool| {
            format!(
                "document.activeElement === document.querySelector('main.board') && \
                 (getComputedStyle(document.activeElement).outlineStyle !== 'none') === {on}"
            )
        };
        ada.page.touch_screen().await?;
        ada.page
            .touch(&[vec![At(400.0, 300.0)], vec![At(500.0, 360.0)]])
            .await?;
        ada.page.wait_for::<bool>(&ring(false)).await?;
        ada.page.press("r").await?;
        ada.page.wait_for::<bool>(&ring(false)).await?;
        ada.page.press("Tab").await?;
        ada.page.wait_for::<bool>(&ring(true)).await.map(drop)
    });
}
