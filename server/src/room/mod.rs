//! Live boards: one task for each drives `shared`'s `Room`.
//!
//! A room's task owns everything of its board; sessions talk to it through a
//! bounded mailbox and hear from it through a line of their own. Knows broker
//! and store by their traits; must not know sockets.

mod actor;
mod effects;
mod hub;
mod opening;

use std::sync::Arc;

use bytes::Bytes;
use shared::id::NodeId;
use shared::protocol::{ClientMsg, CloseCode, Hello, Role};
use shared::sync::SessionNo;
use tokio::sync::{mpsc, oneshot};

use crate::broker::Broker;
use crate::clock::Clock;
use crate::store::Store;

pub use hub::{Closing, Hub};

/// Messages that wait for a room. A session whose room is this busy waits too,
/// and does not read from its socket meanwhile.
const MAILBOX: usize = 256;

/// A room's end of a session.
#[derive(Debug)]
pub struct Line {
    /// Frames to send. One batch at a time: the room keeps no queue for a
    /// session, and gives the next batch when this one is taken.
    pub frames: mpsc::Sender<Vec<Bytes>>,
    /// Ends the session after the frames given before. Dropping it means that
    /// the room is no more.
    pub closer: oneshot::Sender<CloseCode>,
}

/// What a room is told.
#[derive(Debug)]
pub enum RoomMsg {
    /// A client whose secret was found good comes in.
    Join {
        /// The number of its session.
        session: SessionNo,
        /// What it said.
        hello: Box<Hello>,
        /// What its link allows.
        role: Role,
        /// How to reach it.
        line: Line,
    },
    /// A client said something.
    Receive {
        /// Which.
        session: SessionNo,
        /// What.
        message: Box<ClientMsg>,
    },
    /// A session took its batch and is ready for more.
    Drained,
    /// A session ended.
    Leave(SessionNo),
    /// The board's record was changed by this server.
    RecordChanged,
}

/// What every room of a server works with.
#[derive(Debug, Clone)]
pub struct Context {
    /// This server.
    pub node: NodeId,
    /// Its time.
    pub clock: Clock,
    /// Where boards are kept.
    pub store: Arc<dyn Store>,
    /// How other servers hear.
    pub broker: Arc<dyn Broker>,
}
