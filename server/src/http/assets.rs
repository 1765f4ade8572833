//! The files of the built client.

use std::sync::Arc;

use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use tower::ServiceExt as _;
use tower_http::services::ServeDir;

use super::problem::Problem;
use crate::site::Site;

/// A file whose name tells its content never changes.
const FOREVER: HeaderValue = HeaderValue::from_static("public, max-age=31536000, immutable");
/// Any other file is asked for again, and mostly answered with 304.
const ASK_AGAIN: HeaderValue = HeaderValue::from_static("no-cache");

/// Answers whatever no other route does.
pub(super) async fn file(State(site): State<Arc<Site>>, request: Request) -> Response {
    let path = request.uri().path().to_owned();
    if is_hidden(&path) {
        return missing();
    }
    let files = ServeDir::new(&site.config.static_dir)
        .append_index_html_on_directories(false)
        .precompressed_br()
        .precompressed_gzip();
    let Ok(response) = files.oneshot(request).await;
    let mut response = response.map(Body::new);
    if response.status() == StatusCode::NOT_FOUND {
        return missing();
    }
    let caching = if has_hash(&path) { FOREVER } else { ASK_AGAIN };
    let headers = response.headers_mut();
    headers.insert(header::CACHE_CONTROL, caching);
    headers.insert(header::VARY, HeaderValue::from_static("accept-encoding"));
    response
}

fn missing() -> Response {
    Problem::new(StatusCode::NOT_FOUND, "there is nothing at this address").into_response()
}

/// Build tools leave notes of their own beside the client, under such names.
fn is_hidden(path: &str) -> bool {
    path.split('/')
        .any(|part| part.starts_with('.') || part.starts_with("%2e") || part.starts_with("%2E"))
}

/// Whether a build put a hash of the content into the name, as in
/// `client-317355d2560345f5_bg.wasm`.
fn has_hash(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or_default();
    name.split(['-', '_', '.'])
        .any(|part| part.len() >= 8 && part.bytes().all(|byte| byte.is_ascii_hexdigit()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_names_with_a_hash_are_kept_forever() {
        for name in [
            "/client-317355d2560345f5.js",
            "/client-317355d2560345f5_bg.wasm",
            "/a/main.0123abcd.css",
        ] {
            assert!(has_hash(name), "{name}");
        }
        for name in [
            "/favicon.svg",
            "/style/main.css",
            "/deadbee.js",
            "/0123abcd/main.css",
        ] {
            assert!(!has_hash(name), "{name}");
        }
    }

    #[test]
    fn hidden_files_stay_hidden() {
        assert!(is_hidden("/.built") && is_hidden("/a/.stage/x.js") && is_hidden("/%2ebuilt"));
        assert!(!is_hidden("/a.b/c.js"));
    }
}
