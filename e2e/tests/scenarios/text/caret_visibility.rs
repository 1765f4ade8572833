//! The line being typed stays visible where there is little room.

use anyhow::{Result, ensure};
use e2e::page::At;
use e2e::person::Person;
use e2e::test_env::scenario;

use crate::support::typing::{TEXT_FIELD, start_text, start_text_by_touch, type_keys};
use crate::support::users::{PHONES, phone_and_desktop, two_users};
use crate::support::wait::both_have_elements;

/// The space below the text field on a phone, in CSS pixels. The toolbar and the status are there.
const SPACE_BELOW: f64 = 110.0;

/// The bottom of the text field and the height of the page.
async fn field_bottom(person: &Person) -> Result<(f64, f64)> {
    let place = format!(
        "__e2e.dataNextFrame('typing').then(() => {{ const box = {TEXT_FIELD}.getBoundingClientRect(); \
         return [box.bottom, innerHeight] }})"
    );
    person.page.eval(&place).await
}

#[test]
fn text_stays_visible_above_a_screen_keyboard() {
    scenario("screen keyboard", async |env| {
        let (ada, ben) = phone_and_desktop(env, PHONES[0]).await?;
        start_text_by_touch(&ada, At(60.0, 560.0)).await?;
        // The page asks phones to shrink the viewport when the keyboard opens.
        ada.page.phone_of_size(390, 480).await?;
        let seen =
            format!("innerHeight === 480 && {TEXT_FIELD}.getBoundingClientRect().bottom < 400");
        ada.page.wait_for::<bool>(&seen).await?;
        for line in 0..8 {
            ada.page.type_text(&format!("line {line}")).await?;
            ada.page.press("Enter").await?;
        }
        let (bottom, height) = field_bottom(&ada).await?;
        ensure!(
            bottom < height - SPACE_BELOW,
            "the text ends at {bottom} of {height}"
        );
        both_have_elements(&ada, &ben, 1).await
    });
}

#[test]
fn a_long_text_stays_on_the_page() {
    scenario("long text", async |env| {
        let (ada, _) = two_users(env).await?;
        start_text(&ada, At(500.0, 640.0)).await?;
        for _ in 0..7 {
            type_keys(&ada, "more\n").await?;
        }
        let (bottom, height) = field_bottom(&ada).await?;
        ensure!(
            bottom < height - 60.0,
            "the text ends at {bottom} of {height}"
        );
        Ok(())
    });
}
