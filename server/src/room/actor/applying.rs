//! The actor applies the commits that have arrived, so that expensive ones delay no other board.
//!
//! Most commits take some microseconds and are applied at once. Others run outside of the async
//! workers, in turns with the commits of other boards: the ones with much estimated work, and all
//! commits of a board of which one took longer than estimated a moment ago.

use std::time::{Duration, Instant};

use tokio::runtime::{Handle, RuntimeFlavor};
use tokio::task::block_in_place;

use super::super::turns::TURN;
use super::Actor;
use crate::cpu_budget::thread_time;

/// Commits of less estimated work are taken for cheap: they take about half a millisecond.
const CHEAP_WORK: u64 = 250;
/// How long cheap commits are applied before other tasks run.
const CHEAP_TURN: Duration = Duration::from_millis(1);
/// For so long all commits of a board are taken for expensive after one took long.
const EXPENSIVE_FOR: Duration = Duration::from_secs(60);

/// Whether the commits of a board are expensive.
#[derive(Debug, Default)]
pub(super) struct Expense {
    until: Option<Instant>,
}

impl Expense {
    /// Notes how long a commit took that was taken for cheap.
    fn note(&mut self, took: Duration) {
        if took > CHEAP_TURN {
            self.until = Some(Instant::now() + EXPENSIVE_FOR);
        }
    }

    fn is_expected(&self, work: u64) -> bool {
        work > CHEAP_WORK || self.until.is_some_and(|until| Instant::now() < until)
    }
}

impl Actor {
    /// Applies commits for one turn. Sessions are served between two turns.
    pub(super) async fn apply(&mut self) {
        if self.expense.is_expected(self.room.ready_work()) {
            let turns = self.turns.clone();
            let turn = turns.wait().await;
            outside_of_async(|| self.apply_expensive());
            drop(turn);
        } else {
            self.apply_cheap();
        }
        if self.room.has_ready() {
            tokio::task::yield_now().await;
        }
    }

    fn apply_expensive(&mut self) {
        let end = Instant::now() + TURN;
        while Instant::now() < end && self.apply_one().is_some() {}
    }

    fn apply_cheap(&mut self) {
        let end = Instant::now() + CHEAP_TURN;
        while Instant::now() < end && !self.expense.is_expected(self.room.ready_work()) {
            let Some(took) = self.apply_one() else {
                return;
            };
            self.expense.note(took);
        }
    }

    /// Applies the next commit and charges its author. Returns how long it took.
    fn apply_one(&mut self) -> Option<Duration> {
        let before = thread_time();
        let applied = self.room.apply_next()?;
        let took = thread_time().saturating_sub(before);
        self.accounts.charge(applied.author, took);
        Some(took)
    }
}

/// Does work that may take long while another thread runs the other tasks of this worker.
fn outside_of_async(work: impl FnOnce()) {
    match Handle::current().runtime_flavor() {
        RuntimeFlavor::MultiThread => block_in_place(work),
        // A runtime of one thread has no other worker; only tests use it.
        _ => work(),
    }
}
