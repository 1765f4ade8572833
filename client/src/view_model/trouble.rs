//! What keeps the page from its server.

/// The likely cause of an outage that lasts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Trouble {
    /// The browser has no network.
    Offline,
    /// Nothing answers at the address of the server.
    ServerUnreachable,
    /// The server answers requests, and WebSockets do not reach it.
    NoWebSocket,
    /// A proxy answers, because it does not reach the server.
    Gateway {
        /// Its HTTP status.
        status: u16,
    },
    /// Something answers with an unexpected status.
    WrongStatus {
        /// Its HTTP status.
        status: u16,
    },
    /// Something other than the server answers.
    ForeignAnswer,
    /// WebSockets open, and the server does not let the page in.
    NoWelcome,
    /// The server runs and cannot open the board.
    BoardUnavailable,
    /// Too many people are on the board.
    BoardCrowded,
}
