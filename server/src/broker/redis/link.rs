//! The ways of messages through one master: two connections that subscribe and one that publishes.

use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use bytes::Bytes;
use shared::id::{BoardId, NodeId};
use tokio::sync::{mpsc, oneshot};
use tokio_util::task::AbortOnDropHandle;

use super::health::{LinkHealth, Trouble};
use super::heartbeat::Heartbeat;
use super::inbox::Request;
use super::lane::{Channels, Lane};
use super::publisher::Publisher;
use super::subscriptions::Subscriptions;
use crate::broker::BrokerError;
use crate::broker::subscribers::Subscribers;
use crate::redis::RedisTarget;
use crate::redis::node::Node;

/// Requests that may wait for the task of a connection; beyond it the callers wait.
const REQUESTS: usize = 1024;

/// What the links to all masters share.
#[derive(Debug)]
pub(super) struct Parts {
    pub(super) target: RedisTarget,
    /// This server.
    pub(super) node: NodeId,
    durable: Arc<Lane>,
    live: Arc<Lane>,
}

/// The link to one master. Dropping it closes its connections.
#[derive(Debug)]
pub(super) struct MasterLink {
    durable: SubscriptionTask,
    live: SubscriptionTask,
    publisher: Publisher,
    health: LinkHealth,
}

/// The task that keeps one subscription connection.
#[derive(Debug)]
struct SubscriptionTask {
    requests: mpsc::Sender<Request>,
    heartbeat: Arc<Heartbeat>,
    trouble: Trouble,
    _task: AbortOnDropHandle<()>,
}

impl Parts {
    pub(super) fn new(target: &RedisTarget, node: NodeId, subscribers: &Arc<Subscribers>) -> Self {
        let lane = |channels| {
            let (names, subscribers) = (target.names().clone(), Arc::clone(subscribers));
            Arc::new(Lane::new(channels, node, names, subscribers))
        };
        Self {
            target: target.clone(),
            node,
            durable: lane(Channels::Durable),
            live: lane(Channels::Live),
        }
    }

    /// The channel on which this server hears itself through a master.
    pub(super) fn heartbeat_channel(&self, master: &Node) -> String {
        let topology = self.target.topology().now().ok();
        let word = topology.and_then(|topology| topology.word(master, 0));
        self.target.names().heartbeat_channel(self.node, word)
    }
}

impl MasterLink {
    /// Starts to connect.
    pub(super) fn start(master: &Node, parts: &Arc<Parts>) -> Self {
        let durable_down = Arc::new(AtomicBool::new(false));
        let start = |lane: &Arc<Lane>| {
            let (requests, received) = mpsc::channel(REQUESTS);
            let heartbeat = Arc::new(Heartbeat::default());
            let trouble = Trouble::default();
            let subscriptions = Subscriptions {
                master: master.clone(),
                parts: Arc::clone(parts),
                lane: Arc::clone(lane),
                heartbeat: Arc::clone(&heartbeat),
                durable_down: Arc::clone(&durable_down),
                trouble: trouble.clone(),
            };
            SubscriptionTask {
                requests,
                heartbeat,
                trouble,
                _task: AbortOnDropHandle::new(tokio::spawn(subscriptions.run(received))),
            }
        };
        let (durable, live) = (start(&parts.durable), start(&parts.live));
        let heartbeats = [&durable.heartbeat, &live.heartbeat].map(Arc::clone);
        let publishing = Trouble::default();
        let troubles = [&durable.trouble, &live.trouble, &publishing].map(Clone::clone);
        let publisher = Publisher::start(master, Arc::clone(parts), heartbeats.clone(), publishing);
        Self {
            durable,
            live,
            publisher,
            health: LinkHealth::new(heartbeats, troubles),
        }
    }

    /// Subscribes to both channels of a board.
    pub(super) async fn subscribe(&self, board: BoardId) -> Result<(), BrokerError> {
        tokio::try_join!(self.durable.subscribe(board), self.live.subscribe(board))?;
        Ok(())
    }

    /// Unsubscribes from a board, unless it has subscriptions again.
    pub(super) async fn unsubscribe(&self, board: BoardId) {
        let tell = |task: &SubscriptionTask| {
            let requests = task.requests.clone();
            async move { requests.send(Request::Unsubscribe(board)).await }
        };
        // A task that has ended has left all boards.
        drop(tokio::join!(tell(&self.durable), tell(&self.live)));
    }

    /// Queues a live message; returns at once.
    pub(super) fn publish(&self, board: BoardId, message: Bytes) -> Result<(), BrokerError> {
        self.publisher.publish(board, message)
    }

    /// Whether messages come back.
    pub(super) const fn health(&self) -> &LinkHealth {
        &self.health
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
