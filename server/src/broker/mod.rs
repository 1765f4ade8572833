//! Fan-out between servers: one durable and one live channel for each board.
//!
//! One trait, two implementations, one contract suite. A broker may lose, never
//! reorder; who listens finds gaps by sequence numbers and fills them from the
//! store.

pub mod memory;
mod outlet;
pub mod redis;
mod registry;

use async_trait::async_trait;
use bytes::Bytes;
use shared::id::{BoardId, Epoch, Seq};
use shared::protocol::StoredCommit;
use tokio::sync::mpsc;

/// What a subscriber of a board hears.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum BrokerMsg {
    /// Commits were stored, the first of them at `first`.
    Commits {
        /// The epoch they belong to.
        epoch: Epoch,
        /// Place of the first.
        first: Seq,
        /// The commits, contiguous.
        commits: Vec<StoredCommit>,
    },
    /// The board's history goes on in another epoch.
    EpochChanged,
    /// An encoded [`shared::protocol::Relay`] of some server, this one included.
    Live(Bytes),
    /// The line was cut and is up again: anything may have been missed.
    Resubscribed,
    /// The line was cut; nothing comes until `Resubscribed`.
    Lost,
}

/// A board's two channels; dropping it ends the subscription.
#[derive(Debug)]
pub struct Subscription {
    /// What is heard. Bounded: when the reader is far behind, live messages are
    /// dropped first, and a dropped durable message is followed by `Resubscribed`.
    pub messages: mpsc::Receiver<BrokerMsg>,
}

/// Why a broker could not do what it was asked.
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
    /// confirmed, so that nothing published afterwards is missed. The channels
    /// are left when the last subscription of the board in this process is dropped.
    async fn subscribe(&self, board: BoardId) -> Result<Subscription, BrokerError>;

    /// Publishes on a board's live channel. Best effort, never waits for long.
    async fn publish_live(&self, board: BoardId, message: Bytes) -> Result<(), BrokerError>;

    /// Whether messages that this process publishes come back to it at present.
    fn is_healthy(&self) -> bool;
}
