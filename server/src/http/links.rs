//! The links and settings of a board over REST, for owners.

use std::sync::Arc;

use axum::Json;
use axum::extract::{FromRequestParts, Path};
use axum::http::request::Parts;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use serde::{Deserialize, Deserializer, Serialize};
use shared::api::{
    ApiError, BoardManagement, BoardService as _, BoardSettings, LinkInfo, ManageRequest,
};
use shared::id::LinkId;
use shared::protocol::Role;

use super::access::Access;
use super::body::OptionalJson;
use super::rest::{caller_boards, no_store};
use crate::request::{Problem, RequestInfo};
use crate::state::AppState;

/// The body of a request that makes a link.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct NewLink {
    role: Role,
    #[serde(default)]
    label: String,
    expires_ms: Option<u64>,
    max_people: Option<u32>,
}

/// The body of a request that changes a link. A field that is left out stays as it is; null takes a
/// limit away.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct LinkChanges {
    label: Option<String>,
    #[serde(default, deserialize_with = "present")]
    expires_ms: Option<Option<u64>>,
    #[serde(default, deserialize_with = "present")]
    max_people: Option<Option<u32>>,
}

/// The body of a request that changes settings. A field that is left out stays as it is.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct SettingChanges {
    viewers_chat: Option<bool>,
    viewers_see_cursors: Option<bool>,
    editors_gather: Option<bool>,
    frozen: Option<bool>,
    programs_propose: Option<bool>,
}

/// The answer that lists links.
#[derive(Debug, Serialize)]
struct Links {
    links: Vec<LinkInfo>,
}

/// A field that is there, also as null.
fn present<'de, T, D>(deserializer: D) -> Result<Option<T>, D::Error>
where
    T: Deserialize<'de>,
    D: Deserializer<'de>,
{
    T::deserialize(deserializer).map(Some)
}

/// The link in the path of a request.
pub(super) struct LinkPath(LinkId);

/// The parameter that all paths of links have.
#[derive(Debug, Deserialize)]
struct LinkParameter {
    link: String,
}

impl<S: Send + Sync> FromRequestParts<S> for LinkPath {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        let path = Path::<LinkParameter>::from_request_parts(parts, state).await;
        let id = path.ok().and_then(|Path(path)| path.link.parse().ok());
        Ok(Self(LinkId(id.ok_or(ApiError::NoLink)?)))
    }
}

/// An owner of a board, and how the owner asks.
pub(super) struct Owner {
    state: Arc<AppState>,
    access: Access,
    info: RequestInfo,
}

impl FromRequestParts<Arc<AppState>> for Owner {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &Arc<AppState>) -> Result<Self, Problem> {
        let access = Access::from_request_parts(parts, state).await?;
        let Ok(info) = RequestInfo::from_request_parts(parts, state).await;
        Ok(Self {
            state: Arc::clone(state),
            access,
            info,
        })
    }
}

impl Owner {
    async fn ask(&self, request: ManageRequest) -> Result<BoardManagement, ApiError> {
        let Access { board, secret } = self.access;
        let boards = caller_boards(&self.state, &self.info);
        boards.manage(board, secret, request).await
    }

    /// The answer about a link that was made.
    fn made(&self, management: BoardManagement) -> Result<Response, Problem> {
        // Numbers only go up.
        let made = management.links.into_iter().max_by_key(|link| link.id);
        let made = made.ok_or(ApiError::NoLink)?;
        let location = format!(
            "{}/api/v1/boards/{}/links/{}",
            self.state.config.base_path(),
            self.access.board,
            made.id.0
        );
        let mut response = (StatusCode::CREATED, no_store(Json(made))).into_response();
        if let Ok(location) = HeaderValue::try_from(location) {
            response.headers_mut().insert(header::LOCATION, location);
        }
        Ok(response)
    }
}

/// `GET /api/v1/boards/{board}/links`
pub(super) async fn list(owner: Owner) -> Result<Response, Problem> {
    let BoardManagement { links, .. } = owner.ask(ManageRequest::List).await?;
    Ok(no_store(Json(Links { links })).into_response())
}

/// `POST /api/v1/boards/{board}/links`
pub(super) async fn make(
    owner: Owner,
    OptionalJson(body): OptionalJson<NewLink>,
) -> Result<Response, Problem> {
    let body = body.ok_or_else(|| missing("{\"role\": \"view\"}"))?;
    let request = ManageRequest::MakeLink {
        role: body.role,
        label: body.label,
        expires_ms: body.expires_ms,
        max_people: body.max_people,
    };
    owner.made(owner.ask(request).await?)
}

/// `PATCH /api/v1/boards/{board}/links/{link}`
pub(super) async fn change(
    owner: Owner,
    LinkPath(id): LinkPath,
    OptionalJson(body): OptionalJson<LinkChanges>,
) -> Result<Response, Problem> {
    let body = body.ok_or_else(|| missing("{\"label\": …}"))?;
    let before = found(owner.ask(ManageRequest::List).await?, id)?;
    let request = ManageRequest::ChangeLink {
        id,
        label: body.label.unwrap_or(before.label),
        expires_ms: body.expires_ms.unwrap_or(before.expires_ms),
        max_people: body.max_people.unwrap_or(before.max_people),
    };
    let link = found(owner.ask(request).await?, id)?;
    Ok(no_store(Json(link)).into_response())
}

/// `DELETE /api/v1/boards/{board}/links/{link}`
pub(super) async fn revoke(owner: Owner, LinkPath(id): LinkPath) -> Result<Response, Problem> {
    owner.ask(ManageRequest::RevokeLink { id }).await?;
    Ok(StatusCode::NO_CONTENT.into_response())
}

/// `POST /api/v1/boards/{board}/links/{link}/rotate`
pub(super) async fn rotate(owner: Owner, LinkPath(id): LinkPath) -> Result<Response, Problem> {
    owner.made(owner.ask(ManageRequest::RotateLink { id }).await?)
}

/// `PATCH /api/v1/boards/{board}/settings`
pub(super) async fn set(
    owner: Owner,
    OptionalJson(body): OptionalJson<SettingChanges>,
) -> Result<Response, Problem> {
    let body = body.ok_or_else(|| missing("{\"frozen\": true}"))?;
    let before = owner.ask(ManageRequest::List).await?.settings;
    let settings = BoardSettings {
        viewers_chat: body.viewers_chat.unwrap_or(before.viewers_chat),
        viewers_see_cursors: body
            .viewers_see_cursors
            .unwrap_or(before.viewers_see_cursors),
        editors_gather: body.editors_gather.unwrap_or(before.editors_gather),
        frozen: body.frozen.unwrap_or(before.frozen),
        programs_propose: body.programs_propose.unwrap_or(before.programs_propose),
    };
    let management = owner.ask(ManageRequest::Settings(settings)).await?;
    Ok(no_store(Json(management.settings)).into_response())
}

fn found(management: BoardManagement, id: LinkId) -> Result<LinkInfo, ApiError> {
    let mut links = management.links.into_iter();
    links.find(|link| link.id == id).ok_or(ApiError::NoLink)
}

fn missing(example: &str) -> Problem {
    let detail = format!("say what you want: {example}");
    Problem::new(StatusCode::BAD_REQUEST, detail)
}
