//! The description of the REST API as OpenAPI, made from its handlers and types, and the page that
//! shows it.
//!
//! Layout: `document` is the description and who serves it; `refusals` are the answers that many calls
//! have in common; `parameters` are what their paths and headers have in common; `page` is for readers.

mod document;
mod page;
mod parameters;
mod refusals;

use std::sync::Arc;

use axum::routing::get;
use axum::{Extension, Router};
use utoipa::openapi::OpenApi;

use crate::state::AppState;

pub(super) use document::empty;
pub(super) use parameters::{
    BoardParameter, ElementParameters, LinkParameters, ProgramHeader, WorkHeaders,
};
pub(super) use refusals::{
    Body, Conflict, Failed, Forbidden, Full, Guest, Linked, Locked, NoLink, Query, Stale, Unfit,
};

/// The routes that serve the description and its page. None of them needs a link.
pub(super) fn routes(described: OpenApi) -> Router<Arc<AppState>> {
    Router::new()
        .route("/api/v1/openapi.json", get(document::read))
        .route("/api/v1", get(page::lead))
        .route("/api/v1/", get(page::lead))
        .route("/api/v1/docs", get(page::lead))
        .route("/api/v1/docs/", get(page::index))
        .route("/api/v1/docs/{file}", get(page::file))
        .layer(Extension(Arc::new(described)))
}
