//! Messages that come while the chat is closed.

use e2e::test_env::scenario;

use crate::support::chat::{open_chat, say};
use crate::support::users::two_users;

const TOASTS: &str = "document.querySelector('.toasts').textContent";
const ANNOUNCED: &str = "document.querySelector('[aria-label=Announcements]').textContent";

#[test]
fn a_message_shows_as_a_notice_unless_messages_are_muted() {
    scenario("chat notices", async |env| {
        let (ada, ben) = two_users(env).await?;
        ada.set_name("Ada").await?;
        open_chat(&ada).await?;
        say(&ada, "first").await?;
        for told in [TOASTS, ANNOUNCED] {
            let shown = format!("{told}.includes('Ada: first')");
            ben.page.wait_for::<bool>(&shown).await?;
        }
        open_chat(&ben).await?;
        say(&ada, "second").await?;
        let announced = format!("{ANNOUNCED}.includes('Ada: second')");
        ben.page.wait_for::<bool>(&announced).await?;
        let silent = format!("!{TOASTS}.includes('second')");
        ben.page.wait_for::<bool>(&silent).await?;

        ben.page.click("button", "Chat settings").await?;
        ben.page.click("switch", "Mute messages").await?;
        ben.page.click("button", "Close chat").await?;
        say(&ada, "third").await?;
        ben.page.find("button", "Chat, 1 unread").await?;
        let silent = format!("!{TOASTS}.includes('third')");
        ben.page.wait_for::<bool>(&silent).await.map(drop)
    });
}
