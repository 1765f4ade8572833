//! Request bodies: bounded, never compressed, JSON with errors as problems.

use axum::Json;
use axum::body::HttpBody as _;
use axum::extract::rejection::{BytesRejection, JsonRejection, QueryRejection};
use axum::extract::{FromRequest, FromRequestParts, Query, Request};
use axum::http::request::Parts;
use axum::http::{StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Response};
use serde::de::DeserializeOwned;

use crate::request::Problem;

/// Largest body of a call: a title, an id, a secret, and room to spare.
pub(super) const MAX_BODY_BYTES: usize = 16 * 1024;

/// Largest body of a change of elements: as JSON, the largest commit takes some times as much as it has
/// bytes.
pub(super) const MAX_WORK_BYTES: usize = 2 * 1024 * 1024;

/// Refuses compressed bodies, which could unpack to any size. tower-http's decompression layer
/// would refuse them too, but needs its decompressors compiled in to do so.
pub(super) async fn refuse_encoded(request: Request, next: Next) -> Response {
    if request.headers().contains_key(header::CONTENT_ENCODING) {
        let detail = "send the body without Content-Encoding";
        return Problem::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, detail).into_response();
    }
    next.run(request).await
}

/// A JSON body that may be left out, or be null. `Option<Json<T>>` would ignore a body without a content type.
pub(super) struct OptionalJson<T>(pub(super) Option<T>);

impl<T: DeserializeOwned, S: Send + Sync> FromRequest<S> for OptionalJson<T> {
    type Rejection = Problem;

    async fn from_request(request: Request, state: &S) -> Result<Self, Problem> {
        if request.body().is_end_stream() {
            return Ok(Self(None));
        }
        let Json(value) = <Json<Option<T>> as FromRequest<S>>::from_request(request, state).await?;
        Ok(Self(value))
    }
}

/// A JSON body.
pub(super) struct JsonBody<T>(pub(super) T);

impl<T: DeserializeOwned, S: Send + Sync> FromRequest<S> for JsonBody<T> {
    type Rejection = Problem;

    async fn from_request(request: Request, state: &S) -> Result<Self, Problem> {
        let Json(value) = <Json<T> as FromRequest<S>>::from_request(request, state).await?;
        Ok(Self(value))
    }
}

/// A JSON body of up to [`MAX_WORK_BYTES`].
pub(super) struct LargeJson<T>(pub(super) T);

impl<T: DeserializeOwned, S: Send + Sync> FromRequest<S> for LargeJson<T> {
    type Rejection = Problem;

    async fn from_request(request: Request, state: &S) -> Result<Self, Problem> {
        match <Json<T> as FromRequest<S>>::from_request(request, state).await {
            Ok(Json(value)) => Ok(Self(value)),
            Err(wrong) if wrong.status() == StatusCode::PAYLOAD_TOO_LARGE => {
                let detail = format!("the body is larger than {MAX_WORK_BYTES} bytes");
                Err(Problem::new(StatusCode::PAYLOAD_TOO_LARGE, detail))
            }
            Err(wrong) => Err(wrong.into()),
        }
    }
}

/// The query of a request, with errors as problems.
pub(super) struct QueryOf<T>(pub(super) T);

impl<T: DeserializeOwned, S: Send + Sync> FromRequestParts<S> for QueryOf<T> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        let query = Query::<T>::from_request_parts(parts, state).await;
        let fault =
            |wrong: QueryRejection| Problem::new(StatusCode::BAD_REQUEST, wrong.body_text());
        let Query(query) = query.map_err(fault)?;
        Ok(Self(query))
    }
}

impl From<JsonRejection> for Problem {
    fn from(rejection: JsonRejection) -> Self {
        match rejection {
            JsonRejection::BytesRejection(rejection) => rejection.into(),
            JsonRejection::MissingJsonContentType(_) => Self::new(
                StatusCode::UNSUPPORTED_MEDIA_TYPE,
                "the body must be application/json",
            ),
            // Whether the syntax or a field is wrong: for the caller both are a bad request.
            wrong => Self::new(StatusCode::BAD_REQUEST, wrong.body_text()),
        }
    }
}

impl From<BytesRejection> for Problem {
    fn from(rejection: BytesRejection) -> Self {
        if rejection.status() == StatusCode::PAYLOAD_TOO_LARGE {
            let detail = format!("the body is larger than {MAX_BODY_BYTES} bytes");
            return Self::new(StatusCode::PAYLOAD_TOO_LARGE, detail);
        }
        Self::new(rejection.status(), rejection.body_text())
    }
}
