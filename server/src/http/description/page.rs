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
/// The script that starts the page.
const START: &str = "swagger-initializer.js";
/// Makes the page dark where the person prefers that. Its own switch for that is in a bar that also offers
/// other descriptions, so the bar is left out.
const THEME: &[u8] = b"
(() => {
  const dark = matchMedia('(prefers-color-scheme: dark)');
  const apply = () => document.documentElement.classList.toggle('dark-mode', dark.matches);
  dark.addEventListener('change', apply);
  apply();
})();
";
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
    answer("index.html").ok_or_else(Problem::unknown)
}

/// A file of the page.
pub(super) async fn file(Path(name): Path<String>) -> Result<Response, Problem> {
    answer(&name).ok_or_else(Problem::unknown)
}

/// A file of the page; `None` if there is no such file.
fn answer(name: &str) -> Option<Response> {
    let config = Config::from(DESCRIPTION)
        .validator_url("none")
        .use_base_layout();
    let served = serve(name, Arc::new(config));
    let file = served
        .inspect_err(
            |error| tracing::warn!(%error, "a file of the page about the API cannot be made"),
        )
        .ok()??;
    let mut bytes = file.bytes.into_owned();
    if name == START {
        bytes.extend_from_slice(THEME);
    }
    let mut response = bytes.into_response();
    let headers = response.headers_mut();
    if let Ok(kind) = HeaderValue::try_from(file.content_type) {
        headers.insert(header::CONTENT_TYPE, kind);
    }
    if file.gzpipped {
        headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static("gzip"));
    }
    headers.insert(header::CONTENT_SECURITY_POLICY, POLICY);
    headers.insert(header::CACHE_CONTROL, KEEP);
    Some(response)
}
