//! The addresses of the server.

use shared::id::BoardId;
use shared::model::BlobHash;

use crate::base::base;

/// The address of a board's WebSocket on the server that this page came from.
#[must_use]
pub(crate) fn server_address(board: BoardId) -> String {
    socket_address(&base(), board)
}

/// `http` becomes `ws`, and `https` becomes `wss`.
fn socket_address(base: &str, board: BoardId) -> String {
    format!("{}ws/{board}", base.replacen("http", "ws", 1))
}

/// The address of a picture's file.
#[must_use]
pub(crate) fn file_address(board: BoardId, sha256: BlobHash) -> String {
    format!("{}files/{board}/{sha256}", base())
}

/// The address at which the server says that it is alive, beside that of a board's WebSocket.
#[must_use]
pub(super) fn health_address(board: BoardId) -> String {
    let socket = server_address(board);
    let server = socket.strip_suffix(&format!("ws/{board}"));
    let server = server.unwrap_or(&socket).replacen("ws", "http", 1);
    format!("{server}healthz")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_socket_is_below_the_address_of_the_server() {
        let board = BoardId::from_bytes([3; 16]);
        let address = |base| socket_address(base, board);
        assert_eq!(
            address("https://example.org/whiteboard/"),
            format!("wss://example.org/whiteboard/ws/{board}")
        );
        assert_eq!(
            address("http://127.0.0.1:3000/"),
            format!("ws://127.0.0.1:3000/ws/{board}")
        );
    }
}
