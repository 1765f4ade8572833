//! Earlier answers to the same asker.

use std::sync::Arc;

use shared::chat::{Message, MessageBody, PROGRESS};
use shared::id::MessageId;

use super::failure::Failure;
use super::service::Assistant;
use crate::guest::{GuestVisit, Guests};
use crate::request::Problem;

/// The last line of an answer whose server died.
const INTERRUPTED: &str = "(interrupted)";
/// Answers in which something to undo is looked for. Each search reads the history of the board.
const ANSWERS_TO_UNDO: usize = 4;

/// The answers for which something was drawn, newest first. `except` is the one that asks.
pub(super) async fn drawn(
    guests: &Arc<Guests>,
    visit: &GuestVisit,
    except: MessageId,
) -> Result<Vec<MessageId>, Failure> {
    let me = visit.person();
    let look = guests.look(visit, move |state| {
        let newest = state.chat.messages.iter().rev();
        let mine = newest.filter(|it| it.stamp.person == me && it.id != except);
        let ids = mine.filter(|it| has_drawn(it)).map(|message| message.id);
        ids.take(ANSWERS_TO_UNDO).collect()
    });
    Ok(look.await.map_err(Problem::from)?)
}

/// Whether an answer shows what was drawn for it, or perhaps ended before it could.
fn has_drawn(answer: &Message) -> bool {
    match &answer.body {
        MessageBody::Text(body) => {
            body.open || body.place.is_some() || body.text.ends_with(INTERRUPTED)
        }
        MessageBody::Notice(_) | MessageBody::Deleted => false,
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
