//! `/metrics`, for Prometheus, on a listener of its own: only the monitoring may reach it.

use std::sync::Arc;

use axum::Router;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Response};
use axum::routing::get;
use tower_http::timeout::TimeoutLayer;

use super::REQUEST_DEADLINE;
use crate::metrics::{Format, HttpRefusal};
use crate::state::AppState;
use crate::transfer_budget::PROCESS_BYTES;

/// Everything that the listener answers.
pub(super) fn router(state: Arc<AppState>) -> Router {
    let deadline = TimeoutLayer::with_status_code(StatusCode::REQUEST_TIMEOUT, REQUEST_DEADLINE);
    Router::new()
        .route("/metrics", get(scrape))
        .layer(deadline)
        .with_state(state)
}

/// `GET /metrics`
async fn scrape(State(state): State<Arc<AppState>>, headers: HeaderMap) -> Response {
    look(&state);
    let format = format_for(&headers);
    match state.context.metrics.encode(format) {
        Ok(text) => ([(header::CONTENT_TYPE, format.content_type())], text).into_response(),
        Err(_) => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
    }
}

/// Prometheus asks for OpenMetrics. Any other caller gets the format that needs no version.
fn format_for(headers: &HeaderMap) -> Format {
    let accepted = headers.get_all(header::ACCEPT).iter();
    let mut accepted = accepted.filter_map(|value| value.to_str().ok());
    if accepted.any(|types| types.contains("application/openmetrics-text")) {
        Format::OpenMetrics
    } else {
        Format::Prometheus
    }
}

/// Notes the values that are read only for a scrape.
fn look(state: &AppState) {
    let metrics = &state.context.metrics;
    let store = &state.context.store;
    let is_up = !store.health().borrow().is_down();
    let file = store.file().unwrap_or_default();
    metrics.store.seen(is_up, file.bytes, file.reopened);
    let is_connected = !state.context.broker.health().is_down();
    metrics.broker.seen(is_connected);
    let on_the_way = state.transfers.used();
    metrics.budgets.transfer_seen(on_the_way, PROCESS_BYTES);
}

/// Counts the requests on the main listener that are refused.
pub(super) async fn count_refusals(
    State(state): State<Arc<AppState>>,
    request: Request,
    next: Next,
) -> Response {
    let response = next.run(request).await;
    let named = response.extensions().get::<HttpRefusal>().copied();
    if let Some(reason) = named.or_else(|| HttpRefusal::of_status(response.status())) {
        state.context.metrics.http.refused(reason);
    }
    response
}
