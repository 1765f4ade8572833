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

/// The address at which the server says that it is alive, beside that of a board's WebSocket.
#[must_use]
pub(super) fn health_address(board: BoardId) -> String {
    let socket = server_address(board);
    let server = socket.strip_suffix(&format!("ws/{board}"));
    let server = server.unwrap_or(&socket).replacen("ws", "http", 1);
    format!("{server}healthz")
}
