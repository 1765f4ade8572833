//! `GET` and `POST /api/v1/boards/{board}/chat`: reads and writes the conversation.

use axum::Json;
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Response};
use serde::Deserialize;
use utoipa::{IntoParams, ToSchema};

use super::super::body::{JsonBody, QueryOf};
use super::super::description::{BoardParameter, Body, Full, Guest, Linked, ProgramHeader, Unfit};
use super::super::rest::no_store;
use super::visit::Program;
use crate::guest::{ChatMessages, WrittenMessage};
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
    let messages = guests.read_chat(&visit, query.page).await?;
    Ok(no_store(Json(messages)).into_response())
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
    let Program { guests, visit, .. } = program;
    let reply_to = body.reply_to.as_deref();
    let written = guests.write_chat(&visit, body.text, reply_to).await?;
    Ok((StatusCode::CREATED, no_store(Json(written))).into_response())
}
