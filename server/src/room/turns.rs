//! Turns of heavy work: work that keeps a core busy for more than a moment runs on threads of its
//! own, some of it at a time, and in the order in which it was asked for.
//!
//! Without a bound, many boards with much work would take the cores from all others. Without the
//! order, one of them could wait for ever.

use std::sync::Arc;
use std::thread::available_parallelism;
use std::time::Duration;

use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::task::{JoinError, spawn_blocking};

/// How long one turn lasts at most, up to the end of the step that is under way. Others wait for
/// that long, and a turn without waiting sessions ends within it.
pub(super) const TURN: Duration = Duration::from_millis(20);
/// Cores that heavy work leaves to everything else.
const SPARE_CORES: usize = 1;

/// A bounded number of turns at a time. Clones share them.
#[derive(Debug, Clone)]
pub struct Turns {
    permits: Arc<Semaphore>,
}

impl Default for Turns {
    /// As many at a time as there are cores, except for one; at least one.
    fn default() -> Self {
        let cores = available_parallelism().map_or(1, usize::from);
        let permits = cores.saturating_sub(SPARE_CORES).max(1);
        Self {
            permits: Arc::new(Semaphore::new(permits)),
        }
    }
}

impl Turns {
    /// Waits for a turn. It lasts until the permit is dropped.
    pub(super) async fn wait(&self) -> Option<OwnedSemaphorePermit> {
        // Nothing closes the semaphore; without a permit the work would only be less fair.
        Arc::clone(&self.permits).acquire_owned().await.ok()
    }

    /// Waits for a turn, and runs `work` on a thread for blocking work. The turn lasts until the
    /// work ends, also if this call is dropped meanwhile.
    ///
    /// # Errors
    /// The work panicked, or the process ends.
    pub(crate) async fn run<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> T + Send + 'static,
    ) -> Result<T, JoinError> {
        let permit = self.wait().await;
        spawn_blocking(move || {
            let done = work();
            drop(permit);
            done
        })
        .await
    }
}
