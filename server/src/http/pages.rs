//! The one page of the client: start page and boards alike.

use std::path::Path;
use std::sync::Arc;

use axum::extract::State;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{Html, IntoResponse as _, Response};
use sha2::{Digest as _, Sha256};

use crate::site::Site;

/// What a chat shows for a link. The same for all boards: what is on one is
/// nobody's business who has no link.
const PREVIEW: &str = concat!(
    "<meta property=\"og:type\" content=\"website\">",
    "<meta property=\"og:site_name\" content=\"Commonslate\">",
    "<meta property=\"og:title\" content=\"Commonslate\">",
    "<meta property=\"og:description\" content=\"A shared whiteboard: open the link and draw together.\">",
    "<meta name=\"twitter:card\" content=\"summary\">",
);

/// What is shown while there is no client to serve.
const NOT_BUILT: &str = "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\">\
<title>Commonslate</title><h1>The client is not built yet</h1>\
<p>This server runs, but its static directory holds no <code>index.html</code>.</p>\
<p>Run <code>cargo xtask build</code> and reload this page, or run <code>trunk serve</code> \
for development and open the address it prints.</p></html>";

/// `GET /`, `GET /b/{board}`: whatever the id, the client says what it makes of it.
pub(super) async fn index(State(site): State<Arc<Site>>, headers: HeaderMap) -> Response {
    let Some(page) = read(&site.config.static_dir).await else {
        return (StatusCode::SERVICE_UNAVAILABLE, Html(NOT_BUILT)).into_response();
    };
    let etag = etag(&page);
    let known = headers.get_all(header::IF_NONE_MATCH).iter().any(|value| {
        value
            .to_str()
            .is_ok_and(|tags| tags.split(',').any(|tag| matches(tag, &etag)))
    });
    let caching = [
        (header::CACHE_CONTROL, HeaderValue::from_static("no-cache")),
        (
            header::ETAG,
            HeaderValue::try_from(etag).unwrap_or(HeaderValue::from_static("\"\"")),
        ),
    ];
    if known {
        return (StatusCode::NOT_MODIFIED, caching).into_response();
    }
    (caching, Html(page)).into_response()
}

async fn read(dir: &Path) -> Option<String> {
    let page = tokio::fs::read_to_string(dir.join("index.html"))
        .await
        .ok()?;
    Some(page.replacen("</head>", &format!("{PREVIEW}</head>"), 1))
}

fn etag(page: &str) -> String {
    let digest: [u8; 32] = Sha256::digest(page.as_bytes()).into();
    let hex: String = digest
        .iter()
        .take(12)
        .map(|byte| format!("{byte:02x}"))
        .collect();
    format!("\"{hex}\"")
}

fn matches(tag: &str, etag: &str) -> bool {
    let tag = tag.trim();
    tag == "*" || tag.trim_start_matches("W/") == etag
}
