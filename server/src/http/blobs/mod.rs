//! Pictures over HTTP: look, upload in pieces that can be resumed, upload whole, load.

mod download;
mod refused;
mod upload;

use std::sync::Arc;

use axum::extract::State;
use axum::http::{HeaderName, StatusCode, header};
use axum::response::{IntoResponse as _, Response};

use super::access::BlobPath;
use crate::blob::BlobState;
use crate::request::RequestInfo;
use crate::state::AppState;

pub(super) use download::load;
pub(super) use upload::{append, put};

use refused::Refused;

/// How many bytes of an upload are stored, or come before those of the request.
const UPLOAD_OFFSET: HeaderName = HeaderName::from_static("upload-offset");

/// `HEAD /files/{board}/{sha256}`
pub(super) async fn look(
    State(state): State<Arc<AppState>>,
    path: BlobPath,
    info: RequestInfo,
) -> Result<Response, Refused> {
    let visitor = path.visitor(&info);
    let found = state.blobs.state(&visitor, path.hash).await?;
    let (status, name, bytes) = match found {
        BlobState::Complete { length } => (StatusCode::OK, header::CONTENT_LENGTH, length),
        BlobState::Unfinished { offset, .. } => (StatusCode::NOT_FOUND, UPLOAD_OFFSET, offset),
    };
    let mut response = (status, [(header::CACHE_CONTROL, "no-store")]).into_response();
    response.headers_mut().insert(name, bytes.into());
    Ok(response)
}
