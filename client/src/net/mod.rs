//! The line to the server: one WebSocket a board, kept up for as long as the
//! page lives.
//!
//! Layout: `backoff` decides how long to wait and `misreads` when to give up (both
//! pure), `socket` is one connection, `line` redials. Knows messages and waits; it must not know
//! boards, editors or storage: those stand behind [`Station`].

mod address;
mod backoff;
mod line;
mod misreads;
mod socket;

use shared::id::Millis;
use shared::protocol::{ClientMsg, CloseCode, ServerMsg};
use shared::sync::ReplicaError;

pub use address::server_address;
pub use line::Line;

/// How it goes on after a connection ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    /// The line dials again by itself.
    Redialing,
    /// It does not: the answer would be the same.
    Over(CloseCode),
}

/// What sits at this end of a line.
pub trait Station {
    /// The first message of a new connection.
    fn greeting(&self, now: Millis) -> ClientMsg;

    /// Takes a message.
    ///
    /// # Errors
    /// When it cannot follow what came before; the line dials again.
    fn hear(&self, message: ServerMsg, now: Millis) -> Result<(), ReplicaError>;

    /// The next message to send.
    fn outgoing(&self) -> Option<ClientMsg>;

    /// The connection ended.
    fn lost(&self, fate: Fate, now: Millis);
}
