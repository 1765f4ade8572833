//! How much processor time checking pictures may take. It has budgets of its own, so that people who
//! draw do not pay for the pictures of others on the same board.

use std::time::Duration;

use shared::id::BoardId;

use crate::caller_rate_limit::Caller;
use crate::clock::Clock;
use crate::cpu_budget::{Budgets, Rate, now};
use crate::picture::Account;

/// All pictures of a caller: a person who drops a folder of 64 photos waits for none.
const CALLER: Rate = Rate::new(250, Duration::from_secs(20));
/// All pictures of a board, by all callers.
const BOARD: Rate = Rate::new(250, Duration::from_secs(20));

/// The budgets.
#[derive(Debug)]
pub(super) struct CheckBudgets {
    clock: Clock,
    boards: Budgets<BoardId>,
    callers: Budgets<Caller>,
}

impl CheckBudgets {
    pub(super) fn new(clock: Clock) -> Self {
        Self {
            clock,
            boards: Budgets::new(BOARD),
            callers: Budgets::new(CALLER),
        }
    }

    /// The account of a picture if both budgets have something left; otherwise how long to wait.
    pub(super) fn account(&self, board: BoardId, caller: Caller) -> Result<Account, Duration> {
        let now = now(self.clock);
        let budgets = [self.boards.of(board, now), self.callers.of(caller, now)];
        let wait = budgets.iter().map(|budget| budget.wait(now)).max();
        let wait = wait.unwrap_or_default();
        if wait.is_zero() {
            Ok(Account::new(self.clock, budgets))
        } else {
            Err(wait)
        }
    }
}

#[cfg(test)]
mod tests {
    use std::net::{IpAddr, Ipv4Addr};

    use super::*;

    fn board(number: u8) -> BoardId {
        BoardId::from_bytes([number; 16])
    }

    fn caller(number: u8) -> Caller {
        Caller::from(IpAddr::from(Ipv4Addr::new(10, 0, 0, number)))
    }

    #[test]
    fn a_board_or_caller_that_overdrew_its_budget_waits_and_others_do_not() {
        let clock = Clock::start();
        let budgets = CheckBudgets::new(clock);
        let used = Duration::from_secs(30);
        let account = budgets.account(board(1), caller(1)).unwrap();
        account.charge(used);
        for (board, caller) in [(board(1), caller(2)), (board(2), caller(1))] {
            let wait = budgets.account(board, caller).unwrap_err();
            assert!(wait > Duration::from_secs(30), "{wait:?}");
        }
        assert!(budgets.account(board(2), caller(2)).is_ok());
    }
}
