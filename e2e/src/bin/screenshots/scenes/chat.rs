//! The chat.

use anyhow::Result;
use e2e::person::Person;

use crate::series::Series;

/// Takes the pictures. The conversation stays for those that follow.
pub(crate) async fn shoot(series: &mut Series<'_>) -> Result<()> {
    let ben = series.ben.clone();
    series
        .shoot("chat-empty", async |ada| open(ada).await)
        .await?;
    if !series.album.wants_any_of("chat") {
        return Ok(());
    }
    // What comes while the chat is open counts as read.
    let close = "document.querySelector('[aria-label=\"Close chat\"]')?.click()";
    series.ada.page.eval::<Option<()>>(close).await?;
    open(&ben).await?;
    for text in [
        "Shall we move the second group further down?",
        "The plan is at https://example.org/plan",
        "@Ada what do you think?",
    ] {
        say(&ben, text).await?;
    }
    series
        .shoot("chat-unread", async |ada| {
            ada.page.find("button", "Chat, 3 unread").await.map(drop)
        })
        .await?;
    series
        .shoot("chat", async |ada| {
            open(ada).await?;
            ada.page.click("button", "Attach the present view").await?;
            say(
                ada,
                "Yes, next to the note. Then there is room for the other two.",
            )
            .await?;
            say(ada, "مرحبا بالجميع").await?;
            ben.page.click("textbox", "Message").await?;
            ben.page.type_text("Good").await?;
            let writing = "document.querySelector('.chat-writing').textContent !== ''";
            ada.page.wait_for::<bool>(writing).await?;
            press(ada, "More actions").await?;
            press(ada, "Thumbs up").await
        })
        .await?;
    series
        .shoot("chat-actions", async |ada| {
            open(ada).await?;
            press(ada, "Reply").await?;
            press(ada, "More actions").await
        })
        .await?;
    ben.fill("Message", "Good").await?;
    ben.page.press("Escape").await
}

async fn open(person: &Person) -> Result<()> {
    person
        .page
        .eval::<Option<()>>("document.querySelector('.chat-button').click()")
        .await?;
    person.page.find("complementary", "Chat").await.map(drop)
}

async fn say(person: &Person, text: &str) -> Result<()> {
    person.fill("Message", text).await?;
    let sent = format!(
        "[...document.querySelectorAll('.chat-text')].some((it) => it.textContent.includes({text:?})) \
         && document.querySelector('.chat-sending') === null"
    );
    person.page.wait_for::<bool>(&sent).await.map(drop)
}

/// Presses the first button of this name on a message.
async fn press(person: &Person, name: &str) -> Result<()> {
    let button = format!("document.querySelector('.chat-message [aria-label={name:?}]')");
    person.page.wait_for::<bool>(&format!("!!{button}")).await?;
    person
        .page
        .eval::<Option<()>>(&format!("{button}.click()"))
        .await
        .map(drop)
}
