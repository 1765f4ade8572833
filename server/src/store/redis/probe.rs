//! Finds out once a second whether Redis takes commits. A Redis that lacks memory, disk or
//! permissions still answers reads and pings.

use std::sync::Arc;
use std::time::Duration;

use shared::id::NodeId;
use tokio::sync::watch;
use tokio::task::JoinHandle;
use tokio::time::sleep;

use super::{COMMAND_LIMIT, invoke, scripts};
use crate::health::{Health, HealthReporter};
use crate::redis::connection::{CallError, Connection};
use crate::redis::keys::Names;
use crate::redis::refusal::{Missing, missing_permission, outage_of_call};
use crate::redis::server_info::Fsync;

/// How often Redis is asked.
const EVERY: Duration = Duration::from_secs(1);

/// The task that asks Redis. Dropping it ends the task.
#[derive(Debug)]
pub(super) struct ProbeTask {
    health: watch::Receiver<Health>,
    task: JoinHandle<()>,
}

impl Drop for ProbeTask {
    fn drop(&mut self) {
        self.task.abort();
    }
}

impl ProbeTask {
    pub(super) fn start(commands: Arc<Connection>, names: &Names, node: NodeId) -> Self {
        let (reporter, health) = HealthReporter::new("store", Health::Ok);
        let probe = Probe {
            commands,
            key: names.durability_key(node),
            channel: names.probe_channel(node),
            names: names.clone(),
        };
        let task = tokio::spawn(probe.run(reporter));
        Self { health, task }
    }

    pub(super) fn health(&self) -> watch::Receiver<Health> {
        self.health.clone()
    }
}

struct Probe {
    commands: Arc<Connection>,
    key: String,
    channel: String,
    names: Names,
}

impl Probe {
    async fn run(self, mut reporter: HealthReporter) {
        loop {
            reporter.set(self.ask().await);
            sleep(EVERY).await;
        }
    }

    async fn ask(&self) -> Health {
        let asked = self.commands.call_with_server(COMMAND_LIMIT, |connected| {
            let mut script = scripts::PROBE.prepare_invoke();
            script.key(&self.key).arg(&self.channel);
            let fsync = connected.server.fsync;
            async move { invoke(script, connected.connection).await.map(|_| fsync) }
        });
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
