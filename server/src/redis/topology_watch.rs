//! Keeps the topology up to date, for all connections of the store and the broker.

use std::sync::Arc;
use std::time::Duration;

use backon::BackoffBuilder as _;
use tokio::sync::{Notify, watch};
use tokio::time::{sleep, timeout};
use tokio_util::task::AbortOnDropHandle;

use super::discovery::Discovery;
use super::node::Node;
use super::server_info::ConnectError;
use super::slots::Slot;
use super::topology::Topology;
use crate::retry::{LONGEST, backoff};

/// How often a cluster or the Sentinels are asked although nothing failed. A master that is cut
/// off from the others may go on answering this server for a while.
const EVERY: Duration = Duration::from_secs(2);
/// Shortest time between two questions, however often something fails.
const GAP: Duration = Duration::from_millis(100);

/// The newest topology. Clones share the task that keeps it up to date.
#[derive(Debug, Clone)]
pub(crate) struct TopologyWatch {
    shared: Arc<Shared>,
    _task: Arc<AbortOnDropHandle<()>>,
}

#[derive(Debug)]
struct Shared {
    known: watch::Sender<Known>,
    /// Something failed that another topology may explain.
    suspicion: Notify,
    /// Whether Sentinels choose the master.
    by_sentinel: bool,
}

/// The topology that was found last, or why none was.
#[derive(Debug, Clone)]
enum Known {
    Nothing { reason: String },
    Topology(Arc<Topology>),
}

impl TopologyWatch {
    /// Starts to look for changes. `first` is the topology that was found already, or why there is
    /// none.
    pub(super) fn start(discovery: Discovery, first: Result<Topology, String>) -> Self {
        let first = match first {
            Ok(topology) => Known::Topology(Arc::new(topology)),
            Err(reason) => Known::Nothing { reason },
        };
        let shared = Arc::new(Shared {
            known: watch::Sender::new(first),
            suspicion: Notify::new(),
            by_sentinel: discovery.is_by_sentinel(),
        });
        let task = tokio::spawn(Arc::clone(&shared).follow(discovery));
        Self {
            shared,
            _task: Arc::new(AbortOnDropHandle::new(task)),
        }
    }

    /// The topology at present.
    ///
    /// # Errors
    /// Why none was found yet.
    pub(crate) fn now(&self) -> Result<Arc<Topology>, String> {
        match &*self.shared.known.borrow() {
            Known::Topology(topology) => Ok(Arc::clone(topology)),
            Known::Nothing { reason } => Err(reason.clone()),
        }
    }

    /// The topology, as soon as there is one.
    ///
    /// # Errors
    /// Why none was found within `limit`.
    pub(crate) async fn found(&self, limit: Duration) -> Result<Arc<Topology>, String> {
        let mut known = self.shared.known.subscribe();
        let finding = known.wait_for(|known| matches!(known, Known::Topology(_)));
        // Whether it was found shows below.
        drop(timeout(limit, finding).await);
        self.now()
    }

    /// Returns when the topology is another one than `seen`.
    pub(crate) async fn changed_from(&self, seen: Option<&Arc<Topology>>) {
        let is_other = |known: &Known| match (known, seen) {
            (Known::Topology(now), Some(seen)) => !Arc::ptr_eq(now, seen),
            (Known::Topology(_), None) => true,
            (Known::Nothing { .. }, _) => false,
        };
        // The sender lives as long as this.
        drop(self.shared.known.subscribe().wait_for(is_other).await);
    }

    /// Notes that a slot has moved to another master, and asks where the others are now.
    pub(crate) fn moved(&self, slot: Slot, node: &Node) {
        self.shared.known.send_if_modified(|known| match known {
            Known::Topology(topology) if topology.is_cluster() => {
                let is_news = topology.owner(slot) != Some(node);
                if is_news {
                    *topology = Arc::new(topology.moved(slot, node));
                }
                is_news
            }
            Known::Topology(_) | Known::Nothing { .. } => false,
        });
        self.suspect();
    }

    /// Notes that a master cannot be reached: another server may become master in its place.
    pub(crate) fn lost_master(&self) {
        if self.now().is_ok_and(|now| self.shared.may_change(&now)) {
            self.suspect();
        }
    }

    /// Asks for the topology soon, because something failed that another one may explain.
    pub(crate) fn suspect(&self) {
        self.shared.suspicion.notify_one();
    }
}

impl Shared {
    /// Whether the masters may be others later without a server being configured anew.
    const fn may_change(&self, topology: &Topology) -> bool {
        topology.is_cluster() || self.by_sentinel
    }

    async fn follow(self: Arc<Self>, mut discovery: Discovery) {
        let mut waits = backoff().build();
        loop {
            let pause = match &*self.known.borrow() {
                Known::Nothing { .. } => Some(waits.next().unwrap_or(LONGEST)),
                Known::Topology(topology) => self.may_change(topology).then_some(EVERY),
            };
            sleep(GAP).await;
            match pause {
                Some(pause) => drop(timeout(pause, self.suspicion.notified()).await),
                None => self.suspicion.notified().await,
            }
            self.look(&mut discovery).await;
        }
    }

    async fn look(&self, discovery: &mut Discovery) {
        let before = match &*self.known.borrow() {
            Known::Topology(topology) => Some(Arc::clone(topology)),
            Known::Nothing { .. } => None,
        };
        let found = discovery.find(before.as_deref()).await;
        self.known.send_if_modified(|known| match (found, known) {
            (Ok(found), Known::Topology(now)) if **now == found => false,
            (Ok(found), known) => {
                tracing::info!(masters = ?found.masters().collect::<Vec<_>>(), "Redis has these masters");
                *known = Known::Topology(Arc::new(found));
                true
            }
            // The old one stays: its masters may come back.
            (Err(_), Known::Topology(_)) => false,
            (Err(error), Known::Nothing { reason }) => {
                *reason = match error {
                    ConnectError::Temporary(reason) => reason,
                    ConnectError::Permanent(error) => error.to_string(),
                };
                false
            }
        });
    }
}
