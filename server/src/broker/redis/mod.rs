//! The broker between servers: Redis Pub/Sub.
//!
//! Durable and live channels use connections of their own, so that a
//! flood of live messages never delays or cuts off durable ones. The loss of the
//! durable connection is reported as `Lost` and `Resubscribed`; the loss of the live
//! connection alone only as `Resubscribed`, because live messages may be lost.

#[cfg(feature = "fuzzing")]
pub mod fuzzing;
mod health;
mod heartbeat;
mod message;
mod publisher;
mod subscriptions;

use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::time::Duration;

use async_trait::async_trait;
use bytes::Bytes;
use shared::id::{BoardId, NodeId};
use tokio::sync::{mpsc, oneshot};
use tokio::task::JoinHandle;
use tokio::time::timeout;

use super::subscribers::Subscribers;
use super::{Broker, BrokerError, BrokerMsg, Subscription};
use crate::health::Health;
use crate::redis::RedisTarget;
use health::{HealthTask, Trouble};
use heartbeat::Heartbeat;
use publisher::Publisher;
use subscriptions::{Channels, Request, Subscriptions};

/// Requests that may wait for a connection; beyond it the callers wait.
const REQUESTS: usize = 1024;
/// Longest wait for both confirmations, a reconnect included.
const SUBSCRIBE_LIMIT: Duration = Duration::from_secs(3);

/// Carries messages between the servers that use one Redis.
#[derive(Debug)]
pub struct RedisBroker {
    subscribers: Arc<Subscribers>,
    durable: SubscriptionTask,
    live: SubscriptionTask,
    publisher: Publisher,
    health: HealthTask,
}

/// The task that keeps one subscription connection.
#[derive(Debug)]
struct SubscriptionTask {
    requests: mpsc::Sender<Request>,
    heartbeat: Arc<Heartbeat>,
    trouble: Trouble,
    task: JoinHandle<()>,
}

impl Drop for SubscriptionTask {
    fn drop(&mut self) {
        self.task.abort();
    }
}

impl RedisBroker {
    /// Starts using a server, which may be unreachable at first. Needs a tokio runtime.
    #[must_use]
    pub fn new(target: &RedisTarget, node: NodeId) -> Self {
        let subscribers = Arc::new(Subscribers::default());
        let heartbeat_channel = target.names().heartbeat_channel(node);
        let durable_down = Arc::new(AtomicBool::new(false));
        let start = |channels| {
            let (requests, received) = mpsc::channel(REQUESTS);
            let heartbeat = Arc::new(Heartbeat::default());
            let trouble = Trouble::default();
            let subscriptions = Subscriptions {
                channels,
                target: target.clone(),
                heartbeat_channel: heartbeat_channel.clone(),
                subscribers: Arc::clone(&subscribers),
                heartbeat: Arc::clone(&heartbeat),
                durable_down: Arc::clone(&durable_down),
                requests: received,
                trouble: trouble.clone(),
            };
            SubscriptionTask {
                requests,
                heartbeat,
                trouble,
                task: tokio::spawn(subscriptions.run()),
            }
        };
        let (durable, live) = (start(Channels::Durable), start(Channels::Live));
        let heartbeats = vec![Arc::clone(&durable.heartbeat), Arc::clone(&live.heartbeat)];
        let publishing = Trouble::default();
        let troubles = [&durable.trouble, &live.trouble, &publishing].map(Clone::clone);
        let health = HealthTask::start(heartbeats.clone(), troubles.into());
        let publisher = Publisher::start(target.clone(), heartbeat_channel, heartbeats, publishing);
        Self {
            subscribers,
            durable,
            live,
            publisher,
            health,
        }
    }

    /// Unsubscribes from a board after its last subscription was dropped.
    fn unsubscribe_when_dropped(&self, board: BoardId, subscription: mpsc::Sender<BrokerMsg>) {
        let tasks = [self.durable.requests.clone(), self.live.requests.clone()];
        // Ends by itself when the subscription is dropped.
        tokio::spawn(async move {
            subscription.closed().await;
            for requests in tasks {
                // A task that has ended has left all boards.
                drop(requests.send(Request::Unsubscribe(board)).await);
            }
        });
    }
}

impl SubscriptionTask {
    async fn subscribe(&self, board: BoardId) -> Result<(), BrokerError> {
        let stopped = || BrokerError::Unavailable("broker has stopped".to_owned());
        let (confirmed, confirmation) = oneshot::channel();
        self.requests
            .send(Request::Subscribe(board, confirmed))
            .await
            .map_err(|_| stopped())?;
        confirmation
            .await
            .map_err(|_| BrokerError::Unavailable("connection lost while subscribing".to_owned()))
    }
}

#[async_trait]
impl Broker for RedisBroker {
    async fn subscribe(&self, board: BoardId) -> Result<Subscription, BrokerError> {
        // The queue is there before the confirmation, so that no message falls between.
        let added = self.subscribers.add(board);
        self.unsubscribe_when_dropped(board, added.closed);
        let both =
            async { tokio::try_join!(self.durable.subscribe(board), self.live.subscribe(board)) };
        match timeout(SUBSCRIBE_LIMIT, both).await {
            Ok(Ok(_)) => Ok(Subscription {
                messages: added.messages,
            }),
            Ok(Err(error)) => Err(error),
            Err(_) => {
                let reason = format!("no confirmation in {SUBSCRIBE_LIMIT:?}");
                Err(BrokerError::Unavailable(reason))
            }
        }
    }

    async fn publish_live(&self, board: BoardId, message: Bytes) -> Result<(), BrokerError> {
        self.publisher.publish(board, message)
    }

    fn health(&self) -> Health {
        self.health.now()
    }
}
