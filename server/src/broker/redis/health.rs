//! Whether messages of this server come back to it, and if not, why.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use tokio::sync::watch;
use tokio::time::timeout;
use tokio_util::task::AbortOnDropHandle;

use super::heartbeat::Heartbeat;
use super::link::MasterLink;
use crate::health::{Fault, Health, HealthReporter, Outage};
use crate::redis::per_master::PerMaster;
use crate::redis::topology_watch::TopologyWatch;

/// How often the heartbeats are looked at.
const EVERY: Duration = Duration::from_millis(250);

/// Why a connection of the broker does not work at present. Clones are the same note.
#[derive(Debug, Clone, Default)]
pub(super) struct Trouble(Arc<Mutex<Option<Outage>>>);

impl Trouble {
    /// Notes why it does not work, or that it does.
    pub(super) fn set(&self, outage: Option<Outage>) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = outage;
    }

    fn get(&self) -> Option<Outage> {
        self.0
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }
}

/// The state of the link to one master.
#[derive(Debug)]
pub(super) struct LinkHealth {
    heartbeats: [Arc<Heartbeat>; 2],
    troubles: [Trouble; 3],
}

impl LinkHealth {
    pub(super) const fn new(heartbeats: [Arc<Heartbeat>; 2], troubles: [Trouble; 3]) -> Self {
        Self {
            heartbeats,
            troubles,
        }
    }

    /// The health by heartbeats and troubles; `None` while the first connections are being made.
    fn judge(&self) -> Option<Health> {
        let heartbeats = &self.heartbeats;
        if heartbeats.iter().all(|heartbeat| heartbeat.is_alive()) {
            return Some(Health::Ok);
        }
        let outages: Vec<Outage> = self.troubles.iter().filter_map(Trouble::get).collect();
        // What a host can mend is named first.
        let own = outages.iter().find(|outage| outage.fault == Fault::Own);
        let is_first = heartbeats.iter().any(|heartbeat| !heartbeat.was_alive());
        match own.or(outages.first()) {
            Some(outage) => Some(Health::Down(outage.clone())),
            None if is_first => None,
            None => Some(Health::Down(Outage::own("own messages do not come back"))),
        }
    }
}

/// The task that looks at the heartbeats, and makes the links to new masters. Dropping it ends the
/// task.
#[derive(Debug)]
pub(super) struct HealthTask {
    health: watch::Receiver<Health>,
    _task: AbortOnDropHandle<()>,
}

impl HealthTask {
    pub(super) fn start(topology: TopologyWatch, links: Arc<PerMaster<MasterLink>>) -> Self {
        let first = Health::Down(Outage::own("no message came back yet"));
        let (mut reporter, health) = HealthReporter::new("broker", first);
        let task = tokio::spawn(async move {
            loop {
                let known = topology.now();
                // This also makes those that are missing.
                let all = links.all();
                let judged = match &known {
                    Ok(_) => all.iter().map(|(_, link)| link.health().judge()).collect(),
                    Err(reason) => {
                        let reason = format!("Redis cannot be reached: {reason}");
                        Some(vec![Health::Down(Outage::shared(reason))])
                    }
                };
                if let Some(healths) = judged {
                    reporter.set(Health::of_parts(healths));
                }
                drop(timeout(EVERY, topology.changed_from(known.as_ref().ok())).await);
            }
        });
        Self {
            health,
            _task: AbortOnDropHandle::new(task),
        }
    }

    pub(super) fn now(&self) -> Health {
        self.health.borrow().clone()
    }
}
