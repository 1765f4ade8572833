//! axe-core on what people show each other above the board.

use e2e::keys::Modifiers;
use e2e::page::At;
use e2e::test_env::scenario;

use crate::support::axe::check_axe_in_both_themes;
use crate::support::users::{PHONES, phone_and_desktop, two_users_apart};
use crate::support::wait::wait_until_visible;

const AT: At = At(640.0, 400.0);

#[test]
fn what_people_show_each_other_has_no_axe_violations() {
    scenario("axe presence", async |env| {
        let (ada, ben) = two_users_apart(env).await?;
        ben.set_name("Ben").await?;
        ben.page.hover(AT).await?;
        ada.wait_for_cursor_of("Ben").await?;
        ben.page.press("/").await?;
        ben.page.find("textbox", "Say at the cursor").await?;
        check_axe_in_both_themes(&ben, "the field at the cursor").await?;
        ben.page.type_text("look").await?;
        wait_until_visible(&ada, ".cursor-words").await?;
        ben.page.press("Escape").await?;
        ben.page.press("Shift+E").await?;
        wait_until_visible(&ben, ".reaction-palette").await?;
        check_axe_in_both_themes(&ben, "the palette of reactions").await?;
        ben.page.press("Escape").await?;
        ben.page.press("Shift+R").await?;
        let scroll = At(0.0, -900.0);
        ada.page.wheel(AT, scroll, Modifiers::NONE).await?;
        wait_until_visible(&ada, ".edge").await?;
        ben.page.click("button", "Show everyone").await?;
        ben.page.click("button", "Bring everyone to me").await?;
        wait_until_visible(&ada, ".gather").await?;
        check_axe_in_both_themes(&ada, "a sign at the edge and an invitation").await?;
        ada.page.click("button", "Show everyone").await?;
        check_axe_in_both_themes(&ada, "a raised hand").await?;
        ada.page.click("button", "Follow Ben").await?;
        wait_until_visible(&ada, ".follow-pill").await?;
        check_axe_in_both_themes(&ada, "following").await
    });
}

#[test]
fn a_phone_shows_presence_without_axe_violations() {
    scenario("axe presence on a phone", async |env| {
        let (ada, ben) = phone_and_desktop(env, PHONES[1]).await?;
        ben.set_name("Ben").await?;
        ada.page.click("button", "Show everyone").await?;
        check_axe_in_both_themes(&ada, "the card of people").await?;
        ada.page.click("button", "React").await?;
        wait_until_visible(&ada, ".reaction-palette").await?;
        check_axe_in_both_themes(&ada, "the palette").await?;
        ada.page.click("button", "Close reactions").await?;
        ada.page.click("button", "Show everyone").await?;
        ada.page.click("button", "Follow Ben").await?;
        wait_until_visible(&ada, ".follow-pill").await
    });
}
