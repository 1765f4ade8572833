//! The line being typed stays visible where there is little room.

use anyhow::{Result, ensure};
use e2e::page::At;
use e2e::person::Person;
use e2e::stage::scene;

use crate::support::typing::{TEXT_FIELD, start_text, start_text_by_touch, type_keys};
use crate::support::users::{PHONES, phone_and_desktop, two_users};
use crate::support::wait::both_have_elements;

/// What stays free below the field on a phone, in CSS pixels: its box goes on below the
/// caret's line, which stands above both bars.
const BELOW: f64 = 110.0;

/// Where the field with the caret's line ends, and how high the page is.
async fn lowest(person: &Person) -> Result<(f64, f64)> {
    let place = format!(
        "__e2e.told('typing').then(() => {{ const box = {TEXT_FIELD}.getBoundingClientRect(); \
         return [box.bottom, innerHeight] }})"
    );
    person.page.eval(&place).await
}

#[test]
fn text_stays_visible_above_a_screen_keyboard() {
    scene("screen keyboard", async |stage| {
        let (ada, ben) = phone_and_desktop(stage, PHONES[0]).await?;
        start_text_by_touch(&ada, At(60.0, 560.0)).await?;
        // As the page asks of phones, the keyboard takes the room from it.
        ada.page.phone_of(390, 480).await?;
        let seen =
            format!("innerHeight === 480 && {TEXT_FIELD}.getBoundingClientRect().bottom < 400");
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
        both_have_elements(&ada, &ben, 1).await
    });
}

#[test]
fn a_long_text_stays_on_the_page() {
    scene("long text", async |stage| {
        let (ada, _) = two_users(stage).await?;
        start_text(&ada, At(500.0, 640.0)).await?;
        for _ in 0..7 {
            type_keys(&ada, "more\n").await?;
        }
        let (bottom, height) = lowest(&ada).await?;
        ensure!(
            bottom < height - 60.0,
            "the text ends at {bottom} of {height}"
        );
        Ok(())
    });
}
