//! The REST API, which scripts use.

use std::sync::Arc;

use axum::Json;
use axum::extract::{Request, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use serde::{Deserialize, Serialize};
use shared::api::{BoardInfo, BoardService as _, CreatedBoard, Links};
use shared::protocol::Role;
use utoipa::ToSchema;

use super::access::Access;
use super::body::OptionalJson;
use super::description::{BoardParameter, Body, Forbidden, Full, Linked, NoLink, Unfit};
use crate::request::{Problem, RequestInfo, RequestOrigin, check_origin};
use crate::service::CallerBoards;
use crate::state::AppState;

/// A board to make.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({ "title": "Sprint 12" }))]
pub(super) struct NewBoard {
    /// 1 to 120 characters. Without it, the board is called "Untitled board".
    title: Option<String>,
}

/// Changes of a board.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = BoardChanges, example = json!({ "title": "Sprint 13" }))]
pub(super) struct Changes {
    /// 1 to 120 characters.
    title: String,
}

/// A board that was made. The server keeps no copy of its links.
// Ids are text here, while they are bytes in MessagePack.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = CreatedBoard)]
pub(super) struct Created {
    /// Its id.
    board: String,
    /// Its title.
    title: String,
    /// Its first links.
    links: Links,
}

/// A board.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Board)]
pub(super) struct Info {
    /// Its id.
    board: String,
    /// Its title.
    title: String,
    /// What the link of the request grants.
    role: Role,
}

/// Makes a board
///
/// No link is needed. The answer has the links of the new board.
#[utoipa::path(
    post,
    path = "/api/v1/boards",
    operation_id = "create_board",
    tag = "Boards",
    security(()),
    request_body = Option<NewBoard>,
    responses(
        (status = 201, description = "The board was made.", body = Created, headers(
            ("Location" = String, description = "The address of the board in this API"),
        )),
        Body,
        Forbidden,
        Unfit,
        Full,
        NoLink,
    ),
)]
pub(super) async fn create(
    State(state): State<Arc<AppState>>,
    info: RequestInfo,
    OptionalJson(body): OptionalJson<NewBoard>,
) -> Result<Response, Problem> {
    let NewBoard { title } = body.unwrap_or_default();
    let CreatedBoard {
        board,
        title,
        links,
    } = caller_boards(&state, &info).create(title).await?;
    let created = Created {
        board: board.to_string(),
        title,
        links,
    };
    let location = format!(
        "{}/api/v1/boards/{}",
        state.config.base_path(),
        created.board
    );
    let mut response = (StatusCode::CREATED, no_store(Json(created))).into_response();
    if let Ok(location) = HeaderValue::try_from(location) {
        response.headers_mut().insert(header::LOCATION, location);
    }
    Ok(response)
}

/// Reads the title of a board, and what the link grants
#[utoipa::path(
    get,
    path = "/api/v1/boards/{board}",
    operation_id = "read_board",
    tag = "Boards",
    params(BoardParameter),
    responses((status = 200, description = "The board.", body = Info), Linked),
)]
pub(super) async fn read(
    State(state): State<Arc<AppState>>,
    Access { board, secret }: Access,
    info: RequestInfo,
) -> Result<Response, Problem> {
    Ok(shown(
        caller_boards(&state, &info).info(board, secret).await?,
    ))
}

/// Renames a board
///
/// Editors and owners may do that; on a frozen board, owners only.
#[utoipa::path(
    patch,
    path = "/api/v1/boards/{board}",
    operation_id = "rename_board",
    tag = "Boards",
    params(BoardParameter),
    request_body = Changes,
    responses(
        (status = 200, description = "The board with its new title.", body = Info),
        Linked,
        Body,
        Forbidden,
        Unfit,
    ),
)]
pub(super) async fn rename(
    State(state): State<Arc<AppState>>,
    Access { board, secret }: Access,
    info: RequestInfo,
    OptionalJson(body): OptionalJson<Changes>,
) -> Result<Response, Problem> {
    let Some(Changes { title }) = body else {
        return Err(Problem::new(
            StatusCode::BAD_REQUEST,
            "say what to change: {\"title\": …}",
        ));
    };
    Ok(shown(
        caller_boards(&state, &info)
            .rename(board, secret, title)
            .await?,
    ))
}

/// Deletes a board for good
///
/// Only owners may do that. All people on it are disconnected.
#[utoipa::path(
    delete,
    path = "/api/v1/boards/{board}",
    operation_id = "delete_board",
    tag = "Boards",
    params(BoardParameter),
    responses((status = 204, description = "The board is deleted."), Linked, Forbidden),
)]
pub(super) async fn delete(
    State(state): State<Arc<AppState>>,
    Access { board, secret }: Access,
    info: RequestInfo,
) -> Result<Response, Problem> {
    let boards = caller_boards(&state, &info);
    boards.delete_board(board, secret, None).await?;
    Ok(StatusCode::NO_CONTENT.into_response())
}

/// Refuses changes that pages of foreign origins ask for. They cannot read an answer, but could
/// still use up the limits of the person who opens them.
pub(super) async fn refuse_foreign(
    State(state): State<Arc<AppState>>,
    info: RequestInfo,
    request: Request,
    next: Next,
) -> Response {
    if request.method().is_safe() {
        return next.run(request).await;
    }
    refuse_every_foreign(State(state), info, request, next).await
}

/// Refuses all requests of pages of foreign origins, also those that change nothing, because the
/// answer costs processor time of the person who opens the page.
pub(super) async fn refuse_every_foreign(
    State(state): State<Arc<AppState>>,
    info: RequestInfo,
    request: Request,
    next: Next,
) -> Response {
    if check_origin(&state, &info, request.headers()) == RequestOrigin::Foreign {
        return Problem::foreign_origin().into_response();
    }
    next.run(request).await
}

/// Anything else under `/api`.
pub(super) async fn unknown() -> Problem {
    Problem::unknown()
}

/// A known address, but not with this method.
pub(super) async fn method_not_allowed() -> Problem {
    Problem::new(
        StatusCode::METHOD_NOT_ALLOWED,
        "this address does not answer to that method",
    )
}

/// The service on behalf of the caller.
pub(super) fn caller_boards(state: &AppState, info: &RequestInfo) -> CallerBoards {
    CallerBoards {
        boards: Arc::clone(&state.boards),
        blobs: Arc::clone(&state.blobs),
        base: info.base(&state.config),
        caller: info.caller,
    }
}

fn shown(info: BoardInfo) -> Response {
    let BoardInfo { board, title, role } = info;
    no_store(Json(Info {
        board: board.to_string(),
        title,
        role,
    }))
    .into_response()
}

/// An answer that nothing on the way may keep.
pub(super) fn no_store<T: IntoResponse>(answer: T) -> impl IntoResponse {
    ([(header::CACHE_CONTROL, "no-store")], answer)
}
