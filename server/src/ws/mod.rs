//! WebSockets: from the upgrade to the close frame.

mod hello;
mod lobby;
mod pace;
mod session;
mod socket;

use std::sync::Arc;

use axum::extract::ws::rejection::WebSocketUpgradeRejection;
use axum::extract::ws::{OnFailedUpgrade, WebSocketUpgrade};
use axum::extract::{Extension, Path, State};
use axum::http::HeaderMap;
use axum::response::{IntoResponse as _, Response};
use shared::limits::MAX_FRAME_BYTES;

use crate::http::{ConnectionPermit, Problem, Verdict, Visit, judge_origin};
use crate::site::Site;

pub use lobby::{Lobby, Ticket};
pub use session::{Door, run};

/// The library's own read buffer is 128 KiB for each socket.
const READ_BUFFER_BYTES: usize = 8 * 1024;
/// Small frames are written together up to this.
const WRITE_BUFFER_BYTES: usize = 16 * 1024;
/// A single frame is at most a quarter of this; more means a bug.
const MAX_WRITE_BUFFER_BYTES: usize = 1024 * 1024;

/// Answers `GET /ws/{board}`.
pub(crate) async fn upgrade(
    State(site): State<Arc<Site>>,
    Path(board): Path<String>,
    Extension(permit): Extension<ConnectionPermit>,
    visit: Visit,
    headers: HeaderMap,
    upgrade: Result<WebSocketUpgrade, WebSocketUpgradeRejection>,
) -> Response {
    let upgrade = match upgrade {
        Ok(upgrade) => upgrade,
        Err(rejection) => return rejection.into_response(),
    };
    if judge_origin(&site, &visit, &headers) == Verdict::Foreign {
        return Problem::foreign_origin().into_response();
    }
    if site.draining.is_cancelled() {
        return Problem::going_away().into_response();
    }
    if let Err(error) = site.boards.may_try(visit.caller) {
        return Problem::from(error).into_response();
    }
    let Some(ticket) = site.lobby.enter(visit.caller) else {
        return Problem::crowded().into_response();
    };
    // A malformed id is answered like an unknown board, by a close code: to the
    // script in a page, a refused upgrade looks like a network that is down.
    let door = Door {
        board: board.parse().ok(),
        caller: visit.caller,
        ticket,
        site,
    };
    bounded(upgrade).on_upgrade(move |socket| {
        let tasks = door.site.tasks.clone();
        tasks.track_future(async move {
            run(socket, door).await;
            drop(permit);
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
