//! Refused requests: errors as `application/problem+json` (RFC 9457), and which status each error
//! gets.

use std::time::Duration;

use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use problem_details::{ProblemDetails, ProblemType};
use shared::api::ApiError;

use crate::export::Refusal;
use crate::metrics::HttpRefusal;

/// After this time one of the exports that go on may be finished.
const BUSY_WAIT_S: u32 = 5;

/// The answer to a request that failed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    status: StatusCode,
    detail: String,
    retry_after_s: Option<u32>,
    /// Why, if the status does not tell.
    reason: Option<HttpRefusal>,
}

impl Problem {
    /// A problem with a status and one sentence for people.
    pub fn new(status: StatusCode, detail: impl Into<String>) -> Self {
        Self {
            status,
            detail: detail.into(),
            retry_after_s: None,
            reason: None,
        }
    }

    /// The problem with the seconds after which it is worth trying again.
    #[must_use]
    pub fn retry_after(self, seconds: u32) -> Self {
        Self {
            retry_after_s: Some(seconds),
            ..self
        }
    }

    /// The server has nothing at the address of the request.
    #[must_use]
    pub fn unknown() -> Self {
        Self::new(StatusCode::NOT_FOUND, "there is nothing at this address")
    }

    /// The request comes from a page of a foreign origin.
    #[must_use]
    pub fn foreign_origin() -> Self {
        ApiError::ForeignOrigin.into()
    }

    /// A request to a WebSocket address asks for no WebSocket.
    #[must_use]
    pub fn no_upgrade() -> Self {
        Self::new(
            StatusCode::UPGRADE_REQUIRED,
            "this address serves WebSockets, but the request asks for none; a proxy in front of \
             this server must pass on the Upgrade and Connection headers",
        )
    }

    /// The server shuts down.
    #[must_use]
    pub fn shutting_down() -> Self {
        let problem = Self::new(StatusCode::SERVICE_UNAVAILABLE, "the server is going away");
        Self {
            reason: Some(HttpRefusal::Draining),
            ..problem.retry_after(1)
        }
    }

    /// Too many WebSockets are open or have not sent their hello yet.
    #[must_use]
    pub fn too_many_sockets() -> Self {
        let problem = Self::new(
            StatusCode::SERVICE_UNAVAILABLE,
            "too many connections are open",
        );
        Self {
            reason: Some(HttpRefusal::TooManySockets),
            ..problem.retry_after(5)
        }
    }

    /// Too many uploads go on.
    #[must_use]
    pub fn too_many_uploads() -> Self {
        let detail = "too many uploads go on at the same time";
        Self::new(StatusCode::SERVICE_UNAVAILABLE, detail).retry_after(2)
    }

    /// A store has no room left.
    #[must_use]
    pub fn storage_full(detail: String) -> Self {
        Self::new(StatusCode::INSUFFICIENT_STORAGE, detail).retry_after(60)
    }

    /// A store does not answer, or takes nothing.
    #[must_use]
    pub fn unavailable(detail: String) -> Self {
        Self::new(StatusCode::SERVICE_UNAVAILABLE, detail).retry_after(1)
    }

    /// The caller has to wait.
    #[must_use]
    pub fn too_many(detail: String, wait: Duration) -> Self {
        let seconds = wait.as_secs() + u64::from(wait.subsec_nanos() > 0);
        let seconds = u32::try_from(seconds).unwrap_or(u32::MAX).max(1);
        Self::new(StatusCode::TOO_MANY_REQUESTS, detail).retry_after(seconds)
    }

    /// Why, if the status does not tell.
    pub(crate) const fn reason(&self) -> Option<HttpRefusal> {
        self.reason
    }

    /// The status of the answer.
    #[must_use]
    pub const fn status(&self) -> StatusCode {
        self.status
    }

    /// The sentence for people.
    #[must_use]
    pub fn detail(&self) -> &str {
        &self.detail
    }

    /// After how many seconds it is worth trying again, if that is known.
    #[must_use]
    pub const fn retry_after_s(&self) -> Option<u32> {
        self.retry_after_s
    }
}

impl From<ApiError> for Problem {
    fn from(error: ApiError) -> Self {
        let reason = match &error {
            ApiError::NoAccess => Some(HttpRefusal::NoAccess),
            ApiError::ForeignOrigin => Some(HttpRefusal::ForeignOrigin),
            ApiError::Forbidden
            | ApiError::BadTitle
            | ApiError::LinkRevoked
            | ApiError::LinkExpired
            | ApiError::NoLink
            | ApiError::BadLabel
            | ApiError::BadExpiry
            | ApiError::BadPeople
            | ApiError::TooManyLinks
            | ApiError::TooManyNamed
            | ApiError::LastOwner
            | ApiError::TooManyElements
            | ApiError::HistoryLost
            | ApiError::OtherTitle
            | ApiError::TooMany { .. }
            | ApiError::Unavailable
            | ApiError::Transport(_) => None,
        };
        let (status, retry_after_s) = match error {
            ApiError::NoAccess | ApiError::NoLink => (StatusCode::NOT_FOUND, None),
            ApiError::LinkRevoked | ApiError::LinkExpired => (StatusCode::GONE, None),
            ApiError::Forbidden | ApiError::ForeignOrigin => (StatusCode::FORBIDDEN, None),
            ApiError::BadTitle
            | ApiError::OtherTitle
            | ApiError::BadLabel
            | ApiError::BadExpiry
            | ApiError::BadPeople
            | ApiError::TooManyElements => (StatusCode::UNPROCESSABLE_ENTITY, None),
            ApiError::TooManyLinks
            | ApiError::TooManyNamed
            | ApiError::LastOwner
            | ApiError::HistoryLost => (StatusCode::CONFLICT, None),
            ApiError::TooMany { retry_after_s } => {
                (StatusCode::TOO_MANY_REQUESTS, Some(retry_after_s))
            }
            ApiError::Unavailable => (StatusCode::SERVICE_UNAVAILABLE, Some(1)),
            ApiError::Transport(_) => (StatusCode::BAD_REQUEST, None),
        };
        Self {
            status,
            detail: error.to_string(),
            retry_after_s,
            reason,
        }
    }
}

impl From<Refusal> for Problem {
    fn from(refusal: Refusal) -> Self {
        let detail = refusal.to_string();
        match refusal {
            Refusal::Board(error) => error.into(),
            Refusal::Query(_) => Self::new(StatusCode::BAD_REQUEST, detail),
            Refusal::Unfit(_) => Self::new(StatusCode::UNPROCESSABLE_ENTITY, detail),
            Refusal::Busy(_) => {
                Self::new(StatusCode::SERVICE_UNAVAILABLE, detail).retry_after(BUSY_WAIT_S)
            }
            Refusal::Overdrawn(wait) => Self::too_many(detail, wait),
            Refusal::Failed => Self::new(StatusCode::INTERNAL_SERVER_ERROR, detail),
        }
    }
}

impl Problem {
    /// The problem as JSON, for answers that have begun.
    #[must_use]
    pub fn details(&self) -> ProblemDetails {
        ProblemDetails::from_status_code(self.status)
            .with_type(ProblemType::default())
            .with_detail(self.detail.clone())
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let mut response = self.details().into_response();
        if let Some(reason) = self.reason {
            response.extensions_mut().insert(reason);
        }
        let headers = response.headers_mut();
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
        if let Some(seconds) = self.retry_after_s {
            headers.insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        }
        if self.status == StatusCode::UPGRADE_REQUIRED {
            headers.insert(header::UPGRADE, HeaderValue::from_static("websocket"));
            headers.insert(header::CONNECTION, HeaderValue::from_static("upgrade"));
        }
        if self.status == StatusCode::UNAUTHORIZED {
            headers.insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
        }
        response
    }
}
