//! Health checks: whether the process is alive, and whether it is ready for clients.

use std::sync::Arc;
use std::time::Duration;

use axum::Json;
use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use serde::Serialize;

use crate::state::AppState;
use crate::store::calls::within;

/// How long the store may take to answer.
const STORE_LIMIT: Duration = Duration::from_secs(1);

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
enum Condition {
    Up,
    Down,
    Draining,
}

#[derive(Debug, Serialize)]
struct Report {
    status: Condition,
    store: Condition,
    broker: Condition,
    boards: usize,
}

/// `GET /healthz`: whether the event loop answers.
pub(super) async fn alive() -> Response {
    ([(header::CACHE_CONTROL, "no-store")], "alive\n").into_response()
}

/// `GET /readyz`.
///
/// A store that does not answer does not make a server unready: no other server
/// can reach it either, and people go on drawing. A store that answers while the
/// broker's heartbeats do not come back means that this server is cut off.
pub(super) async fn ready(State(state): State<Arc<AppState>>) -> Response {
    let pinged = within(STORE_LIMIT, state.context.store.ping()).await;
    let store = if pinged.is_ok() {
        Condition::Up
    } else {
        Condition::Down
    };
    let broker = if state.context.broker.is_healthy() {
        Condition::Up
    } else {
        Condition::Down
    };
    let status = match (state.draining.is_cancelled(), store, broker) {
        (true, _, _) => Condition::Draining,
        (false, Condition::Up, Condition::Down) => Condition::Down,
        (false, _, _) => Condition::Up,
    };
    let code = if status == Condition::Up {
        StatusCode::OK
    } else {
        StatusCode::SERVICE_UNAVAILABLE
    };
    let report = Report {
        status,
        store,
        broker,
        boards: state.hub.open_boards(),
    };
    (code, [(header::CACHE_CONTROL, "no-store")], Json(report)).into_response()
}
