//! The REST API, for scripts.

use std::sync::Arc;

use axum::Json;
use axum::body::Body;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use shared::api::{ApiError, BoardInfo, BoardService as _, CreatedBoard, Links};
use shared::id::{BoardId, Secret};
use shared::protocol::Role;

use super::body;
use super::problem::Problem;
use super::visit::Visit;
use crate::service::Desk;
use crate::site::Site;

/// What may be said about a board that is to be made.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct NewBoard {
    title: Option<String>,
}

/// What may be changed about a board.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Changes {
    title: String,
}

/// A board that was made. Ids are text here, while they are bytes in MessagePack.
#[derive(Debug, Serialize)]
struct Created {
    board: String,
    title: String,
    links: Links,
}

/// A board as its link shows it.
#[derive(Debug, Serialize)]
struct Info {
    board: String,
    title: String,
    role: Role,
}

/// `POST /api/v1/boards`
pub(super) async fn create(
    State(site): State<Arc<Site>>,
    visit: Visit,
    headers: HeaderMap,
    body: Body,
) -> Result<Response, Problem> {
    let NewBoard { title } = json(&headers, body).await?.unwrap_or_default();
    let CreatedBoard {
        board,
        title,
        links,
    } = desk(&site, &visit).create(title).await?;
    let created = Created {
        board: board.to_string(),
        title,
        links,
    };
    let location = format!("/api/v1/boards/{}", created.board);
    let mut response = (StatusCode::CREATED, no_store(Json(created))).into_response();
    if let Ok(location) = HeaderValue::try_from(location) {
        response.headers_mut().insert(header::LOCATION, location);
    }
    Ok(response)
}

/// `GET /api/v1/boards/{board}`
pub(super) async fn read(
    State(site): State<Arc<Site>>,
    Path(board): Path<String>,
    visit: Visit,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let (board, secret) = key(&board, &headers)?;
    Ok(shown(desk(&site, &visit).info(board, secret).await?))
}

/// `PATCH /api/v1/boards/{board}`
pub(super) async fn rename(
    State(site): State<Arc<Site>>,
    Path(board): Path<String>,
    visit: Visit,
    headers: HeaderMap,
    body: Body,
) -> Result<Response, Problem> {
    let (board, secret) = key(&board, &headers)?;
    let Some(Changes { title }) = json(&headers, body).await? else {
        return Err(Problem::new(
            StatusCode::BAD_REQUEST,
            "say what to change: {\"title\": …}",
        ));
    };
    Ok(shown(
        desk(&site, &visit).rename(board, secret, title).await?,
    ))
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
pub(super) fn desk(site: &Site, visit: &Visit) -> Desk {
    Desk {
        boards: Arc::clone(&site.boards),
        base: visit.base(site),
        caller: visit.caller,
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

fn no_store<T: IntoResponse>(answer: T) -> impl IntoResponse {
    ([(header::CACHE_CONTROL, "no-store")], answer)
}

/// Reads a JSON body; an empty one is none.
async fn json<T: DeserializeOwned>(headers: &HeaderMap, body: Body) -> Result<Option<T>, Problem> {
    let bytes = body::read(body).await?;
    if bytes.is_empty() {
        return Ok(None);
    }
    body::expect_type(headers, "application/json")?;
    serde_json::from_slice(&bytes).map(Some).map_err(|error| {
        Problem::new(
            StatusCode::BAD_REQUEST,
            format!("the body is not as expected: {error}"),
        )
    })
}

/// Board and secret. What is malformed opens nothing, like what is unknown.
fn key(board: &str, headers: &HeaderMap) -> Result<(BoardId, Secret), Problem> {
    let Some(given) = headers.get(header::AUTHORIZATION) else {
        let detail = "send the secret of a link as Authorization: Bearer …";
        return Err(Problem::new(StatusCode::UNAUTHORIZED, detail));
    };
    let given = given.to_str().unwrap_or_default();
    let secret = given
        .get(..7)
        .filter(|scheme| scheme.eq_ignore_ascii_case("bearer "))
        .and_then(|_| given.get(7..)?.trim().parse::<Secret>().ok());
    match (board.parse::<BoardId>(), secret) {
        (Ok(board), Some(secret)) => Ok((board, secret)),
        (Err(_), _) | (_, None) => Err(ApiError::NoAccess.into()),
    }
}
