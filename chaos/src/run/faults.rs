//! Processes that are killed and started again.

use std::time::Duration;

use anyhow::Result;
use testkit::redis::Redis;
use tokio::time::{Instant, sleep};

use super::Run;
use crate::checker::evidence::{Fault, Leaving};

impl Run {
    /// Notes a fault that lasted from a time until now.
    pub(crate) fn fault_ended(&mut self, kind: &'static str, from: Instant) {
        let to = Instant::now();
        self.faults.push(Fault { kind, from, to });
    }

    /// SIGKILL for a server, and its restart after a while.
    pub(crate) async fn kill_server(&mut self, server: usize, down: Duration) -> Result<()> {
        let from = Instant::now();
        self.deployment.servers[server].kill().await?;
        while let Some(bound) = self
            .people
            .iter()
            .position(|it| it.is_bound && it.home == server)
        {
            self.leave_at(bound, Leaving::Crashed, from).await;
        }
        // The other servers take over at once.
        if self.deployment.servers.len() > 1 {
            self.fault_ended("server killed", from);
        }
        sleep(down).await;
        self.deployment.servers[server].restart().await?;
        if self.deployment.servers.len() == 1 {
            self.fault_ended("server killed", from);
        }
        Ok(())
    }

    /// SIGKILL for Redis, and its restart after a while. `before` may change its files.
    pub(crate) async fn kill_redis(
        &mut self,
        down: Duration,
        before: impl FnOnce(&Redis) -> Result<()>,
    ) -> Result<()> {
        let from = Instant::now();
        self.deployment.redis()?.kill().await?;
        before(self.deployment.redis()?)?;
        sleep(down).await;
        self.deployment.redis()?.restart().await?;
        self.fault_ended("Redis killed", from);
        Ok(())
    }
}
