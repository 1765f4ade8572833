//! Security headers of every answer: what pages of this server may do, and what
//! other pages may do with them.

use std::sync::Arc;

use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::header::{
    CONTENT_SECURITY_POLICY, HeaderName, REFERRER_POLICY, STRICT_TRANSPORT_SECURITY,
    X_CONTENT_TYPE_OPTIONS, X_FRAME_OPTIONS,
};
use axum::http::{HeaderMap, HeaderValue};
use axum::middleware::Next;
use axum::response::Response;
use tower_http::set_header::response::SetMultipleResponseHeadersLayer;

use crate::config::PublicUrl;
use crate::request::RequestInfo;
use crate::state::AppState;

const FIXED: [(HeaderName, &str); 5] = [
    (X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (REFERRER_POLICY, "no-referrer"),
    (X_FRAME_OPTIONS, "DENY"),
    (
        HeaderName::from_static("cross-origin-opener-policy"),
        "same-origin",
    ),
    (
        HeaderName::from_static("cross-origin-resource-policy"),
        "same-origin",
    ),
];

/// Adds the headers that are the same for every answer.
pub(super) fn fixed() -> SetMultipleResponseHeadersLayer<Response<Body>> {
    let headers = FIXED.map(|(name, value)| (name, HeaderValue::from_static(value)).into());
    SetMultipleResponseHeadersLayer::overriding(headers.into())
}

/// Adds the headers that depend on the request, which tower-http's layer does not see.
pub(super) async fn add(
    State(state): State<Arc<AppState>>,
    info: RequestInfo,
    request: Request,
    next: Next,
) -> Response {
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    // Files that people uploaded have a stricter policy.
    if !headers.contains_key(CONTENT_SECURITY_POLICY) {
        let public = state.config.public_url.as_ref().map(PublicUrl::host);
        let policy = policy(public.or(info.host.as_deref()));
        insert(headers, CONTENT_SECURITY_POLICY, policy);
    }
    if info.base(&state.config).starts_with("https://") {
        headers.insert(
            STRICT_TRANSPORT_SECURITY,
            HeaderValue::from_static("max-age=31536000"),
        );
    }
    response
}

fn insert(headers: &mut HeaderMap, name: HeaderName, value: String) {
    if let Ok(value) = HeaderValue::try_from(value) {
        headers.insert(name, value);
    }
}

/// Nothing but our own files; WebAssembly may be compiled; no inline script.
fn policy(host: Option<&str>) -> String {
    // To some browsers 'self' does not cover WebSockets.
    let sockets = host
        .map(|host| format!(" ws://{host} wss://{host}"))
        .unwrap_or_default();
    format!(
        "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; \
         style-src-attr 'unsafe-inline'; img-src 'self' blob: data:; font-src 'self'; \
         connect-src 'self'{sockets}; manifest-src 'self'; worker-src 'self' blob:; \
         base-uri 'self'; form-action 'none'; frame-ancestors 'none'; object-src 'none'"
    )
}
