//! The chat on a wide screen and on phones.

use anyhow::{Result, ensure};
use e2e::person::Person;
use e2e::test_env::scenario;

use crate::support::axe::check_axe_in_both_themes;
use crate::support::chat::{act_on, open_chat, say, wait_for_messages};
use crate::support::users::{PHONES, phone_and_desktop, two_users};
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
        let (ada, _) = two_users(env).await?;
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
            say(&ada, "from a phone").await?;
            wait_for_messages(&ben, &["hello", "from a phone"]).await?;
            check_axe_in_both_themes(&ada, "the chat on a phone").await
        });
    }
}
