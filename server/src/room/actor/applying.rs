//! The actor applies the commits that have arrived, so that expensive ones delay no other board.
//!
//! Most commits take some microseconds and are applied at once. Others run outside of the async
//! workers, in turns with the commits of other boards. Which are expensive is not known before: a
//! commit is taken for one if it is long, or if the board was expensive a moment ago.

use std::time::{Duration, Instant};

use tokio::runtime::{Handle, RuntimeFlavor};
use tokio::task::block_in_place;

use super::super::turns::TURN;
use super::Actor;
use crate::cpu_budget::thread_time;

/// Shorter commits are taken for cheap: they take about a tenth of a millisecond.
const CHEAP_BYTES: usize = 2 * 1024;
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
    /// Notes how long one commit took.
    fn note(&mut self, took: Duration) {
        if took > CHEAP_TURN {
            self.until = Some(Instant::now() + EXPENSIVE_FOR);
        }
    }

    fn is_expected(&self, bytes: usize) -> bool {
        bytes > CHEAP_BYTES || self.until.is_some_and(|until| Instant::now() < until)
    }
}

impl Actor {
    /// Applies commits for one turn. Sessions are served between two turns.
    pub(super) async fn apply(&mut self) {
        if self.expense.is_expected(self.room.ready_bytes()) {
            let turns = self.turns.clone();
            let turn = turns.wait().await;
            outside_of_async(|| self.apply_while(TURN, |_| true));
            drop(turn);
        } else {
            self.apply_while(CHEAP_TURN, |actor| {
                !actor.expense.is_expected(actor.room.ready_bytes())
            });
        }
        if self.room.has_ready() {
            tokio::task::yield_now().await;
        }
    }

    /// Applies commits until the time is up or the next one is not wanted, and charges their authors.
    fn apply_while(&mut self, limit: Duration, is_wanted: impl Fn(&Self) -> bool) {
        let end = Instant::now() + limit;
        while is_wanted(self) && Instant::now() < end {
            let before = thread_time();
            let Some(applied) = self.room.apply_next() else {
                return;
            };
            let took = thread_time().saturating_sub(before);
            self.expense.note(took);
            let author = applied
                .session
                .and_then(|session| self.sessions.get(&session));
            if let Some(author) = author {
                author.cpu.charge(took);
            }
        }
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
