//! Finds out once a second whether all masters of Redis take commits. A Redis that lacks memory,
//! disk or permissions still answers reads and pings.

use std::sync::Arc;
use std::time::Duration;

use futures::future::join_all;
use shared::id::NodeId;
use tokio::sync::watch;
use tokio::time::sleep;
use tokio_util::task::AbortOnDropHandle;

use super::{COMMAND_LIMIT, invoke, scripts};
use crate::health::{Health, HealthReporter, Outage};
use crate::redis::connection::{CallError, Connected};
use crate::redis::keys::Names;
use crate::redis::refusal::{Missing, missing_permission, outage_of_call};
use crate::redis::router::Router;
use crate::redis::server_info::Fsync;
use crate::redis::slots::Slot;

/// How often Redis is asked.
const EVERY: Duration = Duration::from_secs(1);

/// The task that asks Redis. Dropping it ends the task.
#[derive(Debug)]
pub(super) struct ProbeTask {
    health: watch::Receiver<Health>,
    _task: AbortOnDropHandle<()>,
}

impl ProbeTask {
    pub(super) fn start(commands: Arc<Router>, names: &Names, node: NodeId) -> Self {
        let (reporter, health) = HealthReporter::new("store", Health::Ok);
        let probe = Probe {
            commands,
            node,
            names: names.clone(),
        };
        Self {
            health,
            _task: AbortOnDropHandle::new(tokio::spawn(probe.run(reporter))),
        }
    }

    pub(super) fn health(&self) -> watch::Receiver<Health> {
        self.health.clone()
    }
}

struct Probe {
    commands: Arc<Router>,
    node: NodeId,
    names: Names,
}

impl Probe {
    async fn run(self, mut reporter: HealthReporter) {
        loop {
            reporter.set(self.ask().await);
            sleep(EVERY).await;
        }
    }

    /// Asks all masters.
    async fn ask(&self) -> Health {
        let topology = match self.commands.topology().found(COMMAND_LIMIT).await {
            Ok(topology) => topology,
            Err(reason) => {
                let reason = format!("Redis cannot be reached: {reason}");
                return Health::Down(Outage::shared(reason));
            }
        };
        let masters = topology.masters();
        let words = masters.map(|master| topology.word(master, 0));
        Health::of_parts(join_all(words.map(|word| self.ask_master(word))).await)
    }

    /// Asks the master to which a word in braces belongs.
    async fn ask_master(&self, word: Option<u32>) -> Health {
        let key = &self.names.durability_key(self.node, word);
        let channel = &self.names.probe_channel(self.node, word);
        let run = |connected: Connected| async move {
            let mut script = scripts::PROBE.prepare_invoke();
            script.key(key).arg(connected.server.publish()).arg(channel);
            let fsync = connected.server.fsync;
            invoke(script, connected).await.map(|_| fsync)
        };
        let asked = self.commands.call(Slot::for_key(key), COMMAND_LIMIT, run);
        match asked.await {
            Ok(Fsync::Never) => Health::Degraded(
                "Redis keeps no append-only file that reaches the disk each second: boards do not \
                 survive a power loss (set appendonly yes)"
                    .to_owned(),
            ),
            Ok(_) => Health::Ok,
            Err(error) => {
                let outage = outage_of_call(&error, &self.names);
                match &error {
                    // A commit is stored before it is published, and then found by other servers.
                    CallError::Redis(error)
                        if missing_permission(error) == Some(Missing::Channels) =>
                    {
                        Health::Degraded(outage.reason)
                    }
                    CallError::Redis(_) | CallError::Disconnected(_) | CallError::TimedOut(_) => {
                        Health::Down(outage)
                    }
                }
            }
        }
    }
}
