//! The connection to the server: one WebSocket for each board, kept up for as long as the
//! page lives.
//!
//! Layout: `socket` is one WebSocket, `connection` connects and reconnects, `retry` decides
//! how long to wait and `protocol_errors` when to give up (both pure). Boards, editors and
//! storage are behind [`ConnectionHandler`].

mod address;
mod connection;
mod protocol_errors;
mod retry;
mod socket;

use shared::id::Millis;
use shared::protocol::{ClientMsg, CloseCode, ServerMsg};
use shared::sync::ReplicaError;

pub use address::server_address;
pub use connection::Connection;

/// What follows after a WebSocket closed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Disconnect {
    /// The connection reconnects by itself.
    Reconnecting,
    /// It does not, because the server would answer the same.
    Final(CloseCode),
}

/// Makes the messages of a connection and takes those that come.
pub trait ConnectionHandler {
    /// The first message after the WebSocket opened.
    fn hello(&self, now: Millis) -> ClientMsg;

    /// Takes a message.
    ///
    /// # Errors
    /// When the message does not follow from the ones before; the connection reconnects.
    fn on_message(&self, message: ServerMsg, now: Millis) -> Result<(), ReplicaError>;

    /// The next message to send.
    fn next_message(&self) -> Option<ClientMsg>;

    /// The WebSocket closed.
    fn on_disconnect(&self, disconnect: Disconnect, now: Millis);
}
