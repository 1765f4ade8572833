//! The broker of a server that runs alone: messages never leave the process.

use std::sync::Arc;

use async_trait::async_trait;
use bytes::Bytes;
use shared::id::BoardId;

use super::registry::Registry;
use super::{Broker, BrokerError, BrokerMsg, Subscription};

/// Carries messages within this process. The embedded store publishes on it.
#[derive(Debug, Default)]
pub struct MemoryBroker {
    registry: Arc<Registry>,
}

impl MemoryBroker {
    /// Makes a broker that nobody listens to yet.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Publishes on a board's durable channel. Called in log order, from one
    /// thread, which is how listeners come to hear it in log order.
    pub(crate) fn publish_durable(&self, board: BoardId, message: BrokerMsg) {
        self.registry.deliver(board, message);
    }
}

#[async_trait]
impl Broker for MemoryBroker {
    async fn subscribe(&self, board: BoardId) -> Result<Subscription, BrokerError> {
        let listening = self.registry.add(board);
        let registry = Arc::clone(&self.registry);
        // Ends by itself when the subscription is dropped.
        tokio::spawn(async move {
            listening.watch.closed().await;
            registry.prune(board);
        });
        Ok(Subscription {
            messages: listening.messages,
        })
    }

    async fn publish_live(&self, board: BoardId, message: Bytes) -> Result<(), BrokerError> {
        self.registry.deliver(board, BrokerMsg::Live(message));
        Ok(())
    }

    fn is_healthy(&self) -> bool {
        true
    }
}
