//! Uploads: in pieces, or whole.

use std::sync::Arc;
use std::time::Duration;

use axum::Json;
use axum::body::{Body, BodyDataStream, Bytes, HttpBody as _};
use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderName, StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use futures::StreamExt as _;
use serde::Serialize;
use shared::limits::MAX_PICTURE_BYTES;
use shared::model::{BlobHash, MediaType};
use tokio::time::timeout;

use super::super::access::{Access, BlobPath};
use super::UPLOAD_OFFSET;
use super::refused::Refused;
use crate::open_limit::OpenPermit;
use crate::request::{Problem, RequestInfo};
use crate::service::{BlobRefusal, Finished, StoredPicture, Upload, Visitor, Wanted};
use crate::state::AppState;

/// How many bytes the blob shall have.
const UPLOAD_LENGTH: HeaderName = HeaderName::from_static("upload-length");
/// A body of which nothing comes for so long has ended.
const BODY_DEADLINE: Duration = Duration::from_secs(15);

/// The answer about a picture that is stored.
#[derive(Debug, Serialize)]
struct Stored {
    sha256: String,
    media_type: &'static str,
    width: u32,
    height: u32,
    /// In base64.
    thumbhash: String,
}

/// The answer about a picture that was complete before. It is not decoded again.
#[derive(Debug, Serialize)]
struct Known {
    sha256: String,
    media_type: &'static str,
}

/// `PATCH /files/{board}/{sha256}`
pub(in super::super) async fn append(
    State(state): State<Arc<AppState>>,
    path: BlobPath,
    info: RequestInfo,
    request: Request,
) -> Result<Response, Refused> {
    let headers = request.headers();
    let wanted = Wanted {
        hash: path.hash,
        offset: number(headers, &UPLOAD_OFFSET)?,
        length: number(headers, &UPLOAD_LENGTH)?,
        media_type: declared_type(headers)?,
    };
    let permit = state.uploads.try_acquire(info.caller);
    let permit = permit.ok_or_else(Problem::too_many_uploads)?;
    let visitor = path.visitor(&info);
    let mut upload = state.blobs.upload(&visitor, wanted).await?;
    let came = receive(Pieces::new(request.into_body()), &permit, &mut upload).await;
    // The bytes that came are kept, also of a body that was cut off.
    upload.store().await?;
    came?;
    let response = match upload.finish().await? {
        Finished::Unfinished => StatusCode::NO_CONTENT.into_response(),
        Finished::Checked(picture) => created(picture),
        Finished::Before(media_type) => known(path.hash, media_type),
    };
    Ok(with_offset(response, upload.offset()))
}

/// `POST /files/{board}`
pub(in super::super) async fn put(
    State(state): State<Arc<AppState>>,
    Access { board, secret }: Access,
    info: RequestInfo,
    request: Request,
) -> Result<Response, Refused> {
    let visitor = Visitor {
        board,
        secret,
        caller: info.caller,
    };
    state.blobs.may_upload(&visitor).await?;
    let announced = request.body().size_hint().lower();
    if announced > MAX_PICTURE_BYTES {
        return Err(BlobRefusal::Length(announced).into());
    }
    let permit = state.whole_uploads.try_acquire(info.caller);
    let permit = permit.ok_or_else(Problem::too_many_uploads)?;
    let file = whole(Pieces::new(request.into_body()), &permit).await?;
    Ok(created(state.blobs.put(&visitor, file).await?))
}

/// Stores a body as it comes.
async fn receive(
    mut pieces: Pieces,
    permit: &OpenPermit,
    upload: &mut Upload<'_>,
) -> Result<(), Refused> {
    while let Some(bytes) = pieces.next(permit).await? {
        upload.take(&bytes).await?;
    }
    Ok(())
}

/// The whole body.
async fn whole(mut pieces: Pieces, permit: &OpenPermit) -> Result<Bytes, Refused> {
    let mut file = Vec::new();
    while let Some(bytes) = pieces.next(permit).await? {
        let length = (file.len() + bytes.len()) as u64;
        if length > MAX_PICTURE_BYTES {
            return Err(BlobRefusal::Length(length).into());
        }
        file.extend_from_slice(&bytes);
    }
    Ok(file.into())
}

/// The pieces of a body, as they come.
struct Pieces(BodyDataStream);

impl Pieces {
    fn new(body: Body) -> Self {
        Self(body.into_data_stream())
    }

    async fn next(&mut self, permit: &OpenPermit) -> Result<Option<Bytes>, Problem> {
        let next = tokio::select! {
            next = timeout(BODY_DEADLINE, self.0.next()) => next,
            () = permit.evicted() => return Err(Problem::too_many_uploads()),
        };
        let late = |_| {
            let detail = "the rest of the body did not come";
            Problem::new(StatusCode::REQUEST_TIMEOUT, detail)
        };
        let cut = |_| Problem::new(StatusCode::BAD_REQUEST, "the body was cut off");
        next.map_err(late)?.transpose().map_err(cut)
    }
}

fn created(picture: StoredPicture) -> Response {
    let StoredPicture { hash, info } = picture;
    let stored = Stored {
        sha256: hash.to_string(),
        media_type: info.media_type.name(),
        width: info.width,
        height: info.height,
        thumbhash: STANDARD.encode(info.thumbhash),
    };
    answer(&stored)
}

fn known(hash: BlobHash, media_type: MediaType) -> Response {
    answer(&Known {
        sha256: hash.to_string(),
        media_type: media_type.name(),
    })
}

fn answer(about: &impl Serialize) -> Response {
    let no_store = [(header::CACHE_CONTROL, "no-store")];
    (StatusCode::CREATED, no_store, Json(about)).into_response()
}

fn with_offset(mut response: Response, offset: u64) -> Response {
    response.headers_mut().insert(UPLOAD_OFFSET, offset.into());
    response
}

/// The number in a header that a request needs.
fn number(headers: &HeaderMap, name: &HeaderName) -> Result<u64, Problem> {
    let value = headers.get(name).and_then(|value| value.to_str().ok());
    value.and_then(|value| value.parse().ok()).ok_or_else(|| {
        let detail = format!("the request needs the header {name} with a number of bytes");
        Problem::new(StatusCode::BAD_REQUEST, detail)
    })
}

/// The format that the type of the content names.
fn declared_type(headers: &HeaderMap) -> Result<MediaType, Problem> {
    let value = headers
        .get(header::CONTENT_TYPE)
        .and_then(|value| value.to_str().ok());
    value.and_then(|value| value.parse().ok()).ok_or_else(|| {
        let detail = "the Content-Type must be image/png, image/jpeg, image/gif or image/webp";
        Problem::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, detail)
    })
}
