//! HTTP: which handler answers which path.

mod access;
mod assets;
mod base_path;
mod blobs;
mod body;
mod description;
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
use axum::routing::{any, get, head, post};
use tower_http::timeout::TimeoutLayer;
use utoipa::openapi::OpenApi;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::guest::Guests;
use crate::mcp;
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
    let Api {
        calls,
        streams,
        described,
    } = Api::new(&guests);
    let api = calls
        .merge(description::routes(described))
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
    let streams = streams
        .method_not_allowed_fallback(rest::method_not_allowed)
        .layer(from_fn_with_state(
            Arc::clone(&state),
            rest::refuse_every_foreign,
        ));
    let agents = Router::new()
        .merge(mcp::routes(&guests))
        .method_not_allowed_fallback(rest::method_not_allowed)
        .layer(from_fn(body::refuse_encoded))
        .layer(from_fn_with_state(SkipLimit::PICTURE, refused_body::skip));
    let dir = &StaticDir::new(&state.config.static_dir);
    let page = pages::index(dir, &state.config);
    Router::new()
        .route("/", page.clone())
        .route("/index.html", page.clone())
        .route("/b/{board}", page)
        .route("/healthz", get(health::alive))
        .route("/readyz", get(health::ready))
        .route("/ws/{board}", get(ws::upgrade))
        .merge(calls)
        .merge(blobs)
        .merge(streams)
        .merge(agents)
        .fallback_service(assets::files(dir))
        .layer(headers::fixed())
        .layer(from_fn_with_state(Arc::clone(&state), headers::add))
        .layer(from_fn_with_state(
            Arc::clone(&state),
            metrics::count_refusals,
        ))
        .with_state(state)
}

/// The REST API. Its routes and its description are made from the same list.
struct Api {
    /// The calls whose requests end soon.
    calls: Router<Arc<AppState>>,
    /// The calls whose answers may go on for long.
    streams: Router<Arc<AppState>>,
    described: OpenApi,
}

impl Api {
    fn new(guests: &Arc<Guests>) -> Self {
        let (calls, mut described) = OpenApiRouter::with_openapi(description::empty())
            .routes(routes!(rest::create))
            .routes(routes!(rest::read, rest::rename, rest::delete))
            .routes(routes!(links::list, links::make))
            .routes(routes!(links::change, links::revoke))
            .routes(routes!(links::rotate))
            .routes(routes!(links::set))
            .merge(programs::calls(guests))
            .split_for_parts();
        let (streams, more) = OpenApiRouter::new()
            .routes(routes!(export::read))
            .merge(programs::streams(guests))
            .split_for_parts();
        described.merge(more);
        Self {
            calls,
            streams,
            described,
        }
    }
}
