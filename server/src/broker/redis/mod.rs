//! The broker between servers: Redis Pub/Sub.
//!
//! Each master carries the messages of its boards; a server that is alone carries all. Durable and
//! live channels use connections of their own, so that a flood of live messages never delays or
//! cuts off durable ones. A connection that was lost is reported as `Resubscribed` when it is back.

#[cfg(feature = "fuzzing")]
pub mod fuzzing;
mod health;
mod heartbeat;
mod inbox;
mod lane;
mod link;
mod message;
mod publisher;
mod subscriptions;

use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use bytes::Bytes;
use futures::future::join_all;
use shared::id::{BoardId, NodeId};
use tokio::sync::mpsc;
use tokio::time::timeout;

use super::subscribers::Subscribers;
use super::{Broker, BrokerError, BrokerMsg, Subscription};
use crate::health::Health;
use crate::redis::RedisTarget;
use crate::redis::keys::Names;
use crate::redis::per_master::PerMaster;
use crate::redis::topology::Topology;
use crate::redis::topology_watch::TopologyWatch;
use health::HealthTask;
use link::{MasterLink, Parts};

/// Longest wait for both confirmations, a reconnect included.
const SUBSCRIBE_LIMIT: Duration = Duration::from_secs(3);

/// Carries messages between the servers that use one Redis.
#[derive(Debug)]
pub struct RedisBroker {
    subscribers: Arc<Subscribers>,
    topology: TopologyWatch,
    links: Arc<PerMaster<MasterLink>>,
    health: HealthTask,
}

impl RedisBroker {
    /// Starts using a Redis, which may be unreachable at first. Needs a tokio runtime.
    #[must_use]
    pub fn new(target: &RedisTarget, node: NodeId) -> Self {
        let subscribers = Arc::new(Subscribers::default());
        let topology = target.topology().clone();
        let parts = Arc::new(Parts::new(target, node, &subscribers));
        let link = move |master: &_| MasterLink::start(master, &parts);
        let links = Arc::new(PerMaster::new(topology.clone(), link));
        Self {
            subscribers,
            health: HealthTask::start(topology.clone(), Arc::clone(&links)),
            topology,
            links,
        }
    }

    async fn subscribe_both(&self, board: BoardId) -> Result<(), BrokerError> {
        let found = self.topology.found(SUBSCRIBE_LIMIT).await;
        let topology = found.map_err(BrokerError::Unavailable)?;
        self.link(&topology, board)?.subscribe(board).await
    }

    /// Unsubscribes from a board after its last subscription was dropped.
    fn unsubscribe_when_dropped(&self, board: BoardId, subscription: mpsc::Sender<BrokerMsg>) {
        let links = Arc::downgrade(&self.links);
        // Ends by itself when the subscription is dropped.
        tokio::spawn(async move {
            subscription.closed().await;
            let links = links.upgrade().map_or_else(Vec::new, |links| links.all());
            let leaving = links.iter().map(|(_, link)| link.unsubscribe(board));
            join_all(leaving).await;
        });
    }

    /// The link to the master that has a board.
    fn link(&self, topology: &Topology, board: BoardId) -> Result<Arc<MasterLink>, BrokerError> {
        match topology.owner(Names::slot_of(board)) {
            Some(owner) => Ok(self.links.of(owner)),
            None => {
                self.topology.suspect();
                let reason = "no master of the Redis cluster has this board at present";
                Err(BrokerError::Unavailable(reason.to_owned()))
            }
        }
    }
}

#[async_trait]
impl Broker for RedisBroker {
    async fn subscribe(&self, board: BoardId) -> Result<Subscription, BrokerError> {
        // The queue is there before the confirmation, so that no message falls between.
        let added = self.subscribers.add(board);
        self.unsubscribe_when_dropped(board, added.closed);
        match timeout(SUBSCRIBE_LIMIT, self.subscribe_both(board)).await {
            Ok(Ok(())) => Ok(Subscription {
                messages: added.messages,
            }),
            Ok(Err(error)) => Err(error),
            Err(_) => {
                let reason = format!("no confirmation in {SUBSCRIBE_LIMIT:?}");
                Err(BrokerError::Unavailable(reason))
            }
        }
    }

    fn publish_live(&self, board: BoardId, message: Bytes) -> Result<(), BrokerError> {
        let topology = self.topology.now().map_err(BrokerError::Unavailable)?;
        self.link(&topology, board)?.publish(board, message)
    }

    fn health(&self) -> Health {
        self.health.now()
    }
}
