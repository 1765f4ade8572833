//! A long conversation.

use anyhow::{Result, ensure};
use e2e::test_env::scenario;
use shared::chat::{ChatChange, ChatOp, ChatStamp, NewMessage};
use shared::id::{MessageId, PersonId};
use shared::model::Color;
use shared::op::Op;

use crate::observer::Observer;
use crate::support::chat::{TEXTS, open_chat, say};

/// Messages of the conversation. The newest 100 at most come with the board.
const COUNT: u8 = 150;
/// Messages in one commit.
const TOGETHER: usize = 25;

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
        text: format!("message {number}"),
        reply_to: None,
        place: None,
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
        let expected: Vec<String> = (1..=COUNT).map(|it| format!("message {it}")).collect();
        let expected = serde_json::to_string(&serde_json::to_string(&expected)?)?;
        let complete = format!("JSON.stringify({TEXTS}) === {expected}");
        let complete = ben.page.wait_for::<bool>(&complete);
        complete.await?;
        ben.page
            .wait_for::<bool>(&format!("{log}.scrollTop > 400"))
            .await?;
        ben.page
            .wait_for::<bool>("document.querySelector('.chat-older') === null")
            .await?;
        says_below(&ben).await
    });
}

/// A person who reads older messages stays there when a new one comes, and can go to it.
async fn says_below(ben: &e2e::person::Person) -> Result<()> {
    let log = "document.querySelector('.chat-log')";
    let top: i64 = ben
        .page
        .eval(&format!("Math.round({log}.scrollTop)"))
        .await?;
    say(ben, "one more").await?;
    let last = format!("{TEXTS}.at(-1) === 'one more'");
    ben.page.wait_for::<bool>(&last).await?;
    let now: i64 = ben
        .page
        .eval(&format!("Math.round({log}.scrollTop)"))
        .await?;
    ensure!(now >= top, "the list moved from {top} to {now}");
    ben.page.click("button", "Newest messages").await?;
    let at_end = format!("{log}.scrollHeight - {log}.clientHeight - {log}.scrollTop < 2");
    ben.page.wait_for::<bool>(&at_end).await.map(drop)
}
