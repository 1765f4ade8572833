//! What pays for the processor time of a picture.

use std::sync::Arc;
use std::time::Duration;

use crate::clock::Clock;
use crate::cpu_budget::{Budget, now, thread_time};

/// The budgets of the board and of the caller of one picture. Clones are the same account.
#[derive(Debug, Clone)]
pub struct Account {
    clock: Clock,
    budgets: [Arc<Budget>; 2],
}

impl Account {
    pub(crate) const fn new(clock: Clock, budgets: [Arc<Budget>; 2]) -> Self {
        Self { clock, budgets }
    }

    /// Does work on this thread, and charges what it took.
    pub(crate) fn measure<T>(&self, work: impl FnOnce() -> T) -> T {
        let before = thread_time();
        let done = work();
        self.charge(thread_time().saturating_sub(before));
        done
    }

    /// Charges processor time that was used.
    pub(crate) fn charge(&self, used: Duration) {
        let now = now(self.clock);
        self.budgets
            .iter()
            .for_each(|budget| budget.charge(used, now));
    }
}
