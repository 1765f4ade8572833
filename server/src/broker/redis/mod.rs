//! The broker between servers: Redis Pub/Sub.
//!
//! Durable and live channels travel on connections of their own, so that a
//! flood of live messages never delays or cuts off durable ones. A cut of the
//! durable connection is told as `Lost` and `Resubscribed`; one of the live
//! connection alone only as `Resubscribed`, because what is live is not missed.

mod lane;
mod message;
mod publisher;
mod pulse;

use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::time::Duration;

use async_trait::async_trait;
use bytes::Bytes;
use shared::id::{BoardId, NodeId};
use tokio::sync::{mpsc, oneshot};
use tokio::task::JoinHandle;
use tokio::time::timeout;

use super::registry::Registry;
use super::{Broker, BrokerError, BrokerMsg, Subscription};
use crate::store::redis::RedisTarget;
use crate::store::redis::keys::canary_channel;
use lane::{Kind, Lane, Request};
use publisher::Publisher;
use pulse::Pulse;

/// Requests that may wait for a lane; beyond it the askers wait.
const REQUESTS: usize = 1024;
/// Longest wait for both confirmations, a reconnect included.
const SUBSCRIBE_LIMIT: Duration = Duration::from_secs(3);

/// See the module.
#[derive(Debug)]
pub struct RedisBroker {
    registry: Arc<Registry>,
    durable: Running,
    live: Running,
    publisher: Publisher,
}

/// A lane at work.
#[derive(Debug)]
struct Running {
    requests: mpsc::Sender<Request>,
    pulse: Arc<Pulse>,
    task: JoinHandle<()>,
}

impl Drop for Running {
    fn drop(&mut self) {
        self.task.abort();
    }
}

impl RedisBroker {
    /// Starts using a server, which may be unreachable at first. Needs a tokio runtime.
    #[must_use]
    pub fn new(target: &RedisTarget, node: NodeId) -> Self {
        let registry = Arc::new(Registry::default());
        let canary = canary_channel(node);
        let durable_down = Arc::new(AtomicBool::new(false));
        let start = |kind| {
            let (requests, asked) = mpsc::channel(REQUESTS);
            let pulse = Arc::new(Pulse::default());
            let lane = Lane {
                kind,
                target: target.clone(),
                canary: canary.clone(),
                registry: Arc::clone(&registry),
                pulse: Arc::clone(&pulse),
                durable_down: Arc::clone(&durable_down),
                requests: asked,
            };
            Running {
                requests,
                pulse,
                task: tokio::spawn(lane.run()),
            }
        };
        let (durable, live) = (start(Kind::Durable), start(Kind::Live));
        let pulses = vec![Arc::clone(&durable.pulse), Arc::clone(&live.pulse)];
        let publisher = Publisher::start(target.clone(), canary.clone(), pulses);
        Self {
            registry,
            durable,
            live,
            publisher,
        }
    }

    /// Lets the lanes leave a board after its last subscription was dropped.
    fn watch(&self, board: BoardId, watched: mpsc::Sender<BrokerMsg>) {
        let lanes = [self.durable.requests.clone(), self.live.requests.clone()];
        // Ends by itself when the subscription is dropped.
        tokio::spawn(async move {
            watched.closed().await;
            for lane in lanes {
                // A lane that is gone has left all boards.
                drop(lane.send(Request::Release(board)).await);
            }
        });
    }
}

impl Running {
    async fn subscribe(&self, board: BoardId) -> Result<(), BrokerError> {
        let gone = || BrokerError::Unavailable("broker has stopped".to_owned());
        let (confirmed, confirmation) = oneshot::channel();
        self.requests
            .send(Request::Subscribe(board, confirmed))
            .await
            .map_err(|_| gone())?;
        confirmation
            .await
            .map_err(|_| BrokerError::Unavailable("connection lost while subscribing".to_owned()))
    }
}

#[async_trait]
impl Broker for RedisBroker {
    async fn subscribe(&self, board: BoardId) -> Result<Subscription, BrokerError> {
        // Listens before it subscribes, so that nothing falls between.
        let listening = self.registry.add(board);
        self.watch(board, listening.watch);
        let both =
            async { tokio::try_join!(self.durable.subscribe(board), self.live.subscribe(board)) };
        match timeout(SUBSCRIBE_LIMIT, both).await {
            Ok(Ok(_)) => Ok(Subscription {
                messages: listening.messages,
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

    fn is_healthy(&self) -> bool {
        self.durable.pulse.is_alive() && self.live.pulse.is_alive()
    }
}
