//! A case: what fails, what must hold, and which protections it shows.

use anyhow::Result;
use futures::future::LocalBoxFuture;

use crate::checker::verdict::Outcome;
use crate::invariant::Invariant;
use crate::run::Run;
use crate::settings::Settings;

/// What concerns the log and what clients saw of it.
pub(crate) const LOG: &[Invariant] = &[
    Invariant::Durability,
    Invariant::Once,
    Invariant::Agreement,
    Invariant::Contiguity,
    Invariant::Order,
    Invariant::Delivery,
];
/// [`LOG`], and people who leave.
pub(crate) const LOG_AND_PRESENCE: &[Invariant] = &[
    Invariant::Durability,
    Invariant::Once,
    Invariant::Agreement,
    Invariant::Contiguity,
    Invariant::Order,
    Invariant::Presence,
    Invariant::Delivery,
];
/// [`LOG`], and the memory of servers.
pub(crate) const LOG_AND_MEMORY: &[Invariant] = &[
    Invariant::Durability,
    Invariant::Once,
    Invariant::Agreement,
    Invariant::Contiguity,
    Invariant::Order,
    Invariant::Memory,
    Invariant::Delivery,
];
/// [`LOG`], and viewers.
pub(crate) const LOG_AND_ROLES: &[Invariant] = &[
    Invariant::Durability,
    Invariant::Once,
    Invariant::Agreement,
    Invariant::Contiguity,
    Invariant::Order,
    Invariant::Roles,
    Invariant::Delivery,
];

/// A case without some protections, which must break an invariant.
#[derive(Debug, Clone, Copy)]
pub struct Twin {
    /// Protections that are switched off together, because each makes up for the others.
    pub without: &'static [&'static str],
    /// One of these breaks.
    pub breaks: &'static [Invariant],
}

/// A fault, and what must hold all the same.
#[derive(Debug, Clone, Copy)]
pub struct Case {
    /// Its row in the fault matrix.
    pub row: &'static str,
    /// Its name on the command line.
    pub name: &'static str,
    /// What fails.
    pub fault: &'static str,
    /// What must hold.
    pub checks: &'static [Invariant],
    /// What breaks without which protection.
    pub twins: &'static [Twin],
    /// Makes it fail.
    pub(crate) run: fn(Settings) -> LocalBoxFuture<'static, Result<Run>>,
}

impl Case {
    /// Runs it.
    ///
    /// # Errors
    /// If a process cannot be started, or does not do what it is told.
    pub async fn run(&self, settings: &Settings) -> Result<Outcome> {
        let run = (self.run)(settings.clone()).await?;
        run.finish(self.checks).await
    }
}
