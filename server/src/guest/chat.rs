//! The conversation of a board, as programs read and write it.

use axum::http::StatusCode;
use serde::Serialize;
use shared::chat::{ChatChange, ChatOp, ChatStamp, NewMessage, Place};
use shared::id::{MessageId, PersonId, Position};
use shared::model::Color;
use shared::op::{Guard, Op};
use utoipa::ToSchema;

use super::guests::{GuestVisit, Guests};
use super::message::ChatMessage;
use super::session::Stored;
use crate::clock::random16;
use crate::request::Problem;

/// Messages of the chat.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ChatMessages {
    /// The messages, oldest first.
    pub(crate) messages: Vec<ChatMessage>,
    /// The page with the messages before these, if there are any.
    pub(crate) older: Option<u64>,
}

/// A message that was written.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct WrittenMessage {
    /// Its id.
    pub(crate) id: String,
    /// The position of the board with the message.
    pub(crate) position: String,
}

impl Guests {
    /// Reads the newest messages of the chat, or an older page.
    ///
    /// # Errors
    /// There is no such page, or the board cannot be read.
    pub(crate) async fn read_chat(
        &self,
        visit: &GuestVisit,
        page: Option<u64>,
    ) -> Result<ChatMessages, Problem> {
        let newest = self.look(visit, |state| state.chat.clone()).await?;
        let Some(page) = page else {
            let messages = newest.messages.iter().map(ChatMessage::from).collect();
            let older = newest.pages.checked_sub(1);
            return Ok(ChatMessages { messages, older });
        };
        if page >= newest.pages {
            let detail = "the chat has no such page";
            return Err(Problem::new(StatusCode::NOT_FOUND, detail));
        }
        let messages = self.chat_page(visit, newest, page).await?;
        let messages = messages.iter().map(ChatMessage::from).collect();
        let older = page.checked_sub(1);
        Ok(ChatMessages { messages, older })
    }

    /// Writes a message in the name of a program. `reply_to` is the id of the message that it answers.
    ///
    /// # Errors
    /// The text or the id cannot be used, or the board refuses the message.
    pub(crate) async fn write_chat(
        &self,
        visit: &GuestVisit,
        text: String,
        reply_to: Option<&str>,
    ) -> Result<WrittenMessage, Problem> {
        let reply_to = reply_to.map(parse_id).transpose()?;
        let (id, stored) = self.post(visit, text, reply_to, false).await?;
        Ok(WrittenMessage {
            id: id.to_string(),
            position: stored.at.to_string(),
        })
    }

    /// Begins a message that grows until it is closed.
    ///
    /// # Errors
    /// The text cannot be used, or the board refuses the message.
    pub(crate) async fn open_message(
        &self,
        visit: &GuestVisit,
        text: String,
        reply_to: MessageId,
    ) -> Result<MessageId, Problem> {
        let (id, _) = self.post(visit, text, Some(reply_to), true).await?;
        Ok(id)
    }

    /// Gives an open message another text, and closes it unless it stays open. Returns the position of
    /// the board with it.
    ///
    /// # Errors
    /// The text cannot be used, or the board refuses the change.
    pub(crate) async fn edit_message(
        &self,
        visit: &GuestVisit,
        id: MessageId,
        text: String,
        open: bool,
    ) -> Result<Position, Problem> {
        let change = ChatChange::Edit { id, text, open };
        Ok(self.change_chat(visit, change).await?.at)
    }

    /// Gives one's own message the place on the board that it shows.
    ///
    /// # Errors
    /// The place cannot be used, or the board refuses the change.
    pub(crate) async fn show_place(
        &self,
        visit: &GuestVisit,
        id: MessageId,
        place: Place,
    ) -> Result<(), Problem> {
        self.change_chat(visit, ChatChange::Show { id, place })
            .await?;
        Ok(())
    }

    async fn post(
        &self,
        visit: &GuestVisit,
        text: String,
        reply_to: Option<MessageId>,
        open: bool,
    ) -> Result<(MessageId, Stored), Problem> {
        let random = random16().map_err(|error| Problem::unavailable(error.to_string()))?;
        let id = MessageId::from_bytes(random);
        let message = NewMessage {
            id,
            text,
            reply_to,
            place: None,
            open,
        };
        let stored = self.change_chat(visit, ChatChange::Post(Box::new(message)));
        Ok((id, stored.await?))
    }

    async fn change_chat(&self, visit: &GuestVisit, change: ChatChange) -> Result<Stored, Problem> {
        let op = ChatOp {
            // The server writes who said it, and when.
            stamp: ChatStamp {
                person: PersonId::from_bytes([0; 16]),
                as_owner: false,
                name: String::new(),
                color: Color::default(),
                at_ms: 0,
            },
            change,
        };
        op.validate()
            .map_err(|fault| Problem::new(StatusCode::UNPROCESSABLE_ENTITY, fault.to_string()))?;
        let ops = vec![Op::Chat(Box::new(op))];
        Ok(self.commit(visit, ops, Guard::Any).await?)
    }
}

fn parse_id(text: &str) -> Result<MessageId, Problem> {
    let detail = "reply_to is not the id of a message";
    let fault = |_| Problem::new(StatusCode::UNPROCESSABLE_ENTITY, detail);
    text.parse().map_err(fault)
}
