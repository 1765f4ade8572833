//! Writing and reading messages of the chat.

use anyhow::Result;
use e2e::person::Person;

/// The texts of the messages that a page shows.
pub(crate) const TEXTS: &str =
    "[...document.querySelectorAll('.chat-text')].map((it) => it.textContent.trim())";

/// The message with this text, in a script.
pub(crate) fn message(text: &str) -> String {
    format!(
        "[...document.querySelectorAll('.chat-message')].find((it) => \
         it.querySelector('.chat-text')?.textContent.trim() === {text:?})"
    )
}

/// Opens the chat by its button.
pub(crate) async fn open_chat(person: &Person) -> Result<()> {
    let button = "document.querySelector('.chat-button')";
    let name = format!("{button}.getAttribute('aria-label')");
    let name: String = person.page.eval(&name).await?;
    person.page.click("button", &name).await?;
    person.page.find("complementary", "Chat").await.map(drop)
}

/// Writes a message and sends it.
pub(crate) async fn say(person: &Person, text: &str) -> Result<()> {
    person.page.click("textbox", "Message").await?;
    person.page.type_text(text).await?;
    person.page.press("Enter").await?;
    wait_for_field(person, "").await
}

/// Waits until the field has this text.
pub(crate) async fn wait_for_field(person: &Person, text: &str) -> Result<()> {
    let has = format!("document.querySelector('.chat-field')?.value === {text:?}");
    person.page.wait_for::<bool>(&has).await.map(drop)
}

/// Waits until the page shows exactly these messages, all of them confirmed.
pub(crate) async fn wait_for_messages(person: &Person, texts: &[&str]) -> Result<()> {
    let wanted = serde_json::to_string(&serde_json::to_string(texts)?)?;
    let shown =
        format!("JSON.stringify({TEXTS}) === {wanted} && !document.querySelector('.chat-sending')");
    person.page.wait_for::<bool>(&shown).await.map(drop)
}

/// Opens the row of actions of the message with this text, and presses the button of this name.
pub(crate) async fn act_on(person: &Person, text: &str, action: &str) -> Result<()> {
    let message = message(text);
    let press = |name: &str| format!("{message}.querySelector('[aria-label={name:?}]')");
    for name in ["More actions", action] {
        let button = press(name);
        person.page.wait_for::<bool>(&format!("!!{button}")).await?;
        person
            .page
            .eval::<Option<()>>(&format!("{button}.click()"))
            .await?;
    }
    Ok(())
}
