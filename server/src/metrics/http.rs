//! HTTP requests that were refused.

use axum::http::StatusCode;

use super::label::{CountBy, label};
use super::registrar::Registrar;

/// Why a request or a connection was refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum HttpRefusal {
    TooManyConnections,
    TooManySockets,
    ForeignOrigin,
    NoUpgrade,
    Draining,
    RateLimit,
    NoAccess,
    Forbidden,
    Unauthorized,
    NotFound,
    MethodNotAllowed,
    Timeout,
    TooLarge,
    UnsupportedMedia,
    BadRequest,
    Unavailable,
    StorageFull,
    Internal,
}

label!(HttpRefusal, "reason", {
    HttpRefusal::TooManyConnections => "too_many_connections",
    HttpRefusal::TooManySockets => "too_many_sockets",
    HttpRefusal::ForeignOrigin => "foreign_origin",
    HttpRefusal::NoUpgrade => "no_upgrade",
    HttpRefusal::Draining => "draining",
    HttpRefusal::RateLimit => "rate_limit",
    HttpRefusal::NoAccess => "no_access",
    HttpRefusal::Forbidden => "forbidden",
    HttpRefusal::Unauthorized => "unauthorized",
    HttpRefusal::NotFound => "not_found",
    HttpRefusal::MethodNotAllowed => "method_not_allowed",
    HttpRefusal::Timeout => "timeout",
    HttpRefusal::TooLarge => "too_large",
    HttpRefusal::UnsupportedMedia => "unsupported_media",
    HttpRefusal::BadRequest => "bad_request",
    HttpRefusal::Unavailable => "unavailable",
    HttpRefusal::StorageFull => "storage_full",
    HttpRefusal::Internal => "internal",
});

impl HttpRefusal {
    /// The reason of a status, where nothing else is known; `None` if it refuses nothing.
    pub(crate) fn of_status(status: StatusCode) -> Option<Self> {
        let reason = match status {
            StatusCode::UNAUTHORIZED => Self::Unauthorized,
            StatusCode::FORBIDDEN => Self::Forbidden,
            StatusCode::NOT_FOUND => Self::NotFound,
            StatusCode::METHOD_NOT_ALLOWED => Self::MethodNotAllowed,
            StatusCode::REQUEST_TIMEOUT => Self::Timeout,
            StatusCode::PAYLOAD_TOO_LARGE => Self::TooLarge,
            StatusCode::UNSUPPORTED_MEDIA_TYPE => Self::UnsupportedMedia,
            StatusCode::UPGRADE_REQUIRED => Self::NoUpgrade,
            StatusCode::TOO_MANY_REQUESTS => Self::RateLimit,
            StatusCode::SERVICE_UNAVAILABLE => Self::Unavailable,
            StatusCode::INSUFFICIENT_STORAGE => Self::StorageFull,
            _ if status.is_client_error() => Self::BadRequest,
            _ if status.is_server_error() => Self::Internal,
            _ => return None,
        };
        Some(reason)
    }
}

/// Counts refused requests.
#[derive(Debug, Clone)]
pub(crate) struct HttpMetrics {
    refused: CountBy<HttpRefusal>,
}

impl HttpMetrics {
    pub(super) fn new(all: &mut Registrar<'_>) -> Self {
        let help = "HTTP requests and connections that were refused";
        Self {
            refused: all.count_by("http_refusals", help),
        }
    }

    pub(crate) fn refused(&self, reason: HttpRefusal) {
        self.refused.add(reason, 1);
    }
}
