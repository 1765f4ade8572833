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

use super::access::Access;
use super::body::OptionalJson;
use crate::request::{Problem, RequestInfo, RequestOrigin, check_origin};
use crate::service::CallerBoards;
use crate::state::AppState;

/// The body of a request that creates a board.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct NewBoard {
    title: Option<String>,
}

/// The body of a request that changes a board.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Changes {
    title: String,
}

/// The answer about a board that was created. Ids are text here, while they are bytes in MessagePack.
#[derive(Debug, Serialize)]
struct Created {
    board: String,
    title: String,
    links: Links,
}

/// The answer about a board that exists.
#[derive(Debug, Serialize)]
struct Info {
    board: String,
    title: String,
    role: Role,
}

/// `POST /api/v1/boards`
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

/// `GET /api/v1/boards/{board}`
pub(super) async fn read(
    State(state): State<Arc<AppState>>,
    Access { board, secret }: Access,
    info: RequestInfo,
) -> Result<Response, Problem> {
    Ok(shown(
        caller_boards(&state, &info).info(board, secret).await?,
    ))
}

/// `PATCH /api/v1/boards/{board}`
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

/// `DELETE /api/v1/boards/{board}`
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
    Problem::new(StatusCode::NOT_FOUND, "there is nothing at this address")
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
