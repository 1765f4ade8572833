//! The one page of the client: start page and boards alike.
//!
//! All addresses in the page are relative to its `<base>`, which names the path below which the
//! server is reached. Trunk builds it for the root; for another path the server writes it into the
//! page, and what its assistant can do.

use std::sync::Arc;

use axum::body::Body;
use axum::extract::Request;
use axum::http::{HeaderValue, StatusCode, Uri, header};
use axum::response::{Html, IntoResponse as _, Response};
use axum::routing::{MethodRouter, get, get_service};
use tower::ServiceBuilder;
use tower_http::services::ServeDir;
use tower_http::services::fs::ServeFileSystemResponseBody;
use tower_http::set_header::SetResponseHeaderLayer;

use super::static_dir::StaticDir;
use crate::config::Config;

/// The page holds names of files, so browsers must ask for it again each time.
const ASK_AGAIN: HeaderValue = HeaderValue::from_static("no-cache");
/// The file of the page.
const INDEX: &str = "index.html";
const INDEX_URI: &str = "/index.html";
/// What the page says of the assistant as it is built.
const NO_ASSISTANT: &str = "<meta name=\"commonslate-assistant\" content=\"\">";
/// The `<base>` of the page as it is built.
const ROOT_BASE: &str = "<base href=\"/\">";

/// The page while the client is not built.
const NOT_BUILT: &str = "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\">\
<title>Commonslate</title><h1>The client is not built yet</h1>\
<p>This server runs, but its static directory holds no <code>index.html</code>.</p>\
<p>Run <code>cargo xtask build</code> and reload this page, or run <code>trunk serve</code> \
for development and open the address it prints.</p></html>";

/// Answers `GET /` and `GET /b/{board}`. The client decides what an id means, so all are alike.
pub(super) fn index<S: Clone + Send + Sync + 'static>(
    dir: &StaticDir,
    config: &Config,
) -> MethodRouter<S> {
    let (base_path, assistant) = (config.base_path(), assistant(config));
    if base_path.is_empty() && assistant.is_empty() {
        return as_built(dir);
    }
    let base: Arc<str> = format!("<base href=\"{base_path}/\">").into();
    let assistant: Arc<str> = NO_ASSISTANT
        .replace("\"\"", &format!("\"{assistant}\""))
        .into();
    let dir = dir.clone();
    get(move || async move {
        match dir.read(INDEX).await {
            Ok(page) => {
                let page = page.replacen(ROOT_BASE, &base, 1);
                let page = page.replacen(NO_ASSISTANT, &assistant, 1);
                ([(header::CACHE_CONTROL, ASK_AGAIN)], Html(page)).into_response()
            }
            Err(_) => not_built(),
        }
    })
}

/// What the assistant of the server can do beside what needs no language model, in the words that the
/// client reads.
fn assistant(config: &Config) -> &'static str {
    match &config.assistant {
        None => "",
        Some(endpoint) if endpoint.image_model.is_some() => "model pictures",
        Some(_) => "model",
    }
}

fn as_built<S: Clone>(dir: &StaticDir) -> MethodRouter<S> {
    let page = ServeDir::with_backend(dir.path(), dir.clone())
        .precompressed_br()
        .precompressed_gzip();
    let caching = SetResponseHeaderLayer::if_not_present(header::CACHE_CONTROL, ASK_AGAIN);
    get_service(
        ServiceBuilder::new()
            .map_request(|mut request: Request| {
                *request.uri_mut() = Uri::from_static(INDEX_URI);
                request
            })
            .map_response(page_or_hint)
            .layer(caching)
            .service(page),
    )
}

/// `ServeDir` names no character set, and its answer to a missing page is replaced here.
fn page_or_hint(response: Response<ServeFileSystemResponseBody>) -> Response {
    if response.status() == StatusCode::NOT_FOUND {
        return not_built();
    }
    let mut response = response.map(Body::new);
    if let Some(kind) = response.headers_mut().get_mut(header::CONTENT_TYPE) {
        *kind = HeaderValue::from_static("text/html; charset=utf-8");
    }
    response
}

fn not_built() -> Response {
    (StatusCode::SERVICE_UNAVAILABLE, Html(NOT_BUILT)).into_response()
}
