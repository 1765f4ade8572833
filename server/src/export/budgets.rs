//! How much processor time exports may use. They have budgets of their own, so that people who
//! draw do not pay for an export of the same board.

use std::sync::Arc;
use std::time::Duration;

use shared::id::BoardId;

use super::refusal::Refusal;
use crate::caller_rate_limit::Caller;
use crate::clock::Clock;
use crate::cpu_budget::{Budget, Budgets, Rate, now};

/// All exports of a caller: a picture of the largest size once in two minutes, or many small ones.
const CALLER: Rate = Rate::new(250, Duration::from_secs(20));
/// All exports of a board, by all callers.
const BOARD: Rate = Rate::new(250, Duration::from_secs(20));

/// The budgets.
#[derive(Debug)]
pub(super) struct ExportBudgets {
    clock: Clock,
    boards: Budgets<BoardId>,
    callers: Budgets<Caller>,
}

/// The budgets that one export draws on.
#[derive(Debug)]
pub(super) struct Account {
    clock: Clock,
    budgets: [Arc<Budget>; 2],
}

impl ExportBudgets {
    pub(super) fn new(clock: Clock) -> Self {
        Self {
            clock,
            boards: Budgets::new(BOARD),
            callers: Budgets::new(CALLER),
        }
    }

    /// The account of an export.
    pub(super) fn account(&self, board: BoardId, caller: Caller) -> Account {
        let now = now(self.clock);
        let budgets = [self.boards.of(board, now), self.callers.of(caller, now)];
        let clock = self.clock;
        Account { clock, budgets }
    }
}

impl Account {
    /// Checks that both budgets have something left.
    pub(super) fn check(&self) -> Result<(), Refusal> {
        let now = now(self.clock);
        let wait = self.budgets.iter().map(|budget| budget.wait(now)).max();
        match wait.unwrap_or_default() {
            Duration::ZERO => Ok(()),
            wait => Err(Refusal::Overdrawn(wait)),
        }
    }

    /// Charges processor time.
    pub(super) fn charge(&self, used: Duration) {
        let now = now(self.clock);
        self.budgets
            .iter()
            .for_each(|budget| budget.charge(used, now));
    }
}
