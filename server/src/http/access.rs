//! The board in the path of a request, and the secret in its header.

use axum::extract::{FromRequestParts, Path};
use axum::http::StatusCode;
use axum::http::request::Parts;
use axum_extra::TypedHeader;
use axum_extra::headers::Authorization;
use axum_extra::headers::authorization::Bearer;
use serde::Deserialize;
use shared::api::ApiError;
use shared::id::{BoardId, Secret};
use shared::model::BlobHash;

use crate::request::{Problem, RequestInfo};
use crate::service::Visitor;

/// The board in the path of a request, and the secret in its header.
pub(super) struct Access {
    pub(super) board: BoardId,
    pub(super) secret: Secret,
}

/// The parameter that all paths of boards have.
#[derive(Debug, Deserialize)]
struct BoardPath {
    board: String,
}

/// The board and the blob in the path of a request, and the secret in its header.
pub(super) struct BlobPath {
    board: BoardId,
    pub(super) hash: BlobHash,
    secret: Secret,
}

impl BlobPath {
    /// Who asks.
    pub(super) const fn visitor(&self, info: &RequestInfo) -> Visitor {
        Visitor {
            board: self.board,
            secret: self.secret,
            caller: info.caller,
        }
    }
}

/// The secret in the header of a request; `None` if the header holds something else.
async fn secret<S: Send + Sync>(parts: &mut Parts, state: &S) -> Result<Option<Secret>, Problem> {
    let bearer = TypedHeader::<Authorization<Bearer>>::from_request_parts(parts, state).await;
    if bearer
        .as_ref()
        .is_err_and(|rejection| rejection.is_missing())
    {
        let detail = "send the secret of a link as Authorization: Bearer …";
        return Err(Problem::new(StatusCode::UNAUTHORIZED, detail));
    }
    Ok(bearer.ok().and_then(|bearer| bearer.token().parse().ok()))
}

impl<S: Send + Sync> FromRequestParts<S> for Access {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        let secret = secret(parts, state).await?;
        let path = Path::<BoardPath>::from_request_parts(parts, state).await;
        let board = path.ok().and_then(|Path(path)| path.board.parse().ok());
        // A malformed id or secret is answered like an unknown one.
        let (board, secret) = board.zip(secret).ok_or(ApiError::NoAccess)?;
        Ok(Self { board, secret })
    }
}

impl<S: Send + Sync> FromRequestParts<S> for BlobPath {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        let secret = secret(parts, state).await?;
        let path = Path::<(String, String)>::from_request_parts(parts, state).await;
        let path = path.map(|Path((board, hash))| (board.parse().ok(), hash.parse().ok()));
        let (board, hash) = path.unwrap_or_default();
        let (board, secret) = board.zip(secret).ok_or(ApiError::NoAccess)?;
        let hash = hash.ok_or_else(|| {
            let detail = "the name of a picture is its SHA-256 in 64 digits 0-9 a-f";
            Problem::new(StatusCode::NOT_FOUND, detail)
        })?;
        Ok(Self {
            board,
            hash,
            secret,
        })
    }
}
