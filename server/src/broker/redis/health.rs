//! Whether messages of this server come back to it, and if not, why.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use tokio::sync::watch;
use tokio::task::JoinHandle;
use tokio::time::sleep;

use super::heartbeat::Heartbeat;
use crate::health::{Fault, Health, HealthReporter, Outage};

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

/// The task that looks at the heartbeats. Dropping it ends the task.
#[derive(Debug)]
pub(super) struct HealthTask {
    health: watch::Receiver<Health>,
    task: JoinHandle<()>,
}

impl Drop for HealthTask {
    fn drop(&mut self) {
        self.task.abort();
    }
}

impl HealthTask {
    pub(super) fn start(heartbeats: Vec<Arc<Heartbeat>>, troubles: Vec<Trouble>) -> Self {
        let first = Health::Down(Outage::own("no message came back yet"));
        let (mut reporter, health) = HealthReporter::new("broker", first);
        let task = tokio::spawn(async move {
            loop {
                sleep(EVERY).await;
                if let Some(health) = judge(&heartbeats, &troubles) {
                    reporter.set(health);
                }
            }
        });
        Self { health, task }
    }

    pub(super) fn now(&self) -> Health {
        self.health.borrow().clone()
    }
}

/// The health by heartbeats and troubles; `None` while the first connections are being made.
fn judge(heartbeats: &[Arc<Heartbeat>], troubles: &[Trouble]) -> Option<Health> {
    if heartbeats.iter().all(|heartbeat| heartbeat.is_alive()) {
        return Some(Health::Ok);
    }
    let outages: Vec<Outage> = troubles.iter().filter_map(Trouble::get).collect();
    // What a host can mend is named first.
    let own = outages.iter().find(|outage| outage.fault == Fault::Own);
    let is_first = heartbeats.iter().any(|heartbeat| !heartbeat.was_alive());
    match own.or(outages.first()) {
        Some(outage) => Some(Health::Down(outage.clone())),
        None if is_first => None,
        None => Some(Health::Down(Outage::own("own messages do not come back"))),
    }
}
