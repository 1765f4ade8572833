//! The one page of the client: start page and boards alike.

use std::path::Path;

use axum::body::Body;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{Html, IntoResponse as _, Response};
use axum::routing::{MethodRouter, get_service};
use tower::ServiceBuilder;
use tower_http::services::ServeFile;
use tower_http::services::fs::ServeFileSystemResponseBody;
use tower_http::set_header::SetResponseHeaderLayer;

/// The page holds names of files, so browsers must ask for it again each time.
const ASK_AGAIN: HeaderValue = HeaderValue::from_static("no-cache");

/// The page while the client is not built.
const NOT_BUILT: &str = "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\">\
<title>Commonslate</title><h1>The client is not built yet</h1>\
<p>This server runs, but its static directory holds no <code>index.html</code>.</p>\
<p>Run <code>cargo xtask build</code> and reload this page, or run <code>trunk serve</code> \
for development and open the address it prints.</p></html>";

/// Answers `GET /` and `GET /b/{board}`. The client decides what an id means, so all are alike.
pub(super) fn index<S: Clone>(dir: &Path) -> MethodRouter<S> {
    let page = ServeFile::new_with_mime(dir.join("index.html"), &mime::TEXT_HTML_UTF_8)
        .precompressed_br()
        .precompressed_gzip();
    let caching = SetResponseHeaderLayer::if_not_present(header::CACHE_CONTROL, ASK_AGAIN);
    get_service(
        ServiceBuilder::new()
            .map_response(page_or_hint)
            .layer(caching)
            .service(page),
    )
}

/// `ServeFile` takes no fallback, so its 404 is replaced here.
fn page_or_hint(response: Response<ServeFileSystemResponseBody>) -> Response {
    if response.status() == StatusCode::NOT_FOUND {
        return (StatusCode::SERVICE_UNAVAILABLE, Html(NOT_BUILT)).into_response();
    }
    response.map(Body::new)
}
