//! The broker of a server that runs alone: messages never leave the process.

use std::sync::Arc;

use async_trait::async_trait;
use bytes::Bytes;
use shared::id::BoardId;
use shared::sync::log::LogEvent;

use super::subscribers::Subscribers;
use super::{Broker, BrokerError, BrokerMsg, Subscription};
use crate::health::Health;

/// Carries messages within this process.
#[derive(Debug, Default)]
pub struct MemoryBroker {
    subscribers: Arc<Subscribers>,
}

impl MemoryBroker {
    /// Makes a broker without subscribers.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// A function that publishes on the durable channels. The embedded store calls it in log order,
    /// from one thread, so subscribers receive the events in log order.
    pub fn log_publisher(&self) -> impl Fn(BoardId, LogEvent) + Send + use<> {
        let subscribers = Arc::clone(&self.subscribers);
        move |board, event| subscribers.deliver(board, BrokerMsg::Log(event))
    }
}

#[async_trait]
impl Broker for MemoryBroker {
    async fn subscribe(&self, board: BoardId) -> Result<Subscription, BrokerError> {
        let added = self.subscribers.add(board);
        let subscribers = Arc::clone(&self.subscribers);
        // Ends by itself when the subscription is dropped.
        tokio::spawn(async move {
            added.closed.closed().await;
            subscribers.prune(board);
        });
        Ok(Subscription {
            messages: added.messages,
        })
    }

    fn publish_live(&self, board: BoardId, message: Bytes) -> Result<(), BrokerError> {
        self.subscribers.deliver(board, BrokerMsg::Live(message));
        Ok(())
    }

    fn health(&self) -> Health {
        Health::Ok
    }
}
