//! The chat on a wide screen and on phones.

use anyhow::{Result, ensure};
use e2e::person::Person;
use e2e::test_env::scenario;

use crate::support::axe::check_axe_in_both_themes;
use crate::support::chat::{act_on, open_chat, say, wait_for_messages};
use crate::support::users::{PHONES, phone_and_desktop, two_users_apart};
use crate::support::wait::wait_for_animations;

/// Whether the chat covers the middle of the page, or reaches beyond the page.
async fn check_place(person: &Person) -> Result<()> {
    wait_for_animations(person).await?;
    let covers: bool = person
        .page
        .eval(
            "(() => { const it = document.querySelector('.chat').getBoundingClientRect(); \
             const [x, y] = [innerWidth / 2, innerHeight / 2]; \
             return it.left < x && it.right > x && it.top < y && it.bottom > y \
             || it.left < -1 || it.top < 0 || it.right > innerWidth + 1 || it.bottom > innerHeight + 1 })()",
        )
        .await?;
    ensure!(
        !covers,
        "the chat covers the middle, or is outside of the page"
    );
    Ok(())
}

#[test]
fn the_chat_leaves_the_middle_of_the_board_free_and_has_no_violations() {
    scenario("chat on a wide screen", async |env| {
        let (ada, _) = two_users_apart(env).await?;
        open_chat(&ada).await?;
        check_place(&ada).await?;
        say(&ada, "hello https://a.example").await?;
        wait_for_messages(&ada, &["hello https://a.example"]).await?;
        act_on(&ada, "hello https://a.example", "Heart").await?;
        ada.page.click("button", "Chat settings").await?;
        ada.page.find("button", "❤️ 1").await?;
        wait_for_animations(&ada).await?;
        check_axe_in_both_themes(&ada, "the chat").await
    });
}

/// Chromium emulates no keyboard of a phone, so the page is given a visible part that ends above one.
async fn the_field_stays_above_the_keyboard(person: &Person) -> Result<()> {
    let covered_by = |height: u32| {
        format!(
            "(() => {{ const part = window.smallerPart ??= new EventTarget(); \
             Object.assign(part, {{ offsetTop: 0, height: innerHeight - {height} }}); \
             Object.defineProperty(window, 'visualViewport', {{ value: part, configurable: true }}); \
             part.dispatchEvent(new Event('resize')); return null }})()"
        )
    };
    let bottom_is_at = |height: u32| {
        format!(
            "(() => {{ const field = document.querySelector('.chat-field').getBoundingClientRect(); \
             const end = innerHeight - {height}; return field.bottom <= end && field.bottom > end - 80 }})()"
        )
    };
    // The sheet listens to the visible part that is there when it opens.
    person.page.click("button", "Close chat").await?;
    person.page.eval::<Option<()>>(&covered_by(0)).await?;
    open_chat(person).await?;
    for height in [0, 240, 0] {
        person.page.eval::<Option<()>>(&covered_by(height)).await?;
        person.page.wait_for::<bool>(&bottom_is_at(height)).await?;
    }
    Ok(())
}

#[test]
fn the_chat_is_a_sheet_on_a_phone() {
    for size in PHONES {
        scenario("chat on a phone", async |env| {
            let (ada, ben) = phone_and_desktop(env, size).await?;
            open_chat(&ben).await?;
            say(&ben, "hello").await?;
            open_chat(&ada).await?;
            wait_for_messages(&ada, &["hello"]).await?;
            check_place(&ada).await?;
            let wide: bool = ada
                .page
                .eval(
                    "document.querySelector('.chat').getBoundingClientRect().width === innerWidth",
                )
                .await?;
            ensure!(wide, "the sheet is not as wide as the phone");
            the_field_stays_above_the_keyboard(&ada).await?;
            say(&ada, "from a phone").await?;
            wait_for_messages(&ben, &["hello", "from a phone"]).await?;
            check_axe_in_both_themes(&ada, "the chat on a phone").await
        });
    }
}
