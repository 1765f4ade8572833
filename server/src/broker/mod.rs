//! Fan-out between servers: one durable and one live channel for each board.
//!
//! One trait, two implementations, one contract suite. A broker may lose messages but never
//! reorders them; a subscriber finds gaps by sequence numbers and reads the missed messages from
//! the store.

pub mod memory;
mod queue;
pub mod redis;
mod subscribers;

use async_trait::async_trait;
use bytes::Bytes;
use shared::id::BoardId;
use shared::sync::log::LogEvent;
use tokio::sync::mpsc;

use crate::health::Health;

/// A message to the subscribers of a board.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum BrokerMsg {
    /// The store changed the board's log.
    Log(LogEvent),
    /// An encoded [`shared::protocol::Relay`] of some server, this one included.
    Live(Bytes),
    /// The connection was lost and is back, or the board has moved to another server of a cluster:
    /// any message may have been missed.
    Resubscribed,
}

/// A board's two channels; dropping it ends the subscription.
#[derive(Debug)]
pub struct Subscription {
    /// The published messages. Bounded: when the reader is far behind, live messages are
    /// dropped first, and a dropped durable message is followed by `Resubscribed`.
    pub messages: mpsc::Receiver<BrokerMsg>,
}

/// Why a request to a broker failed.
#[derive(Debug, thiserror::Error)]
pub enum BrokerError {
    /// It cannot be reached.
    #[error("broker cannot be reached: {0}")]
    Unavailable(String),
}

/// Carries messages between servers.
#[async_trait]
pub trait Broker: std::fmt::Debug + Send + Sync + 'static {
    /// Subscribes to both channels of a board; returns when the subscription is
    /// confirmed, so that nothing published afterwards is missed. This process
    /// unsubscribes when its last subscription of the board is dropped.
    async fn subscribe(&self, board: BoardId) -> Result<Subscription, BrokerError>;

    /// Publishes on a board's live channel. Best effort, never waits for long.
    fn publish_live(&self, board: BoardId, message: Bytes) -> Result<(), BrokerError>;

    /// Whether messages that this process publishes come back to it at present.
    fn health(&self) -> Health;
}
