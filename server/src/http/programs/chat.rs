//! `GET` and `POST /api/v1/boards/{board}/chat`: reads and writes the conversation.

use axum::Json;
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Response};
use serde::{Deserialize, Serialize};
use shared::chat::{ChatChange, ChatOp, ChatStamp, NewMessage};
use shared::id::{MessageId, PersonId};
use shared::model::Color;
use shared::op::{Guard, Op};
use utoipa::{IntoParams, ToSchema};

use super::super::body::{JsonBody, QueryOf};
use super::super::description::{BoardParameter, Body, Full, Guest, Linked, ProgramHeader, Unfit};
use super::super::rest::no_store;
use super::message::ChatMessage;
use super::visit::Program;
use crate::clock::random16;
use crate::request::Problem;

/// Which messages are asked for.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub(super) struct ChatQuery {
    /// The page of older messages, as `older` of an earlier answer names it. Without it the newest
    /// messages are answered.
    page: Option<u64>,
}

/// Messages of the chat.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct ChatMessages {
    /// The messages, oldest first.
    messages: Vec<ChatMessage>,
    /// The page with the messages before these, if there are any.
    older: Option<u64>,
}

/// A message to write.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct NewChatMessage {
    /// The text, with line breaks: 1 to 4,000 characters.
    #[schema(example = "The nightly build is green.")]
    text: String,
    /// The id of the message that it answers.
    reply_to: Option<String>,
}

/// A message that was written.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct WrittenMessage {
    /// Its id.
    id: String,
    /// The position of the board with the message.
    position: String,
}

/// Reads the newest messages of the chat, or an older page
#[utoipa::path(
    get,
    path = "/api/v1/boards/{board}/chat",
    operation_id = "read_chat",
    tag = "Chat",
    params(BoardParameter, ProgramHeader, ChatQuery),
    responses((status = 200, description = "The messages.", body = ChatMessages), Linked, Guest),
)]
pub(super) async fn read(
    program: Program,
    QueryOf(query): QueryOf<ChatQuery>,
) -> Result<Response, Problem> {
    let Program { guests, visit, .. } = program;
    let newest = guests.look(&visit, |state| state.chat.clone()).await?;
    let Some(page) = query.page else {
        let messages = newest.messages.iter().map(ChatMessage::from).collect();
        let older = newest.pages.checked_sub(1);
        return Ok(no_store(Json(ChatMessages { messages, older })).into_response());
    };
    if page >= newest.pages {
        let detail = "the chat has no such page";
        return Err(Problem::new(StatusCode::NOT_FOUND, detail));
    }
    let messages = guests.chat_page(&visit, newest, page).await?;
    let messages = messages.iter().map(ChatMessage::from).collect();
    let older = page.checked_sub(1);
    Ok(no_store(Json(ChatMessages { messages, older })).into_response())
}

/// Writes a message in the name of the program
///
/// Editors and owners may do that, and viewers if an owner lets them.
#[utoipa::path(
    post,
    path = "/api/v1/boards/{board}/chat",
    operation_id = "write_message",
    tag = "Chat",
    params(BoardParameter, ProgramHeader),
    request_body = NewChatMessage,
    responses(
        (status = 201, description = "The message is stored.", body = WrittenMessage),
        Linked,
        Body,
        Guest,
        Unfit,
        Full,
    ),
)]
pub(super) async fn write(
    program: Program,
    JsonBody(body): JsonBody<NewChatMessage>,
) -> Result<Response, Problem> {
    let reply_to = body.reply_to.as_deref().map(parse_id).transpose()?;
    let random = random16().map_err(|error| Problem::unavailable(error.to_string()))?;
    let id = MessageId::from_bytes(random);
    let op = ChatOp {
        // The server writes who said it, and when.
        stamp: ChatStamp {
            person: PersonId::from_bytes([0; 16]),
            as_owner: false,
            name: String::new(),
            color: Color::default(),
            at_ms: 0,
        },
        change: ChatChange::Post(Box::new(NewMessage {
            id,
            text: body.text,
            reply_to,
            place: None,
            open: false,
        })),
    };
    op.validate()
        .map_err(|fault| Problem::new(StatusCode::UNPROCESSABLE_ENTITY, fault.to_string()))?;
    let ops = vec![Op::Chat(Box::new(op))];
    let Program { guests, visit, .. } = program;
    let stored = guests.commit(&visit, ops, Guard::Any).await?;
    let written = WrittenMessage {
        id: id.to_string(),
        position: stored.at.to_string(),
    };
    Ok((StatusCode::CREATED, no_store(Json(written))).into_response())
}

fn parse_id(text: &str) -> Result<MessageId, Problem> {
    let detail = "reply_to is not the id of a message";
    let fault = |_| Problem::new(StatusCode::UNPROCESSABLE_ENTITY, detail);
    text.parse().map_err(fault)
}
