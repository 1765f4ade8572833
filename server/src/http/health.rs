//! Health checks: whether the process is alive, and whether it is ready for clients.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use serde::Serialize;

use crate::health::{Fault, Health};
use crate::state::AppState;

/// The state of the server as a whole, of the store or of the broker.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
enum Condition {
    Ok,
    Degraded,
    Down,
    Draining,
}

#[derive(Debug, Serialize)]
struct Report {
    status: Condition,
    store: ServiceReport,
    broker: ServiceReport,
    boards: usize,
}

#[derive(Debug, Serialize)]
struct ServiceReport {
    state: Condition,
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<String>,
}

impl From<&Health> for ServiceReport {
    fn from(health: &Health) -> Self {
        let state = match health {
            Health::Ok => Condition::Ok,
            Health::Degraded(_) => Condition::Degraded,
            Health::Down(_) => Condition::Down,
        };
        let reason = health.reason().map(ToOwned::to_owned);
        Self { state, reason }
    }
}

/// `GET /healthz`: whether the event loop answers.
pub(super) async fn alive() -> Response {
    ([(header::CACHE_CONTROL, "no-store")], "alive\n").into_response()
}

/// `GET /readyz`.
pub(super) async fn ready(State(state): State<Arc<AppState>>) -> Response {
    let store = state.context.store.health().borrow().clone();
    let broker = state.context.broker.health();
    let status = if state.draining.is_cancelled() {
        Condition::Draining
    } else {
        overall(&store, &broker)
    };
    let code = match status {
        Condition::Ok | Condition::Degraded => StatusCode::OK,
        Condition::Down | Condition::Draining => StatusCode::SERVICE_UNAVAILABLE,
    };
    let report = Report {
        status,
        store: ServiceReport::from(&store),
        broker: ServiceReport::from(&broker),
        boards: state.hub.open_boards(),
    };
    (code, [(header::CACHE_CONTROL, "no-store")], Json(report)).into_response()
}

/// A server is down if it cannot use its own disk or a Redis that works for others. A Redis that is
/// away makes no server unready: all others lack it too, and people go on drawing.
fn overall(store: &Health, broker: &Health) -> Condition {
    let both = [store, broker];
    let is_own_fault = |health: &&Health| match health {
        Health::Down(outage) => outage.fault == Fault::Own,
        Health::Ok | Health::Degraded(_) => false,
    };
    if both.iter().any(is_own_fault) {
        Condition::Down
    } else if both.iter().all(|health| **health == Health::Ok) {
        Condition::Ok
    } else {
        Condition::Degraded
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::health::Outage;

    fn down(fault: Fault) -> Health {
        let reason = "test".to_owned();
        Health::Down(Outage { reason, fault })
    }

    #[test]
    fn only_a_fault_of_its_own_makes_a_server_unready() {
        let away = down(Fault::Shared);
        assert_eq!(overall(&Health::Ok, &Health::Ok), Condition::Ok);
        assert_eq!(overall(&away, &away), Condition::Degraded);
        assert_eq!(overall(&down(Fault::Own), &Health::Ok), Condition::Down);
        assert_eq!(overall(&Health::Ok, &down(Fault::Own)), Condition::Down);
        let partly = Health::Degraded("test".to_owned());
        assert_eq!(overall(&partly, &Health::Ok), Condition::Degraded);
    }
}
