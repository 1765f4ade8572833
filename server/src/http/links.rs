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
use utoipa::ToSchema;

use super::access::Access;
use super::body::OptionalJson;
use super::description::{
    BoardParameter, Body, Conflict, Forbidden, LinkParameters, Linked, Unfit,
};
use super::rest::{caller_boards, no_store};
use crate::request::{Problem, RequestInfo};
use crate::state::AppState;

/// A link to make.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({ "role": "edit", "label": "Class 7b", "max_people": 30, "programs": false }))]
pub(super) struct NewLink {
    /// What it grants.
    role: Role,
    /// What its owner calls it: at most 60 characters.
    #[serde(default)]
    label: String,
    /// When it ends, in milliseconds since 1970. Without it, the link does not end by itself.
    expires_ms: Option<u64>,
    /// How many people may be on the board by it at the same time: 1 to 300.
    max_people: Option<u32>,
    /// Whether programs may use it as guests.
    #[serde(default = "are_open")]
    programs: bool,
}

/// Changes of a link. A field that is left out stays as it is; null takes a limit away.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({ "label": "Class 7b", "expires_ms": null, "programs": true }))]
pub(super) struct LinkChanges {
    /// What its owner calls it: at most 60 characters.
    label: Option<String>,
    /// When it ends, in milliseconds since 1970.
    #[serde(default, deserialize_with = "present")]
    expires_ms: Option<Option<u64>>,
    /// How many people may be on the board by it at the same time: 1 to 300.
    #[serde(default, deserialize_with = "present")]
    max_people: Option<Option<u32>>,
    /// Whether programs may use it as guests. Those on the board by it leave within 2 s when this becomes false.
    programs: Option<bool>,
}

/// Changes of settings. A field that is left out stays as it is.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({ "frozen": true }))]
pub(super) struct SettingChanges {
    /// Whether people with a view link may write in the chat.
    viewers_chat: Option<bool>,
    /// Whether people with a view link see the cursors of others.
    viewers_see_cursors: Option<bool>,
    /// Whether people with an edit link may bring all others to the place that they look at.
    editors_gather: Option<bool>,
    /// Whether only owners may change the board.
    frozen: Option<bool>,
    /// Whether programs change the board by proposals only, which people accept.
    programs_propose: Option<bool>,
}

/// The links of a board.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct LinkList {
    /// In the order in which they were made. Links that ended are among them for a while.
    links: Vec<LinkInfo>,
}

/// Links are open to programs unless an owner says otherwise.
const fn are_open() -> bool {
    true
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

/// Lists the links of a board
#[utoipa::path(
    get,
    path = "/api/v1/boards/{board}/links",
    operation_id = "list_links",
    tag = "Links and settings",
    params(BoardParameter),
    responses((status = 200, description = "The links.", body = LinkList), Linked, Forbidden),
)]
pub(super) async fn list(owner: Owner) -> Result<Response, Problem> {
    let BoardManagement { links, .. } = owner.ask(ManageRequest::List).await?;
    Ok(no_store(Json(LinkList { links })).into_response())
}

/// Makes a link
#[utoipa::path(
    post,
    path = "/api/v1/boards/{board}/links",
    operation_id = "make_link",
    tag = "Links and settings",
    params(BoardParameter),
    request_body = NewLink,
    responses(
        (status = 201, description = "The link was made.", body = LinkInfo, headers(
            ("Location" = String, description = "The address of the link in this API"),
        )),
        Linked,
        Body,
        Forbidden,
        Unfit,
        Conflict,
    ),
)]
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
        programs: body.programs,
    };
    owner.made(owner.ask(request).await?)
}

/// Changes a link
#[utoipa::path(
    patch,
    path = "/api/v1/boards/{board}/links/{link}",
    operation_id = "change_link",
    tag = "Links and settings",
    params(LinkParameters),
    request_body = LinkChanges,
    responses(
        (status = 200, description = "The link as it is now.", body = LinkInfo),
        Linked,
        Body,
        Forbidden,
        Unfit,
        Conflict,
    ),
)]
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
        programs: body.programs.unwrap_or(before.programs),
    };
    let link = found(owner.ask(request).await?, id)?;
    Ok(no_store(Json(link)).into_response())
}

/// Revokes a link for good
///
/// All people who came by it are disconnected.
#[utoipa::path(
    delete,
    path = "/api/v1/boards/{board}/links/{link}",
    operation_id = "revoke_link",
    tag = "Links and settings",
    params(LinkParameters),
    responses((status = 204, description = "The link is revoked."), Linked, Forbidden, Conflict),
)]
pub(super) async fn revoke(owner: Owner, LinkPath(id): LinkPath) -> Result<Response, Problem> {
    owner.ask(ManageRequest::RevokeLink { id }).await?;
    Ok(StatusCode::NO_CONTENT.into_response())
}

/// Revokes a link, and makes another one with the same role, label and limits
#[utoipa::path(
    post,
    path = "/api/v1/boards/{board}/links/{link}/rotate",
    operation_id = "rotate_link",
    tag = "Links and settings",
    params(LinkParameters),
    responses(
        (status = 201, description = "The new link.", body = LinkInfo, headers(
            ("Location" = String, description = "The address of the new link in this API"),
        )),
        Linked,
        Forbidden,
        Conflict,
    ),
)]
pub(super) async fn rotate(owner: Owner, LinkPath(id): LinkPath) -> Result<Response, Problem> {
    owner.made(owner.ask(ManageRequest::RotateLink { id }).await?)
}

/// Changes the settings of a board
#[utoipa::path(
    patch,
    path = "/api/v1/boards/{board}/settings",
    operation_id = "change_settings",
    tag = "Links and settings",
    params(BoardParameter),
    request_body = SettingChanges,
    responses(
        (status = 200, description = "All settings as they are now.", body = BoardSettings),
        Linked,
        Body,
        Forbidden,
    ),
)]
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
