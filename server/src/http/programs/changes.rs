//! Changes of elements: `POST …/changes` for several at once, `POST …/elements`, `PATCH` and `DELETE
//! …/elements/{element}` for one, `POST …/arrange`. Each request is one commit.

use std::collections::BTreeMap;

use authoring::{
    Arrange, Author, ChangeJson, ChangedFieldsJson, NewElementJson, Work, WorkError, Written,
};
use axum::Json;
use axum::extract::{FromRequestParts, Path};
use axum::http::request::Parts;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use shared::id::{ElementId, Position};
use shared::model::Board;
use utoipa::ToSchema;

use super::super::body::LargeJson;
use super::super::description::{
    BoardParameter, Body, ElementParameters, Full, Guest, Linked, Locked, ProgramHeader, Stale,
    Unfit, WorkHeaders,
};
use super::super::rest::no_store;
use super::elements::{etag, position_of_tag};
use super::visit::Program;
use crate::clock::random16;
use crate::guest::{Done, Pace, RequestKey, WorkRefusal, WorkTerms};
use crate::request::Problem;
use crate::state::AppState;
use std::sync::Arc;

/// The header by which a program names a request, so that it can be repeated.
const IDEMPOTENCY_KEY: &str = "idempotency-key";
/// The longest key in bytes; a UUID has 36.
const MAX_KEY_BYTES: usize = 255;

/// Several changes that take effect together.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Changes {
    /// New elements, from the bottom of the stack to the top, as docs/api.md describes them.
    #[serde(default)]
    #[schema(value_type = Vec<NewElementJson>, example = json!([{"kind": "sticky", "text": "Ship it"}]))]
    create: Vec<Value>,
    /// Changes: an `id`, and the fields to change. Null gives a field its default.
    #[serde(default)]
    #[schema(value_type = Vec<ChangeJson>)]
    change: Vec<Value>,
    /// The ids of elements to delete.
    #[serde(default)]
    delete: Vec<String>,
    /// Whether the new elements are only proposed: people accept or discard them.
    #[serde(default)]
    propose: bool,
}

/// New elements.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct NewElements {
    /// The elements, from the bottom of the stack to the top, as docs/api.md describes them.
    #[schema(value_type = Vec<NewElementJson>, example = json!([
        {"kind": "rectangle", "id": "a", "text": "Idea"},
        {"kind": "rectangle", "id": "b", "text": "Plan"},
        {"kind": "arrow", "from": "a", "to": "b"},
    ]))]
    elements: Vec<Value>,
    /// Whether they are only proposed: people accept or discard them.
    #[serde(default)]
    propose: bool,
}

/// Changes that were made.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct Changed {
    /// The position of the board with the changes.
    position: String,
    /// The ids of the new elements, in the order of the request; the children of a frame follow it.
    created: Vec<String>,
    /// The words of the request with the ids of the elements that they name.
    words: BTreeMap<String, String>,
    /// The ids of the elements that were changed.
    changed: Vec<String>,
    /// The ids of the elements that were deleted.
    deleted: Vec<String>,
    /// The proposal to which the new elements belong.
    #[serde(skip_serializing_if = "Option::is_none")]
    proposal: Option<String>,
}

/// Under which terms a request is carried out.
pub(super) struct Terms {
    key: RequestKey,
    only_at: Option<Position>,
}

impl FromRequestParts<Arc<AppState>> for Terms {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &Arc<AppState>) -> Result<Self, Problem> {
        let access = super::super::access::Access::from_request_parts(parts, state).await?;
        let key = match parts.headers.get(IDEMPOTENCY_KEY) {
            Some(word) => {
                let word = word.to_str().ok();
                let word = word.filter(|word| (1..=MAX_KEY_BYTES).contains(&word.len()));
                let word = word.ok_or_else(|| {
                    let detail = format!("Idempotency-Key has 1 to {MAX_KEY_BYTES} ASCII letters");
                    Problem::new(StatusCode::BAD_REQUEST, detail)
                })?;
                RequestKey::of_word(access.board, &access.secret, word)
            }
            None => {
                let random = random16();
                let fault =
                    |error: crate::clock::NoRandomness| Problem::unavailable(error.to_string());
                RequestKey::once(random.map_err(fault)?)
            }
        };
        let only_at = only_at(&parts.headers)?;
        Ok(Self { key, only_at })
    }
}

fn only_at(headers: &HeaderMap) -> Result<Option<Position>, Problem> {
    let Some(tag) = headers.get(header::IF_MATCH) else {
        return Ok(None);
    };
    let tag = tag.to_str().unwrap_or_default();
    if tag.trim() == "*" {
        return Ok(None);
    }
    position_of_tag(tag).map(Some).ok_or_else(|| {
        let detail = "If-Match must have the position of an earlier answer, in quotation marks";
        Problem::new(StatusCode::BAD_REQUEST, detail)
    })
}

/// Creates, changes and deletes elements in one commit
///
/// All of it takes effect, or nothing. With `If-Match` the request is refused if the board is no
/// longer at that position. A request that is repeated with the same `Idempotency-Key` takes effect
/// once.
#[utoipa::path(
    post,
    path = "/api/v1/boards/{board}/changes",
    operation_id = "change_elements",
    tag = "Elements",
    params(
        BoardParameter,
        ProgramHeader,
        WorkHeaders,
    ),
    request_body = Changes,
    responses(
        (status = 201, description = "The changes are stored.", body = Changed, headers(
            ("ETag" = String, description = "The position of the board with the change, in quotation marks"),
        )),
        Linked, Body, Guest, Unfit, Full, Stale, Locked,
    ),
)]
pub(super) async fn change(
    program: Program,
    terms: Terms,
    LargeJson(body): LargeJson<Changes>,
) -> Result<Response, Problem> {
    let Changes {
        create,
        change,
        delete,
        propose,
    } = body;
    let work = Work {
        create,
        change,
        delete,
    };
    carry_out_work(program, terms, propose, work).await
}

/// Creates elements
#[utoipa::path(
    post,
    path = "/api/v1/boards/{board}/elements",
    operation_id = "create_elements",
    tag = "Elements",
    params(
        BoardParameter,
        ProgramHeader,
        WorkHeaders,
    ),
    request_body = NewElements,
    responses(
        (status = 201, description = "The elements are stored.", body = Changed, headers(
            ("ETag" = String, description = "The position of the board with the change, in quotation marks"),
        )),
        Linked, Body, Guest, Unfit, Full, Stale, Locked,
    ),
)]
pub(super) async fn create(
    program: Program,
    terms: Terms,
    LargeJson(body): LargeJson<NewElements>,
) -> Result<Response, Problem> {
    let work = Work {
        create: body.elements,
        ..Work::default()
    };
    carry_out_work(program, terms, body.propose, work).await
}

/// Changes an element
#[utoipa::path(
    patch,
    path = "/api/v1/boards/{board}/elements/{element}",
    operation_id = "change_element",
    tag = "Elements",
    params(ElementParameters, ProgramHeader, WorkHeaders),
    request_body = ChangedFieldsJson,
    responses(
        (status = 201, description = "The change is stored.", body = Changed, headers(
            ("ETag" = String, description = "The position of the board with the change, in quotation marks"),
        )),
        Linked, Body, Guest, Unfit, Full, Stale, Locked,
    ),
)]
pub(super) async fn change_one(
    program: Program,
    terms: Terms,
    Path((_, element)): Path<(String, String)>,
    LargeJson(fields): LargeJson<Value>,
) -> Result<Response, Problem> {
    let Value::Object(mut fields) = fields else {
        let detail = "the body must be an object with the fields to change";
        return Err(Problem::new(StatusCode::BAD_REQUEST, detail));
    };
    fields.insert("id".to_owned(), json!(element));
    let work = Work {
        change: vec![Value::Object(fields)],
        ..Work::default()
    };
    carry_out_work(program, terms, false, work).await
}

/// Deletes an element
#[utoipa::path(
    delete,
    path = "/api/v1/boards/{board}/elements/{element}",
    operation_id = "delete_element",
    tag = "Elements",
    params(ElementParameters, ProgramHeader, WorkHeaders),
    responses(
        (status = 201, description = "The element is deleted.", body = Changed, headers(
            ("ETag" = String, description = "The position of the board with the change, in quotation marks"),
        )),
        Linked, Guest, Unfit, Full, Stale, Locked,
    ),
)]
pub(super) async fn delete_one(
    program: Program,
    terms: Terms,
    Path((_, element)): Path<(String, String)>,
) -> Result<Response, Problem> {
    let work = Work {
        delete: vec![element],
        ..Work::default()
    };
    carry_out_work(program, terms, false, work).await
}

/// Arranges elements: aligns, distributes, stacks, tidies up, groups them, or puts them in a grid or in clusters
#[utoipa::path(
    post,
    path = "/api/v1/boards/{board}/arrange",
    operation_id = "arrange_elements",
    tag = "Elements",
    params(BoardParameter, ProgramHeader, WorkHeaders),
    request_body = Arrange,
    responses(
        (status = 201, description = "The elements are arranged.", body = Changed, headers(
            ("ETag" = String, description = "The position of the board with the change, in quotation marks"),
        )),
        Linked, Body, Guest, Unfit, Full, Stale, Locked,
    ),
)]
pub(super) async fn arrange(
    program: Program,
    terms: Terms,
    LargeJson(arrange): LargeJson<Arrange>,
) -> Result<Response, Problem> {
    carry_out(program, terms, false, move |board, author| {
        arrange.ops(board, author)
    })
    .await
}

async fn carry_out_work(
    program: Program,
    terms: Terms,
    is_proposal: bool,
    work: Work,
) -> Result<Response, Problem> {
    carry_out(program, terms, is_proposal, move |board, author| {
        work.ops(board, author)
    })
    .await
}

async fn carry_out(
    program: Program,
    terms: Terms,
    is_proposal: bool,
    plan: impl FnOnce(&Board, &Author<'_>) -> Result<Written, WorkError> + Send + 'static,
) -> Result<Response, Problem> {
    let Program { guests, visit, .. } = program;
    let Terms { key, only_at } = terms;
    let terms = WorkTerms {
        key,
        only_at,
        is_proposal,
        pace: Pace::AtOnce,
    };
    let done = guests.work(&visit, terms, plan).await?;
    let tag = etag(&done.at.to_string());
    let is_repeat = done.is_repeat;
    let mut response = (StatusCode::CREATED, no_store(Json(Changed::from(done)))).into_response();
    let headers = response.headers_mut();
    headers.extend(tag.map(|tag| (header::ETAG, tag)));
    if is_repeat {
        let name = header::HeaderName::from_static("idempotent-replayed");
        headers.insert(name, header::HeaderValue::from_static("true"));
    }
    Ok(response)
}

impl From<Done> for Changed {
    fn from(done: Done) -> Self {
        let texts = |ids: Vec<ElementId>| ids.iter().map(ToString::to_string).collect();
        let words = done.words.into_iter();
        Self {
            position: done.at.to_string(),
            created: texts(done.created),
            words: words.map(|(word, id)| (word, id.to_string())).collect(),
            changed: texts(done.changed),
            deleted: texts(done.deleted),
            proposal: done.proposal.map(|proposal| proposal.to_string()),
        }
    }
}

impl From<WorkRefusal> for Problem {
    fn from(refusal: WorkRefusal) -> Self {
        let detail = refusal.to_string();
        match refusal {
            WorkRefusal::Guest(error) => error.into(),
            WorkRefusal::Changed(_) => Self::new(StatusCode::PRECONDITION_FAILED, detail),
            WorkRefusal::Work(WorkError::Missing { .. }) => {
                Self::new(StatusCode::NOT_FOUND, detail)
            }
            WorkRefusal::Work(WorkError::ReadOnly | WorkError::Protected { .. }) => {
                Self::new(StatusCode::FORBIDDEN, detail)
            }
            WorkRefusal::Work(WorkError::Locked { .. }) => Self::new(StatusCode::CONFLICT, detail),
            WorkRefusal::Work(WorkError::Invalid { .. } | WorkError::TooLarge(_)) => {
                Self::new(StatusCode::UNPROCESSABLE_ENTITY, detail)
            }
        }
    }
}
