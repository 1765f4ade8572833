//! HTTP: which handler answers which path.

mod access;
mod assets;
mod base_path;
mod blobs;
mod body;
mod export;
mod headers;
mod health;
mod links;
mod metrics;
mod pages;
mod programs;
mod refused_body;
mod rest;
mod serve;
mod server_functions;
mod static_dir;

use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::http::StatusCode;
use axum::middleware::{from_fn, from_fn_with_state};
use axum::routing::{any, get, head, patch, post};
use tower_http::timeout::TimeoutLayer;

use crate::guest::Guests;
use crate::state::AppState;
use crate::ws;
use refused_body::SkipLimit;
use static_dir::StaticDir;

pub use serve::{serve, serve_metrics};

/// A request with its body and the answer must be done within this; WebSockets,
/// files and pictures have no such limit.
const REQUEST_DEADLINE: Duration = Duration::from_secs(15);

/// Everything the server answers. Calls are not compressed: their answers are short, and contain
/// secrets beside titles that any caller may choose, so their compressed length would reveal
/// something about the secrets.
pub fn router(state: Arc<AppState>) -> Router {
    let guests = Arc::new(Guests::new(Arc::clone(&state)));
    let deadline = TimeoutLayer::with_status_code(StatusCode::REQUEST_TIMEOUT, REQUEST_DEADLINE);
    let api = Router::new()
        .route("/api/v1/boards", post(rest::create))
        .route(
            "/api/v1/boards/{board}",
            get(rest::read).patch(rest::rename).delete(rest::delete),
        )
        .merge(management())
        .merge(programs::calls(&guests))
        .route("/api/{*rest}", any(rest::unknown))
        .layer(from_fn_with_state(Arc::clone(&state), rest::refuse_foreign));
    let calls = Router::new()
        .merge(api)
        .route("/sfn/{*function}", post(server_functions::call))
        .method_not_allowed_fallback(rest::method_not_allowed)
        .layer(DefaultBodyLimit::max(body::MAX_BODY_BYTES))
        .layer(from_fn(body::refuse_encoded))
        .layer(deadline)
        .layer(from_fn_with_state(SkipLimit::CALL, refused_body::skip));
    let blobs = Router::new()
        .route("/files/{board}", post(blobs::put))
        .route(
            "/files/{board}/{sha256}",
            head(blobs::look).get(blobs::load).patch(blobs::append),
        )
        .method_not_allowed_fallback(rest::method_not_allowed)
        .layer(from_fn_with_state(Arc::clone(&state), rest::refuse_foreign))
        .layer(from_fn(body::refuse_encoded))
        .layer(from_fn_with_state(SkipLimit::PICTURE, refused_body::skip));
    let exports = Router::new()
        .route("/api/v1/boards/{board}/{file}", get(export::read))
        .merge(programs::streams(&guests))
        .method_not_allowed_fallback(rest::method_not_allowed)
        .layer(from_fn_with_state(
            Arc::clone(&state),
            rest::refuse_every_foreign,
        ));
    let dir = &StaticDir::new(&state.config.static_dir);
    let page = pages::index(dir, state.config.base_path());
    Router::new()
        .route("/", page.clone())
        .route("/index.html", page.clone())
        .route("/b/{board}", page)
        .route("/healthz", get(health::alive))
        .route("/readyz", get(health::ready))
        .route("/ws/{board}", get(ws::upgrade))
        .merge(calls)
        .merge(blobs)
        .merge(exports)
        .fallback_service(assets::files(dir))
        .layer(headers::fixed())
        .layer(from_fn_with_state(Arc::clone(&state), headers::add))
        .layer(from_fn_with_state(
            Arc::clone(&state),
            metrics::count_refusals,
        ))
        .with_state(state)
}

/// What owners manage.
fn management() -> Router<Arc<AppState>> {
    Router::new()
        .route(
            "/api/v1/boards/{board}/links",
            get(links::list).post(links::make),
        )
        .route(
            "/api/v1/boards/{board}/links/{link}",
            patch(links::change).delete(links::revoke),
        )
        .route(
            "/api/v1/boards/{board}/links/{link}/rotate",
            post(links::rotate),
        )
        .route("/api/v1/boards/{board}/settings", patch(links::set))
}
