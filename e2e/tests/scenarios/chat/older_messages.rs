//! A long conversation.

use anyhow::{Result, ensure};
use e2e::person::Person;
use e2e::test_env::scenario;
use shared::chat::{ChatChange, ChatOp, ChatStamp, NewMessage};
use shared::id::{MessageId, PersonId};
use shared::model::Color;
use shared::op::Op;

use crate::observer::Observer;
use crate::support::chat::{open_chat, say};

/// Messages of the conversation. They are so long that only some come with the board, and that a
/// person who joins gets a snapshot of all of it, without the commits that led to it.
const COUNT: u8 = 150;
/// Messages in one commit.
const TOGETHER: usize = 25;

/// The first sentences of the messages that a page shows.
const TEXTS: &str = "[...document.querySelectorAll('.chat-text')]\
    .map((it) => it.textContent.trim().split('.')[0])";

fn post(number: u8) -> Op {
    let stamp = ChatStamp {
        person: PersonId::from_bytes([0; 16]),
        as_owner: false,
        name: String::new(),
        color: Color::Black,
        at_ms: 0,
    };
    let change = ChatChange::Post(Box::new(NewMessage {
        id: MessageId::from_bytes([number; 16]),
        text: format!("message {number}.{}", " and more".repeat(100)),
        reply_to: None,
        place: None,
        open: false,
    }));
    Op::Chat(Box::new(ChatOp { stamp, change }))
}

#[test]
fn older_messages_come_when_the_list_is_scrolled_to_its_beginning() {
    scenario("older messages", async |env| {
        let url = env.one_server().await?;
        let board = env.board(&url).await?;
        let observer = Observer::join(&url, &board).await?;
        let all: Vec<Op> = (1..=COUNT).map(post).collect();
        for some in all.chunks(TOGETHER) {
            observer.submit(some.to_vec())?;
        }
        let ben = env.guest("ben", &board.edit.at(&url)).await?;
        ben.wait_for_seq(u64::from(COUNT) / TOGETHER as u64).await?;
        let last =
            "document.querySelector('.chat-button').getAttribute('aria-label').includes('unread')";
        ben.page.wait_for::<bool>(last).await?;
        ben.page.reload().await?;
        ben.wait_for_status("Saved").await?;
        open_chat(&ben).await?;
        let last = format!("{TEXTS}.at(-1) === 'message {COUNT}'");
        ben.page.wait_for::<bool>(&last).await?;
        let count: u8 = ben.page.eval(&format!("{TEXTS}.length")).await?;
        ensure!(count < COUNT, "all {count} messages came at once");
        let log = "document.querySelector('.chat-log')";
        let at_end = format!("{log}.scrollHeight - {log}.clientHeight - {log}.scrollTop < 2");
        ben.page.wait_for::<bool>(&at_end).await?;

        // The list stays at the message that was the oldest one.
        ben.page
            .eval::<Option<()>>(&format!("{log}.scrollTop = 0, null"))
            .await?;
        let more = format!("{TEXTS}.length > {count} && {log}.scrollTop > 400");
        ben.page.wait_for::<bool>(&more).await?;
        let expected: Vec<String> = (1..=COUNT).map(|it| format!("message {it}")).collect();
        let expected = serde_json::to_string(&serde_json::to_string(&expected)?)?;
        let complete = format!("{log}.scrollTop = 0, JSON.stringify({TEXTS}) === {expected}");
        ben.page.wait_for::<bool>(&complete).await?;
        ben.page
            .wait_for::<bool>("document.querySelector('.chat-older') === null")
            .await?;
        new_messages_below(&ben, &observer).await
    });
}

/// A person who reads older messages stays there when a new one comes, and can go to it. An own
/// message is shown at once.
async fn new_messages_below(ben: &Person, observer: &Observer) -> Result<()> {
    let log = "document.querySelector('.chat-log')";
    let is_at_end = format!("{log}.scrollHeight - {log}.clientHeight - {log}.scrollTop < 2");
    let top: i64 = ben
        .page
        .eval(&format!("Math.round({log}.scrollTop)"))
        .await?;
    observer.submit(vec![post(COUNT + 1)])?;
    let last = |text: &str| format!("{TEXTS}.at(-1) === {text:?}");
    ben.page
        .wait_for::<bool>(&last(&format!("message {}", COUNT + 1)))
        .await?;
    let now: i64 = ben
        .page
        .eval(&format!("Math.round({log}.scrollTop)"))
        .await?;
    ensure!(now == top, "the list moved from {top} to {now}");
    ben.page.click("button", "Newest messages").await?;
    ben.page.wait_for::<bool>(&is_at_end).await?;
    ben.page
        .eval::<Option<()>>(&format!("{log}.scrollTop = 300, null"))
        .await?;
    ben.page.find("button", "Newest messages").await?;
    say(ben, "one more").await?;
    ben.page.wait_for::<bool>(&last("one more")).await?;
    ben.page.wait_for::<bool>(&is_at_end).await.map(drop)
}
