//! `POST /api/v1/boards/{board}/undo`: undoes what the program did.

use axum::Json;
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Response};
use serde::{Deserialize, Serialize};
use shared::id::Position;
use utoipa::ToSchema;

use super::super::body::OptionalJson;
use super::super::description::{
    BoardParameter, Body, Conflict, Full, Guest, Linked, ProgramHeader, Unfit,
};
use super::super::rest::no_store;
use super::visit::Program;
use crate::request::Problem;

/// How much is undone.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct UndoRequest {
    /// The position after which the work of the program is undone. Without it, all of it is.
    after: Option<String>,
}

/// What was undone.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct Undone {
    /// How many elements were deleted, restored or changed back.
    changes: usize,
    /// The position of the board after that; none if there was nothing to undo.
    position: Option<String>,
}

/// Undoes the work of programs with this link and this name
///
/// What others changed later stays.
#[utoipa::path(
    post,
    path = "/api/v1/boards/{board}/undo",
    operation_id = "undo",
    tag = "Undo",
    params(BoardParameter, ProgramHeader),
    request_body = Option<UndoRequest>,
    responses(
        (status = 200, description = "What was undone.", body = Undone),
        Linked,
        Body,
        Guest,
        Unfit,
        Conflict,
        Full,
    ),
)]
pub(super) async fn undo(
    program: Program,
    OptionalJson(body): OptionalJson<UndoRequest>,
) -> Result<Response, Problem> {
    let Program { guests, visit, .. } = program;
    let after = body.unwrap_or_default().after;
    let after = after.map(|after| {
        after.parse::<Position>().map_err(|error| {
            let detail = format!("after: {error}");
            Problem::new(StatusCode::UNPROCESSABLE_ENTITY, detail)
        })
    });
    let after = after.transpose()?;
    let undone = guests
        .undo(&visit, after.map_or(0, |after| after.seq))
        .await?;
    let undone = Undone {
        changes: undone.changes,
        position: undone.at.map(|at| at.to_string()),
    };
    Ok(no_store(Json(undone)).into_response())
}
