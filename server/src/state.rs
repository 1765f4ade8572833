//! The state that all connections of a server share.

use std::sync::Arc;

use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use crate::config::Config;
use crate::cpu_budget::CpuBudgets;
use crate::export::Exports;
use crate::open_limit::OpenLimit;
use crate::people_limit::PeopleLimit;
use crate::room::{Context, Hub};
use crate::service::{Blobs, Boards};
use crate::transfer_budget::TransferBudget;
use crate::warning_limit::WarningLimit;

/// A running server, as its connections see it.
#[derive(Debug)]
pub struct AppState {
    /// Its configuration.
    pub config: Config,
    /// Its id, clock, store and broker.
    pub context: Context,
    /// Its open boards.
    pub hub: Hub,
    /// Makes, reads and renames boards.
    pub boards: Arc<Boards>,
    /// Stores and finds the pictures of boards.
    pub blobs: Arc<Blobs>,
    /// How much processor time connections may use.
    pub cpu: CpuBudgets,
    /// Exports boards as files.
    pub exports: Exports,
    /// Limits the bytes on the way to clients.
    pub transfers: TransferBudget,
    /// Limits the WebSockets that have not sent their hello yet.
    pub handshakes: OpenLimit,
    /// Limits the WebSockets.
    pub sockets: OpenLimit,
    /// Limits the uploads in pieces that go on at the same time.
    pub uploads: OpenLimit,
    /// Limits the uploads that are kept in memory until they are whole.
    pub whole_uploads: OpenLimit,
    /// Limits the people on each board.
    pub people: PeopleLimit,
    /// Limits the warnings about requests.
    pub warnings: RequestWarnings,
    /// Tracks every task, so that the server can wait for all of them.
    pub tasks: TaskTracker,
    /// Cancelled when the server begins to shut down.
    pub draining: CancellationToken,
}

/// Limits the warnings about requests that a wrong set-up makes fail. Each cause has its own limit.
#[derive(Debug, Default)]
pub struct RequestWarnings {
    /// A page of a foreign origin was refused.
    pub foreign_origin: WarningLimit,
    /// A header of a proxy is present and not trusted.
    pub untrusted_proxy: WarningLimit,
    /// A trusted proxy does not name the client.
    pub unnamed_client: WarningLimit,
    /// A request to a WebSocket address asks for no WebSocket.
    pub no_upgrade: WarningLimit,
    /// A board has as many people as a server takes.
    pub crowded_board: WarningLimit,
}
