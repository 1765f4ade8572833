//! Messages that come while the chat is closed.

use anyhow::Result;
use e2e::person::Person;
use e2e::test_env::scenario;

use crate::support::chat::{open_chat, say};
use crate::support::users::two_users_apart;

const TOASTS: &str = "document.querySelector('.toasts').textContent";
const ANNOUNCED: &str = "document.querySelector('[aria-label=Announcements]').textContent";

/// Replaces the notifications of the browser, and lets the test say whether the tab is hidden.
const NOTIFICATIONS: &str = "\
    window.notified = []; window.hiddenTab = false; \
    window.Notification = class { \
        constructor(title, options) { window.notified.push(options.body) } \
        static requestPermission() { return Promise.resolve('granted') } }; \
    Object.defineProperty(document, 'hidden', { get: () => window.hiddenTab }); null";

/// Shows the tab again, and lets the page know.
const SHOWN_AGAIN: &str = "\
    window.hiddenTab = false; \
    document.dispatchEvent(new Event('visibilitychange', { bubbles: true })); null";

/// The chat of Ben is open. He is told outside of the page of what Ada writes, once he asked for
/// that, while the tab is hidden.
async fn tells_outside_of_the_page_only_if_hidden(ada: &Person, ben: &Person) -> Result<()> {
    ben.page.eval::<Option<()>>(NOTIFICATIONS).await?;
    let writes = async |text: &str, tab_hidden: bool| {
        let hide = format!("window.hiddenTab = {tab_hidden}; null");
        ben.page.eval::<Option<()>>(&hide).await?;
        say(ada, text).await?;
        let announced = format!("{ANNOUNCED}.includes('Ada: {text}')");
        ben.page.wait_for::<bool>(&announced).await.map(drop)
    };
    writes("not asked for", true).await?;
    ben.page.click("switch", "Desktop notifications").await?;
    ben.page
        .wait_for::<bool>("!!document.querySelector('[role=switch][aria-checked=true]')")
        .await?;
    writes("seen", false).await?;
    writes("hidden", true).await?;
    let told = "JSON.stringify(window.notified) === '[\"Ada: hidden\"]'";
    ben.page.wait_for::<bool>(told).await?;
    ben.page.eval::<Option<()>>(SHOWN_AGAIN).await.map(drop)
}

#[test]
fn a_message_shows_as_a_notice_unless_messages_are_muted() {
    scenario("chat notices", async |env| {
        let (ada, ben) = two_users_apart(env).await?;
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
        tells_outside_of_the_page_only_if_hidden(&ada, &ben).await?;
        ben.page.click("switch", "Mute messages").await?;
        ben.page.click("button", "Close chat").await?;
        say(&ada, "third").await?;
        ben.page.find("button", "Chat, 1 unread").await?;
        let silent = format!("!{TOASTS}.includes('third')");
        ben.page.wait_for::<bool>(&silent).await.map(drop)
    });
}
