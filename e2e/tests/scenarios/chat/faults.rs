//! Messages that are written while a server or Redis is away.

use std::time::Duration;

use anyhow::{Result, ensure};
use e2e::person::Person;
use e2e::test_env::scenario;

use crate::support::chat::{TEXTS, open_chat, say};

/// How long Redis is down.
const OUTAGE: Duration = Duration::from_secs(10);

/// Ada and Ben write by turns.
async fn write_by_turns(ada: &Person, ben: &Person, when: &str) -> Result<()> {
    for number in 1..=3 {
        for (name, person) in [("Ada", ada), ("Ben", ben)] {
            say(person, &format!("{name} {when} {number}")).await?;
        }
    }
    Ok(())
}

/// The messages of a page, once it shows so many of them and all are confirmed.
async fn messages(person: &Person, count: usize) -> Result<Vec<String>> {
    let all = format!(
        "(() => {{ const texts = {TEXTS}; return texts.length >= {count} \
         && !document.querySelector('.chat-sending') && texts }})()"
    );
    person.page.wait_for(&all).await
}

/// Each message is on all pages once, in one order that keeps that of each author.
async fn all_have_each_message_once(
    one: &Person,
    others: &[&Person],
    when: [&str; 3],
) -> Result<()> {
    let first = messages(one, 18).await?;
    for person in others {
        let shown = messages(person, 18).await?;
        ensure!(shown == first, "pages differ: {shown:?}, {first:?}");
    }
    for name in ["Ada", "Ben"] {
        let wanted: Vec<_> = when
            .iter()
            .flat_map(|when| (1..=3).map(move |number| format!("{name} {when} {number}")))
            .collect();
        let of_author = first.iter().filter(|text| text.starts_with(name));
        ensure!(of_author.eq(&wanted), "{name}: {first:?}");
    }
    ensure!(first.len() == 18, "a message is there twice: {first:?}");
    Ok(())
}

const WHEN: [&str; 3] = ["before", "meanwhile", "after"];

#[test]
fn messages_written_while_the_server_is_killed_arrive_once_and_in_order() {
    scenario("chat and kill -9", async |env| {
        let url = env.one_server().await?;
        let board = env.board(&url).await?;
        let ada = env.guest("ada", &board.owner.at(&url)).await?;
        let ben = env.guest("ben", &board.edit.at(&url)).await?;
        for person in [&ada, &ben] {
            open_chat(person).await?;
        }
        write_by_turns(&ada, &ben, "before").await?;
        // Some of these messages may have reached the server.
        env.connections_will_break();
        env.server(0)?.kill().await?;
        write_by_turns(&ada, &ben, "meanwhile").await?;
        ada.wait_for_status("Reconnecting").await?;
        env.server(0)?.restart().await?;
        for person in [&ada, &ben] {
            person.wait_until_saved().await?;
        }
        write_by_turns(&ada, &ben, "after").await?;
        all_have_each_message_once(&ada, &[&ben], WHEN).await
    });
}

#[test]
fn messages_written_while_redis_is_away_arrive_once_and_in_order() {
    scenario("chat and a redis outage", async |env| {
        let [first, second] = env.two_servers().await?;
        let board = env.board(&first).await?;
        let ada = env.guest("ada", &board.owner.at(&first)).await?;
        let ben = env.guest("ben", &board.edit.at(&second)).await?;
        for person in [&ada, &ben] {
            open_chat(person).await?;
        }
        write_by_turns(&ada, &ben, "before").await?;
        env.redis()?.kill().await?;
        let back = tokio::time::Instant::now() + OUTAGE;
        write_by_turns(&ada, &ben, "meanwhile").await?;
        for person in [&ada, &ben] {
            person.wait_for_status("Not saved").await?;
        }
        // The outage has a fixed length; this is not a wait for an event.
        tokio::time::sleep_until(back).await;
        env.redis()?.restart().await?;
        for person in [&ada, &ben] {
            person.wait_until_saved().await?;
        }
        write_by_turns(&ada, &ben, "after").await?;
        let cleo = env.guest("cleo", &board.view.at(&first)).await?;
        open_chat(&cleo).await?;
        all_have_each_message_once(&ada, &[&ben, &cleo], WHEN).await
    });
}
