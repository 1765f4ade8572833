//! Earlier answers to the same asker.

use std::sync::Arc;

use shared::chat::{Chat, Message, MessageBody, PROGRESS, TextBody, question};
use shared::id::MessageId;

use super::command::Command;
use super::failure::Failure;
use super::service::Assistant;
use crate::guest::{GuestVisit, Guests};
use crate::request::Problem;

/// The last line of an answer whose server died.
const INTERRUPTED: &str = "(interrupted)";
/// Answers in which something to undo is looked for. Each search reads the history of the board.
const ANSWERS_TO_UNDO: usize = 4;

/// The answers for which something may have been drawn, newest first. `except` is the one that asks.
pub(super) async fn drawn(
    guests: &Arc<Guests>,
    visit: &GuestVisit,
    except: MessageId,
) -> Result<Vec<MessageId>, Failure> {
    let me = visit.person();
    let look = guests.look(visit, move |state| {
        let newest = state.chat.messages.iter().rev();
        let mine = newest.filter(|it| it.stamp.person == me && it.id != except);
        let drawn = mine.filter(|it| may_have_drawn(&state.chat, it));
        let ids = drawn.map(|message| message.id);
        ids.take(ANSWERS_TO_UNDO).collect()
    });
    Ok(look.await.map_err(Problem::from)?)
}

/// Whether something may have been drawn for an answer: its question asks for more than to undo or for
/// help.
fn may_have_drawn(chat: &Chat, answer: &Message) -> bool {
    let asked = text(answer).and_then(|body| body.reply_to);
    let mut messages = chat.messages.iter();
    let asked = messages.find(|message| Some(message.id) == asked);
    let asked = asked.and_then(text).and_then(|body| question(&body.text));
    let command = asked.map(|asked| Command::parse(asked, true));
    !matches!(command, Some(Command::Undo | Command::Help))
}

const fn text(message: &Message) -> Option<&TextBody> {
    match &message.body {
        MessageBody::Text(body) => Some(body),
        MessageBody::Notice(_) | MessageBody::Deleted => None,
    }
}

/// Closes earlier answers to the same asker that a server left open when it died, so that pages do not
/// take them for answers that grow again.
pub(super) async fn close_abandoned(
    assistant: &Assistant,
    visit: &GuestVisit,
) -> Result<(), Problem> {
    let (guests, me) = (&assistant.guests, visit.person());
    let look = guests.look(visit, move |state| {
        let mine = state
            .chat
            .messages
            .iter()
            .filter(|it| it.stamp.person == me);
        let open = mine.filter_map(|message| match &message.body {
            MessageBody::Text(body) if body.open => Some((message.id, body.text.clone())),
            _ => None,
        });
        open.collect::<Vec<_>>()
    });
    for (id, text) in look.await? {
        if assistant.open().contains(&id) {
            continue;
        }
        let text = text.lines().filter(|line| !line.starts_with(PROGRESS));
        let text = text.collect::<Vec<_>>().join("\n");
        let text = format!("{}\n\n{INTERRUPTED}", text.trim())
            .trim()
            .to_owned();
        guests.edit_message(visit, id, text, false).await?;
    }
    Ok(())
}
