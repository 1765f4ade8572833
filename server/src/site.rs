//! What every connection of a server works with.

use std::sync::Arc;

use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use crate::config::Config;
use crate::room::{Context, Hub};
use crate::service::Boards;
use crate::ws::Lobby;

/// One running server, as connections see it.
#[derive(Debug)]
pub struct Site {
    /// What it was told.
    pub config: Config,
    /// Its clock, store, broker and id.
    pub context: Context,
    /// Its live boards.
    pub hub: Hub,
    /// Boards over HTTP.
    pub boards: Arc<Boards>,
    /// WebSockets that have not said who they are.
    pub lobby: Lobby,
    /// Owns every task.
    pub tasks: TaskTracker,
    /// Cancelled when the server begins to go away.
    pub draining: CancellationToken,
}
