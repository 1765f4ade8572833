//! Whether the process lives, and whether it should be sent people.

use std::sync::Arc;
use std::time::Duration;

use axum::Json;
use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use serde::Serialize;
use tokio::time::timeout;

use crate::state::AppState;

/// How long the store may take to answer.
const STORE_PATIENCE: Duration = Duration::from_secs(1);

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

/// `GET /healthz`: the event loop answers.
pub(super) async fn alive() -> Response {
    ([(header::CACHE_CONTROL, "no-store")], "alive\n").into_response()
}

/// `GET /readyz`.
///
/// A store that is away does not make a server unready: every other server
/// lacks it too, and people go on drawing. A store that answers while the
/// broker's messages do not come back means that this server is cut off.
pub(super) async fn ready(State(state): State<Arc<AppState>>) -> Response {
    let pinged = timeout(STORE_PATIENCE, state.context.store.ping()).await;
    let store = if matches!(pinged, Ok(Ok(()))) {
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
        boards: state.hub.live_boards(),
    };
    (code, [(header::CACHE_CONTROL, "no-store")], Json(report)).into_response()
}
