//! The files of the built client.

use std::convert::Infallible;

use axum::extract::Request;
use axum::handler::HandlerWithoutStateExt as _;
use axum::http::{HeaderValue, StatusCode, header};
use axum::middleware::{Next, from_fn};
use axum::response::{IntoResponse as _, Response};
use tower::{Service, ServiceBuilder};
use tower_http::services::ServeDir;

use super::static_dir::StaticDir;
use crate::request::Problem;

/// For a file whose name holds a hash of its content: it never changes.
const FOREVER: HeaderValue = HeaderValue::from_static("public, max-age=31536000, immutable");
/// For any other file: browsers ask again each time, and mostly get 304.
const ASK_AGAIN: HeaderValue = HeaderValue::from_static("no-cache");

/// The longest name that file systems take, in bytes.
const MAX_NAME_BYTES: usize = 255;

/// Answers requests for which there is no other route.
pub(super) fn files(
    dir: &StaticDir,
) -> impl Service<Request, Response = Response, Error = Infallible, Future = impl Future + Send + use<>>
+ Clone
+ Send
+ Sync
+ 'static
+ use<> {
    let files = ServeDir::with_backend(dir.path(), dir.clone())
        .append_index_html_on_directories(false)
        .precompressed_br()
        .precompressed_gzip()
        .fallback(missing.into_service());
    ServiceBuilder::new().layer(from_fn(by_name)).service(files)
}

/// Hides some files, and sets how long the others may be cached. Both depend on the name, which
/// tower-http's layers for response headers do not see.
async fn by_name(request: Request, next: Next) -> Response {
    let path = request.uri().path();
    if is_hidden(path) || is_too_long(path) {
        return missing().await.into_response();
    }
    let caching = if has_hash(path) { FOREVER } else { ASK_AGAIN };
    let mut response = next.run(request).await;
    // A problem has its own header, because it must not be cached.
    response
        .headers_mut()
        .entry(header::CACHE_CONTROL)
        .or_insert(caching);
    response
}

async fn missing() -> Problem {
    Problem::new(StatusCode::NOT_FOUND, "there is nothing at this address")
}

/// Whether a file is not part of the client: build tools leave files with such names beside it.
fn is_hidden(path: &str) -> bool {
    path.split('/')
        .any(|part| part.starts_with('.') || part.starts_with("%2e") || part.starts_with("%2E"))
}

/// Whether no file system has such a name.
fn is_too_long(path: &str) -> bool {
    path.split('/').any(|part| part.len() > MAX_NAME_BYTES)
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
    fn no_file_has_a_name_of_256_bytes() {
        assert!(is_too_long(&format!("/a/{}", "x".repeat(256))));
        assert!(!is_too_long(&format!(
            "/{}/{}",
            "x".repeat(255),
            "y".repeat(255)
        )));
    }

    #[test]
    fn hidden_files_stay_hidden() {
        assert!(is_hidden("/.built") && is_hidden("/a/.stage/x.js") && is_hidden("/%2ebuilt"));
        assert!(!is_hidden("/a.b/c.js"));
    }
}
