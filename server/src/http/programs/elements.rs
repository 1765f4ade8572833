//! `GET …/elements` and `GET …/elements/{element}`: reads elements of a board.

use std::str::FromStr;

use authoring::{ElementJson, Filter, element_json};
use axum::Json;
use axum::extract::Path;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use shared::id::{ElementId, Position};
use shared::model::{Element, OrderKey};
use shared::sync::Snapshot;
use utoipa::{IntoParams, ToSchema};

use super::super::body::QueryOf;
use super::super::description::{
    BoardParameter, ElementParameters, Guest, Linked, ProgramHeader, Query,
};
use super::super::rest::no_store;
use super::visit::Program;
use crate::request::Problem;

/// Elements on a page if the program does not say how many.
const DEFAULT_PAGE: usize = 200;
/// Elements on a page at most: some megabytes of JSON if all are long strokes.
const MAX_PAGE: usize = 1_000;
/// Elements that one look at the board examines at most. The people on the board wait meanwhile, for
/// less than a frame of their displays.
const MAX_EXAMINED: usize = 5_000;

/// Which elements are asked for.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct ElementsQuery {
    /// Which elements are shown.
    #[serde(flatten)]
    #[param(inline, value_type = FilterParameters)]
    filter: Filter,
    /// `next` of the page before this one.
    after: Option<String>,
    /// How many elements a page has at most: 1 to 1,000, 200 by default.
    limit: Option<String>,
}

/// Which elements are shown.
#[derive(ToSchema)]
#[expect(
    dead_code,
    reason = "only its schema is used; the filter is read by its own crate"
)]
struct FilterParameters {
    /// One of these kinds, with commas between them: `sticky,text`. `arrow` is a line with a head.
    kind: Option<String>,
    /// A part of their text, in upper or lower case.
    text: Option<String>,
    /// The area that they touch: `left,top,right,bottom`.
    area: Option<String>,
    /// Their ids, or the last characters of them, with commas between them.
    id: Option<String>,
}

/// A page of elements.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct Elements {
    /// The elements, from the bottom of the stack to the top, as docs/format.md describes them, with
    /// their `bounds` (left, top, right, bottom) and the `proposal` that they belong to, if any.
    #[schema(value_type = Vec<ElementJson>)]
    elements: Vec<Value>,
    /// The position of the board that the page shows.
    position: String,
    /// Where the next page begins; none on the last page. A page may have fewer elements than asked
    /// for, or none, and still not be the last.
    next: Option<String>,
}

/// Where a page begins: above an element that was examined.
#[derive(Debug, Clone, PartialEq)]
struct Cursor(OrderKey, ElementId);

impl FromStr for Cursor {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        let (id, key) = text.split_once('.').ok_or(())?;
        let key = URL_SAFE_NO_PAD.decode(key).map_err(|_| ())?;
        let key = OrderKey::from_bytes(key).map_err(|_| ())?;
        Ok(Self(key, id.parse().map_err(|_| ())?))
    }
}

impl Cursor {
    fn text(&self) -> String {
        let key: serde_bytes::ByteBuf = self.0.clone().into();
        format!("{}.{}", self.1, URL_SAFE_NO_PAD.encode(key))
    }
}

/// Lists elements, page by page
#[utoipa::path(
    get,
    path = "/api/v1/boards/{board}/elements",
    operation_id = "list_elements",
    tag = "Elements",
    params(BoardParameter, ProgramHeader, ElementsQuery),
    responses((status = 200, description = "Elements.", body = Elements), Linked, Guest, Query),
)]
pub(super) async fn list(
    program: Program,
    QueryOf(query): QueryOf<ElementsQuery>,
) -> Result<Response, Problem> {
    let bad = |detail: &str| Problem::new(StatusCode::BAD_REQUEST, detail);
    let limit = query.limit.map_or(Ok(DEFAULT_PAGE), |limit| limit.parse());
    let limit = limit.ok().filter(|limit| (1..=MAX_PAGE).contains(limit));
    let limit = limit.ok_or_else(|| bad(&format!("limit: 1 to {MAX_PAGE}")))?;
    let after = query.after.map(|after| after.parse::<Cursor>());
    let after = after.transpose();
    let after = after.map_err(|()| bad("after: this is not `next` of an earlier page"))?;
    let Program { guests, visit, .. } = program;
    let filter = query.filter;
    let page = guests.look(&visit, move |state| page(state, &filter, after, limit));
    let page = page.await?;
    let tag = etag(&page.position);
    let mut response = no_store(Json(page)).into_response();
    response
        .headers_mut()
        .extend(tag.map(|tag| (header::ETAG, tag)));
    Ok(response)
}

/// Reads an element
#[utoipa::path(
    get,
    path = "/api/v1/boards/{board}/elements/{element}",
    operation_id = "read_element",
    tag = "Elements",
    params(ElementParameters, ProgramHeader),
    responses(
        (status = 200, description = "The element; the header ETag has the position of the board.", body = ElementJson),
        Linked,
        Guest,
    ),
)]
pub(super) async fn read(
    program: Program,
    Path((_, element)): Path<(String, String)>,
) -> Result<Response, Problem> {
    let missing = || Problem::new(StatusCode::NOT_FOUND, "the board has no such element");
    let id: ElementId = element.parse().map_err(|_| missing())?;
    let Program { guests, visit, .. } = program;
    let found = guests.look(&visit, move |state| {
        let element = state.board.get(id)?;
        Some((shown(state, element), state.at))
    });
    let (element, at) = found.await?.ok_or_else(missing)?;
    let tag = etag(&at.to_string());
    let mut response = no_store(Json(element)).into_response();
    response
        .headers_mut()
        .extend(tag.map(|tag| (header::ETAG, tag)));
    Ok(response)
}

fn page(state: &Snapshot, filter: &Filter, after: Option<Cursor>, limit: usize) -> Elements {
    let board = &state.board;
    let from_there = after.map(|Cursor(key, id)| board.above((key, id)));
    let from_bottom = from_there.is_none().then(|| board.in_order());
    let mut all = from_there
        .into_iter()
        .flatten()
        .chain(from_bottom.into_iter().flatten());
    let mut elements = Vec::new();
    let mut last = None;
    for element in all.by_ref().take(MAX_EXAMINED) {
        last = Some(Cursor(element.props.z.clone(), element.id));
        if filter.matches(board, element) {
            elements.push(shown(state, element));
            if elements.len() == limit {
                break;
            }
        }
    }
    let has_more = all.next().is_some();
    Elements {
        elements,
        position: state.at.to_string(),
        next: last.filter(|_| has_more).map(|cursor| cursor.text()),
    }
}

fn shown(state: &Snapshot, element: &Element) -> Value {
    let mut value = element_json(&state.board, element);
    if let (Some(fields), Some(proposal)) = (value.as_object_mut(), element.props.proposal()) {
        fields.insert("proposal".to_owned(), proposal.to_string().into());
    }
    value
}

/// The position as an entity tag, for `If-Match` of a later change.
pub(super) fn etag(position: &str) -> Option<HeaderValue> {
    HeaderValue::try_from(format!("\"{position}\"")).ok()
}

/// The position in an entity tag.
pub(super) fn position_of_tag(tag: &str) -> Option<Position> {
    tag.trim()
        .strip_prefix('"')?
        .strip_suffix('"')?
        .parse()
        .ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cursor_is_read_as_it_was_written() {
        let cursor = Cursor(OrderKey::first(), ElementId::from_bytes([4; 16]));
        assert_eq!(cursor.text().parse(), Ok(cursor));
        for wrong in [
            "",
            ".",
            "x.y",
            "BAQEBAQEBAQEBAQEBAQEBA.",
            "BAQEBAQEBAQEBAQEBAQEBA.*",
        ] {
            assert!(wrong.parse::<Cursor>().is_err(), "{wrong}");
        }
    }
}
