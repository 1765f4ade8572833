//! The chat by keyboard.

use anyhow::ensure;
use e2e::page::At;
use e2e::test_env::scenario;

use crate::support::chat::{open_chat, say, wait_for_field, wait_for_messages};
use crate::support::pointer::draw_box;
use crate::support::typing::type_keys;
use crate::support::users::two_users_apart;
use crate::support::wait::{both_have_elements, wait_for_focus, wait_for_selected};

#[test]
fn keys_in_the_field_are_no_shortcuts_and_escape_closes() {
    scenario("chat keys", async |env| {
        let (ada, ben) = two_users_apart(env).await?;
        draw_box(&ada, At(400.0, 300.0), At(520.0, 380.0)).await?;
        both_have_elements(&ada, &ben, 1).await?;
        ada.page.press("Ctrl+a").await?;
        wait_for_selected(&ada, 1).await?;
        open_chat(&ada).await?;
        wait_for_focus(&ada, ".chat-field").await?;
        type_keys(&ada, "pen ").await?;
        wait_for_field(&ada, "pen ").await?;
        for key in ["Delete", "Backspace", "Ctrl+a", "Delete"] {
            ada.page.press(key).await?;
        }
        ensure!(
            ada.elements().await? == 1,
            "a key in the field deleted the box"
        );
        ada.wait_for_tool("Select").await?;
        wait_for_selected(&ada, 1).await?;

        ada.page.press("Escape").await?;
        wait_for_focus(&ada, ".chat-button[aria-expanded=false]").await?;
        ensure!(ada.elements().await? == 1, "the box is gone");
        // Undo concerns the board, not the messages.
        open_chat(&ada).await?;
        say(&ada, "stays").await?;
        ada.page.press("Escape").await?;
        ada.page.press("Ctrl+z").await?;
        ben.wait_for_elements(0).await?;
        open_chat(&ben).await?;
        wait_for_messages(&ben, &["stays"]).await
    });
}

#[test]
fn a_name_is_completed_by_keys() {
    scenario("chat names", async |env| {
        let (ada, ben) = two_users_apart(env).await?;
        ben.set_name("Ben Kaya").await?;
        ada.wait_for_people(&["Ben Kaya", &own_name(&ada).await?])
            .await?;
        open_chat(&ben).await?;
        open_chat(&ada).await?;
        wait_for_focus(&ada, ".chat-field").await?;
        ada.page.type_text("ok @be").await?;
        ada.page.find("option", "Ben Kaya").await?;
        ada.page.press("Enter").await?;
        wait_for_field(&ada, "ok @Ben Kaya ").await?;
        ada.page.press("Enter").await?;
        wait_for_messages(&ben, &["ok @Ben Kaya"]).await?;
        let marked = "document.querySelector('.chat-message[data-for-me=true]') !== null";
        ben.page.wait_for::<bool>(marked).await.map(drop)
    });
}

async fn own_name(person: &e2e::person::Person) -> anyhow::Result<String> {
    person
        .page
        .eval("document.querySelector('.people-face[data-me=true]').title")
        .await
}

#[test]
fn a_text_that_is_too_long_is_not_sent() {
    scenario("chat length", async |env| {
        let (ada, ben) = two_users_apart(env).await?;
        open_chat(&ada).await?;
        wait_for_focus(&ada, ".chat-field").await?;
        ada.page.type_text(&"x".repeat(4_003)).await?;
        let told = "document.querySelector('.chat-excess')?.textContent.includes('3 too many')";
        ada.page.wait_for::<bool>(told).await?;
        ada.page.press("Enter").await?;
        for _ in 0..3 {
            ada.page.press("Backspace").await?;
        }
        ada.page.press("Enter").await?;
        wait_for_field(&ada, "").await?;
        open_chat(&ben).await?;
        wait_for_messages(&ben, &[&"x".repeat(4_000)]).await
    });
}
