//! Refused requests for blobs, and which status each refusal gets.

use std::time::Duration;

use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};

use super::UPLOAD_OFFSET;
use crate::blob::{BlobError, BoardLimit};
use crate::picture::PictureError;
use crate::request::Problem;
use crate::service::BlobRefusal;

/// After this time some unfinished uploads may have ended.
const UNFINISHED_WAIT: Duration = Duration::from_secs(60);

/// A request that was refused, and where an upload goes on if that is the reason.
#[derive(Debug)]
pub(in super::super) struct Refused {
    problem: Problem,
    offset: Option<u64>,
}

impl From<Problem> for Refused {
    fn from(problem: Problem) -> Self {
        let offset = None;
        Self { problem, offset }
    }
}

impl From<BlobRefusal> for Refused {
    fn from(refusal: BlobRefusal) -> Self {
        let offset = match &refusal {
            BlobRefusal::Offset(offset) => Some(*offset),
            _ => None,
        };
        let problem = problem(refusal);
        Self { problem, offset }
    }
}

impl IntoResponse for Refused {
    fn into_response(self) -> Response {
        let mut response = self.problem.into_response();
        if let Some(offset) = self.offset {
            response.headers_mut().insert(UPLOAD_OFFSET, offset.into());
        }
        response
    }
}

/// The status of each refusal.
fn problem(refusal: BlobRefusal) -> Problem {
    let detail = refusal.to_string();
    let status = match refusal {
        BlobRefusal::Access(error) => return error.into(),
        BlobRefusal::Picture(error) => status_of_picture(&error),
        BlobRefusal::Store(BlobError::Full(_)) => return Problem::storage_full(detail),
        BlobRefusal::Store(BlobError::Unavailable(_) | BlobError::ReadOnly(_)) => {
            return Problem::unavailable(detail);
        }
        BlobRefusal::Store(BlobError::Missing(_)) => StatusCode::NOT_FOUND,
        BlobRefusal::Offset(_) => StatusCode::CONFLICT,
        BlobRefusal::Store(BlobError::BoardLimit(limit)) => match limit {
            BoardLimit::Blobs | BoardLimit::Bytes => StatusCode::PAYLOAD_TOO_LARGE,
            BoardLimit::Unfinished => return Problem::too_many(detail, UNFINISHED_WAIT),
        },
        BlobRefusal::Length(_) | BlobRefusal::TooManyBytes(_) => StatusCode::PAYLOAD_TOO_LARGE,
        BlobRefusal::Hash => StatusCode::UNPROCESSABLE_ENTITY,
        BlobRefusal::TooManyUnfinished => return Problem::too_many(detail, UNFINISHED_WAIT),
        BlobRefusal::Contended => return Problem::unavailable(detail),
        BlobRefusal::TooFast(wait) | BlobRefusal::Overdrawn(wait) => {
            return Problem::too_many(detail, wait);
        }
    };
    Problem::new(status, detail)
}

const fn status_of_picture(error: &PictureError) -> StatusCode {
    match error {
        PictureError::Unknown | PictureError::NotKept(_) | PictureError::OtherFormat { .. } => {
            StatusCode::UNSUPPORTED_MEDIA_TYPE
        }
        PictureError::TooLarge { .. } | PictureError::TooMuchMemory => {
            StatusCode::PAYLOAD_TOO_LARGE
        }
        PictureError::Damaged(_) | PictureError::Metadata(_) => StatusCode::UNPROCESSABLE_ENTITY,
    }
}
