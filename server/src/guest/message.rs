//! Messages of the chat as JSON.

use serde::Serialize;
use shared::chat::{Message, MessageBody, Notice};
use utoipa::ToSchema;

/// A message of the chat.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ChatMessage {
    /// Its id.
    id: String,
    /// The name of its author; empty if the author has none.
    author: String,
    /// The id of the author on this board.
    person: String,
    /// Whether the author came by an owner link.
    as_owner: bool,
    /// Milliseconds since 1970 when the server took it.
    at_ms: u64,
    /// `text`, `notice` for what an owner did, or `deleted`.
    kind: &'static str,
    /// The text, with line breaks; of a notice, a sentence.
    text: String,
    /// The id of the message that it answers.
    #[serde(skip_serializing_if = "Option::is_none")]
    reply_to: Option<String>,
    /// Milliseconds since 1970 when it was edited last.
    #[serde(skip_serializing_if = "Option::is_none")]
    edited_ms: Option<u64>,
    /// How many people set which emoji.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    reactions: Vec<ReactionCount>,
}

/// An emoji below a message.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ReactionCount {
    /// The emoji.
    emoji: String,
    /// How many people set it.
    people: usize,
}

impl From<&Message> for ChatMessage {
    fn from(message: &Message) -> Self {
        let (kind, text) = match &message.body {
            MessageBody::Text(body) => ("text", body.text.clone()),
            MessageBody::Notice(notice) => ("notice", sentence(notice)),
            MessageBody::Deleted => ("deleted", String::new()),
        };
        let body = match &message.body {
            MessageBody::Text(body) => Some(body),
            MessageBody::Notice(_) | MessageBody::Deleted => None,
        };
        Self {
            id: message.id.to_string(),
            author: message.stamp.name.clone(),
            person: message.stamp.person.to_string(),
            as_owner: message.stamp.as_owner,
            at_ms: message.stamp.at_ms,
            kind,
            text,
            reply_to: body.and_then(|body| body.reply_to).map(|id| id.to_string()),
            edited_ms: body.and_then(|body| body.edited_ms),
            reactions: message
                .reactions
                .iter()
                .map(|reaction| ReactionCount {
                    emoji: reaction.emoji.clone(),
                    people: reaction.people.len(),
                })
                .collect(),
        }
    }
}

fn sentence(notice: &Notice) -> String {
    match notice {
        Notice::Frozen => "The board was frozen.".to_owned(),
        Notice::Unfrozen => "The board is no longer frozen.".to_owned(),
        Notice::LinkRevoked(label) => format!("The link “{label}” was revoked."),
        Notice::PersonRemoved(name) => format!("{name} was removed."),
        Notice::Cleared => "The board was cleared.".to_owned(),
    }
}
