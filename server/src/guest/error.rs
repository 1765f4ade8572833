//! Why a guest cannot do what a program asks.

use axum::http::StatusCode;
use shared::api::ApiError;
use shared::protocol::{CloseCode, Refusal};

use crate::request::Problem;
use crate::room::Unread;

/// Why a guest cannot do what a program asks.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(crate) enum GuestError {
    /// The commit was refused.
    #[error("{}", refusal(*.0))]
    Refused(Refusal),
    /// The room closed the connection.
    #[error("{}", .0.reason())]
    Closed(CloseCode),
    /// The connection ended before the answer came, so the commit may be stored or not.
    #[error(
        "the board was interrupted before it answered, so the change may be stored or not; \
         repeat the request with the same Idempotency-Key"
    )]
    Interrupted,
    /// The guest had left before it took the request.
    #[error("the program had left the board; repeat the request")]
    Left,
    /// The store did not answer in time; the commit waits and may be stored later.
    #[error(
        "the change is not stored yet, because the server cannot reach its store; repeat the \
         request with the same Idempotency-Key"
    )]
    NotStoredYet,
    /// The board cannot be read.
    #[error(transparent)]
    Unread(#[from] Unread),
    /// The connection was refused.
    #[error("{0:?}")]
    NotConnected(Problem),
}

/// A sentence about a refused commit.
const fn refusal(reason: Refusal) -> &'static str {
    match reason {
        Refusal::ViewOnly => "this link does not let you change the board",
        Refusal::Invalid => "the change breaks a limit of size or range",
        Refusal::BoardFull => "the board is full",
        Refusal::TooFast => "too many changes in a short time",
        Refusal::TooCostly => "the change is too large for this board; split it",
        Refusal::Frozen => "the board is frozen: only owners change it",
        Refusal::Muted => "an owner muted this program",
        Refusal::Forbidden => "this link does not let you write in the chat",
        Refusal::Protected => "the element is protected: only owners change it",
        Refusal::ProposalsOnly => {
            "programs only propose changes on this board: give the elements a proposal"
        }
    }
}

impl From<GuestError> for Problem {
    fn from(error: GuestError) -> Self {
        let detail = error.to_string();
        match error {
            GuestError::Refused(reason) => refused(reason, detail),
            GuestError::Closed(code) => closed(code, detail),
            GuestError::Interrupted
            | GuestError::Left
            | GuestError::NotStoredYet
            | GuestError::Unread(_) => Self::unavailable(detail),
            GuestError::NotConnected(problem) => problem,
        }
    }
}

fn refused(reason: Refusal, detail: String) -> Problem {
    let status = match reason {
        Refusal::ViewOnly
        | Refusal::Frozen
        | Refusal::Muted
        | Refusal::Forbidden
        | Refusal::Protected
        | Refusal::ProposalsOnly => StatusCode::FORBIDDEN,
        Refusal::Invalid | Refusal::TooCostly => StatusCode::UNPROCESSABLE_ENTITY,
        Refusal::BoardFull => StatusCode::INSUFFICIENT_STORAGE,
        Refusal::TooFast => return Problem::too_many(detail, std::time::Duration::from_secs(1)),
    };
    Problem::new(status, detail)
}

/// The answer to a program whose link is for people only.
pub(crate) fn people_only() -> Problem {
    Problem::new(StatusCode::FORBIDDEN, CloseCode::PeopleOnly.reason())
}

fn closed(code: CloseCode, detail: String) -> Problem {
    match code {
        CloseCode::NoAccess => ApiError::NoAccess.into(),
        CloseCode::LinkRevoked => ApiError::LinkRevoked.into(),
        CloseCode::LinkExpired => ApiError::LinkExpired.into(),
        CloseCode::Removed => {
            let detail = "an owner removed this program from the board";
            Problem::new(StatusCode::FORBIDDEN, detail)
        }
        CloseCode::PeopleOnly => people_only(),
        CloseCode::Crowded | CloseCode::TooFast => {
            Problem::too_many(detail, std::time::Duration::from_secs(5))
        }
        CloseCode::Restart
        | CloseCode::Slow
        | CloseCode::Unavailable
        | CloseCode::Silent
        | CloseCode::Protocol
        | CloseCode::Version
        | CloseCode::Replaced => Problem::unavailable(detail),
    }
}
