//! WebSockets: from the upgrade to the close frame.

mod hello;
mod rate_limit;
mod session;
mod socket;

use std::sync::Arc;

use axum::extract::ws::rejection::WebSocketUpgradeRejection;
use axum::extract::ws::{OnFailedUpgrade, WebSocketUpgrade};
use axum::extract::{Extension, Path, State};
use axum::http::HeaderMap;
use axum::response::{IntoResponse as _, Response};
use shared::limits::MAX_FRAME_BYTES;

use crate::request::{ConnectionPermit, Problem, RequestInfo, RequestOrigin, check_origin};
use crate::state::AppState;

pub use session::{Handshake, run};

/// Read buffer of one socket; the library's default is 128 KiB.
const READ_BUFFER_BYTES: usize = 8 * 1024;
/// Small frames are written together up to this.
const WRITE_BUFFER_BYTES: usize = 16 * 1024;
/// A single frame is at most a quarter of this; more means a bug.
const MAX_WRITE_BUFFER_BYTES: usize = 1024 * 1024;

/// Answers `GET /ws/{board}`.
pub(crate) async fn upgrade(
    State(state): State<Arc<AppState>>,
    Path(board): Path<String>,
    Extension(connection): Extension<ConnectionPermit>,
    info: RequestInfo,
    headers: HeaderMap,
    upgrade: Result<WebSocketUpgrade, WebSocketUpgradeRejection>,
) -> Response {
    let upgrade = match upgrade {
        Ok(upgrade) => upgrade,
        Err(rejection) => return rejection.into_response(),
    };
    if check_origin(&state.config, &info, &headers) == RequestOrigin::Foreign {
        return Problem::foreign_origin().into_response();
    }
    if state.draining.is_cancelled() {
        return Problem::shutting_down().into_response();
    }
    if let Err(error) = state.boards.check_guesses(info.caller) {
        return Problem::from(error).into_response();
    }
    let Some(permit) = state.handshakes.try_acquire(info.caller) else {
        return Problem::too_many_handshakes().into_response();
    };
    // A malformed id is answered like an unknown board, by a close code: to the
    // script in a page, a refused upgrade looks like a network that is down.
    let handshake = Handshake {
        board: board.parse().ok(),
        caller: info.caller,
        permit,
        state,
    };
    bounded(upgrade).on_upgrade(move |socket| {
        let tasks = handshake.state.tasks.clone();
        tasks.track_future(async move {
            run(socket, handshake).await;
            drop(connection);
        })
    })
}

fn bounded(upgrade: WebSocketUpgrade) -> WebSocketUpgrade<impl OnFailedUpgrade> {
    upgrade
        .max_frame_size(MAX_FRAME_BYTES)
        .max_message_size(MAX_FRAME_BYTES)
        .read_buffer_size(READ_BUFFER_BYTES)
        .write_buffer_size(WRITE_BUFFER_BYTES)
        .max_write_buffer_size(MAX_WRITE_BUFFER_BYTES)
        .on_failed_upgrade(|error| tracing::debug!(%error, "upgrade failed"))
}
