//! Sends commands to the master that has the slot of their keys.
//!
//! A master that does not have the slot, or not all of it, refuses a command whole. So a command
//! that was redirected or put off took no effect and may be sent again.

use std::time::{Duration, Instant};

use redis::{ErrorKind, RedisError, RedisResult, ServerErrorKind};
use tokio::time::sleep;

use super::connection::{CallError, Connected, Connection};
use super::node::Node;
use super::per_master::PerMaster;
use super::slots::Slot;
use super::target::RedisTarget;
use super::topology_watch::TopologyWatch;

/// After this time without a connection the owner of the slot is looked up again: another server
/// may have become master.
const LOOK_AGAIN: Duration = Duration::from_millis(250);
/// Wait before a command is sent again because the cluster was not ready for it.
const AGAIN: Duration = Duration::from_millis(50);

/// Connections to all masters.
#[derive(Debug)]
pub(crate) struct Router {
    topology: TopologyWatch,
    connections: PerMaster<Connection>,
}

/// What to do after a refusal.
enum Next {
    /// Send it to the owner of the slot.
    Owner,
    /// Send it to this server, to which the slot is moving.
    Asked(Node),
}

impl Router {
    /// Starts to connect to all masters.
    pub(crate) fn start(target: &RedisTarget) -> Self {
        let (topology, target) = (target.topology().clone(), target.clone());
        let connect = move |node: &Node| Connection::start(node.clone(), target.clone());
        let connections = PerMaster::new(topology.clone(), connect);
        // The connections come up before they are needed.
        connections.all();
        Self {
            topology,
            connections,
        }
    }

    /// The masters at present.
    pub(crate) const fn topology(&self) -> &TopologyWatch {
        &self.topology
    }

    /// Runs a command or script on the master that has a slot; waits for connections and answers
    /// together for at most `limit`. Without an answer the outcome is unknown. `command` may be
    /// sent more than once, but takes effect once.
    pub(crate) async fn call<T, F>(
        &self,
        slot: Slot,
        limit: Duration,
        command: impl Fn(Connected) -> F,
    ) -> Result<T, CallError>
    where
        F: Future<Output = RedisResult<T>>,
    {
        let deadline = Instant::now() + limit;
        let left = || deadline.saturating_duration_since(Instant::now());
        let mut next = Next::Owner;
        let mut refusals = 0_u32;
        loop {
            let answer = match &next {
                Next::Owner => match self.owner(slot, left()).await {
                    Ok(owner) => (self.ask(&owner, left(), &command).await, owner),
                    Err(error) if left().is_zero() => return Err(error),
                    Err(_) => continue,
                },
                Next::Asked(node) => {
                    let answer = self.ask(node, left(), |it| command(it.asking())).await;
                    (answer, node.clone())
                }
            };
            next = match answer {
                (Err(CallError::Disconnected(_)), _) if !left().is_zero() => Next::Owner,
                (Err(CallError::Redis(refusal)), node) if !left().is_zero() => {
                    refusals += 1;
                    if refusals > 1 {
                        // Masters that disagree send a call to and fro.
                        sleep(AGAIN.min(left())).await;
                    }
                    match self.after(&refusal, slot, &node).await {
                        Some(next) => next,
                        None => return Err(refusal.into()),
                    }
                }
                (answer, _) => return answer,
            };
        }
    }

    /// The master that has a slot, as soon as the masters are known.
    async fn owner(&self, slot: Slot, limit: Duration) -> Result<Node, CallError> {
        let found = self.topology.found(limit).await;
        let topology = found.map_err(CallError::Disconnected)?;
        if let Some(owner) = topology.owner(slot) {
            return Ok(owner.clone());
        }
        self.topology.suspect();
        sleep(AGAIN).await;
        let reason = "no master of the cluster has this slot".to_owned();
        Err(CallError::Disconnected(reason))
    }

    async fn ask<T, F>(
        &self,
        node: &Node,
        limit: Duration,
        command: impl FnOnce(Connected) -> F,
    ) -> Result<T, CallError>
    where
        F: Future<Output = RedisResult<T>>,
    {
        let began = Instant::now();
        let connection = self.connections.of(node);
        let connected = connection.connected(limit.min(LOOK_AGAIN)).await?;
        let left = limit.saturating_sub(began.elapsed());
        connection.exchange(connected, left, command).await
    }

    /// What to do after a refusal; `None` if another attempt would not help.
    async fn after(&self, refusal: &RedisError, slot: Slot, asked: &Node) -> Option<Next> {
        let ErrorKind::Server(kind) = refusal.kind() else {
            return None;
        };
        match kind {
            ServerErrorKind::Moved => {
                self.topology.moved(slot, &named_by(refusal, asked)?);
                Some(Next::Owner)
            }
            ServerErrorKind::Ask => {
                self.topology.suspect();
                Some(Next::Asked(named_by(refusal, asked)?))
            }
            ServerErrorKind::TryAgain
            | ServerErrorKind::ClusterDown
            | ServerErrorKind::MasterDown => {
                self.topology.suspect();
                sleep(AGAIN).await;
                Some(Next::Owner)
            }
            _ => None,
        }
    }
}

/// The server that a redirection names; without a host it is on that of the server that was asked.
fn named_by(redirection: &RedisError, asked: &Node) -> Option<Node> {
    let (address, _) = redirection.redirect_node()?;
    let (host, port) = address.rsplit_once(':')?;
    let host = if host.is_empty() { asked.host() } else { host };
    let node = asked.at(host, port.parse().ok()?).ok()?;
    Some(node.in_cluster())
}
