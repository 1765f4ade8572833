//! The page that shows the description: Swagger UI, whose files are part of this program.

use std::sync::Arc;

use axum::extract::{Path, State};
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse as _, Redirect, Response};
use utoipa_swagger_ui::{Config, serve};

use crate::request::Problem;
use crate::state::AppState;

/// Where the page finds the description.
const DESCRIPTION: &str = "../openapi.json";
/// The page, and the files that are not those of Swagger UI.
const OWN: [(&str, &str, &str); 3] = [
    (
        INDEX,
        "text/html; charset=utf-8",
        include_str!("page/index.html"),
    ),
    ("theme.js", "text/javascript", include_str!("page/theme.js")),
    ("own.css", "text/css", include_str!("page/own.css")),
];
/// The name of the page among its files.
const INDEX: &str = "index.html";
/// Only files of this server, and no inline script. The page writes style sheets into itself, and its icons
/// are data.
const POLICY: HeaderValue = HeaderValue::from_static(
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; \
     connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
);
/// Browsers may keep the files for so long; a new version of the server may bring others.
const KEEP: HeaderValue = HeaderValue::from_static("public, max-age=3600");

/// Leads to the page.
pub(super) async fn lead(State(state): State<Arc<AppState>>) -> Redirect {
    let base = state.config.base_path();
    Redirect::temporary(&format!("{base}/api/v1/docs/"))
}

/// The page.
pub(super) async fn index() -> Result<Response, Problem> {
    answer(INDEX).ok_or_else(Problem::unknown)
}

/// A file of the page.
pub(super) async fn file(Path(name): Path<String>) -> Result<Response, Problem> {
    answer(&name).ok_or_else(Problem::unknown)
}

/// A file of the page; `None` if there is no such file.
fn answer(name: &str) -> Option<Response> {
    let mut response = match OWN.iter().find(|(own, ..)| *own == name) {
        Some((_, kind, text)) => ([(header::CONTENT_TYPE, *kind)], *text).into_response(),
        None => of_library(name)?,
    };
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_SECURITY_POLICY, POLICY);
    headers.insert(header::CACHE_CONTROL, KEEP);
    Some(response)
}

/// A file of Swagger UI; `None` if it has no such file.
fn of_library(name: &str) -> Option<Response> {
    let config = Config::from(DESCRIPTION)
        .validator_url("none")
        .use_base_layout();
    let file = serve(name, Arc::new(config)).map_err(|error| {
        tracing::warn!(%error, "a file of the page about the API cannot be made");
    });
    let file = file.ok()??;
    let mut response = file.bytes.into_owned().into_response();
    let headers = response.headers_mut();
    if let Ok(kind) = HeaderValue::try_from(file.content_type) {
        headers.insert(header::CONTENT_TYPE, kind);
    }
    if file.gzpipped {
        headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static("gzip"));
    }
    Some(response)
}
