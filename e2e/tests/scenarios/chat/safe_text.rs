//! The text of a message stays text.

use anyhow::ensure;
use e2e::test_env::scenario;

use crate::support::chat::{open_chat, say, wait_for_messages};
use crate::support::users::two_users_apart;

#[test]
fn markup_is_text_and_only_addresses_of_the_web_are_links() {
    scenario("chat links", async |env| {
        let (ada, ben) = two_users_apart(env).await?;
        for person in [&ada, &ben] {
            open_chat(person).await?;
        }
        let texts = [
            "<img src=x onerror=alert(1)> <b>bold</b>",
            "javascript:alert(1) data:text/html,x file:///etc/passwd",
            "see https://a.example/path?q=1, and http://b.example.",
        ];
        for text in texts {
            say(&ada, text).await?;
        }
        wait_for_messages(&ben, &texts).await?;
        let links: Vec<[String; 3]> = ben
            .page
            .eval("[...document.querySelectorAll('.chat a')].map((it) => [it.href, it.rel, it.target])")
            .await?;
        let link = |address: &str| [address, "noopener noreferrer", "_blank"].map(str::to_owned);
        let expected = [
            link("https://a.example/path?q=1"),
            link("http://b.example/"),
        ];
        ensure!(links == expected, "{links:?}");
        let markup: u32 = ben
            .page
            .eval("document.querySelectorAll('.chat-text img, .chat-text b').length")
            .await?;
        ensure!(markup == 0, "the text became markup");
        Ok(())
    });
}

#[test]
fn a_text_in_another_direction_stands_in_its_own() {
    scenario("chat directions", async |env| {
        let (ada, ben) = two_users_apart(env).await?;
        for person in [&ada, &ben] {
            open_chat(person).await?;
        }
        say(&ada, "שלום לכולם").await?;
        say(&ada, "hello").await?;
        wait_for_messages(&ben, &["שלום לכולם", "hello"]).await?;
        let directions: Vec<String> = ben
            .page
            .eval("[...document.querySelectorAll('.chat-text')].map((it) => getComputedStyle(it).direction)")
            .await?;
        ensure!(directions == ["rtl", "ltr"], "{directions:?}");
        Ok(())
    });
}
