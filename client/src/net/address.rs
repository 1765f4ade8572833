//! The addresses of the server.

use leptos::prelude::window;
use shared::id::BoardId;

/// The address of a board's WebSocket on the server that this page came from.
#[must_use]
pub(crate) fn server_address(board: BoardId) -> String {
    let location = window().location();
    let scheme = match location.protocol().as_deref() {
        Ok("https:") => "wss",
        Ok(_) | Err(_) => "ws",
    };
    format!(
        "{scheme}://{}/ws/{board}",
        location.host().unwrap_or_default()
    )
}

/// The address at which the server says that it is alive.
#[must_use]
pub(super) fn health_address() -> String {
    "/healthz".to_owned()
}
