//! WebSockets: from the upgrade to the close frame.

mod admission;
#[cfg(test)]
mod conformance;
mod first_field;
mod frames;
#[cfg(feature = "fuzzing")]
pub mod fuzzing;
mod hello;
mod in_process;
mod message;
mod progress;
mod rate_limit;
mod reader;
mod session;
mod shared_socket;
mod socket;
mod watch;

use std::sync::Arc;

use axum::body::Body;
use axum::extract::{Path, Request, State};
use axum::response::{IntoResponse as _, Response};
use hyper::upgrade::OnUpgrade;
use hyper_util::rt::TokioIo;
use shared::limits::MAX_FRAME_BYTES;
use tokio_tungstenite::WebSocketStream;
use tokio_tungstenite::tungstenite::handshake::server::create_response_with_body;
use tokio_tungstenite::tungstenite::protocol::{Role, WebSocketConfig};

use crate::request::{Problem, RequestInfo, RequestOrigin, check_origin};
use crate::state::AppState;
pub(crate) use in_process::{InProcess, connect};
use session::{Handshake, run};
use watch::{FrameWatch, WatchedStream};

/// Read buffer of one socket, which the library fills with zeros before each read. Most messages are
/// shorter, and a longer one gets a buffer of its own size.
const READ_BUFFER_BYTES: usize = 1024;
/// Small frames are written together up to this.
const WRITE_BUFFER_BYTES: usize = 16 * 1024;
/// A single frame is at most a quarter of this; more means a bug.
const MAX_WRITE_BUFFER_BYTES: usize = 1024 * 1024;

/// Answers `GET /ws/{board}`.
pub(crate) async fn upgrade(
    State(state): State<Arc<AppState>>,
    Path(board): Path<String>,
    info: RequestInfo,
    mut request: Request,
) -> Response {
    let Ok(response) = create_response_with_body(&request, Body::empty) else {
        warn_of_no_upgrade(&state);
        return Problem::no_upgrade().into_response();
    };
    if check_origin(&state, &info, request.headers()) == RequestOrigin::Foreign {
        return Problem::foreign_origin().into_response();
    }
    if state.draining.is_cancelled() {
        return Problem::shutting_down().into_response();
    }
    let permit = state.handshakes.try_acquire(info.caller);
    let socket = state.sockets.try_acquire(info.caller);
    let Some((permit, socket)) = permit.zip(socket) else {
        return Problem::too_many_sockets().into_response();
    };
    // A malformed id is answered like an unknown board, by a close code: to the
    // script in a page, a refused upgrade looks like a network that is down.
    let handshake = Handshake {
        board: board.parse().ok(),
        caller: info.caller,
        permit,
        socket,
        state: Arc::clone(&state),
    };
    let upgrading = hyper::upgrade::on(&mut request);
    state.tasks.spawn(serve(upgrading, handshake));
    response
}

fn warn_of_no_upgrade(state: &AppState) {
    state.warnings.no_upgrade.warn(|suppressed| {
        tracing::warn!(
            suppressed,
            "a request to /ws asks for no WebSocket: a proxy in front of this server must pass on \
             the headers Upgrade and Connection, by HTTP/1.1"
        );
    });
}

/// Serves a client once its connection is a WebSocket. axum's own upgrade would hide the stream
/// below it, which has to be watched.
async fn serve(upgrading: OnUpgrade, handshake: Handshake) {
    let stream = match upgrading.await {
        Ok(upgraded) => TokioIo::new(upgraded),
        Err(error) => {
            tracing::debug!(%error, "upgrade failed");
            return;
        }
    };
    let watch = FrameWatch::default();
    let stream = WatchedStream::new(stream, watch.clone());
    let socket = WebSocketStream::from_raw_socket(stream, Role::Server, Some(limits())).await;
    run(socket, watch, handshake).await;
}

fn limits() -> WebSocketConfig {
    WebSocketConfig::default()
        .max_frame_size(Some(MAX_FRAME_BYTES))
        .max_message_size(Some(MAX_FRAME_BYTES))
        .read_buffer_size(READ_BUFFER_BYTES)
        .write_buffer_size(WRITE_BUFFER_BYTES)
        .max_write_buffer_size(MAX_WRITE_BUFFER_BYTES)
}
