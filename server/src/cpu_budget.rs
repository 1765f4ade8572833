//! CPU budgets: how much processor time the clients of a server may use.
//!
//! A budget is so much time a second, and so much at once. The work is measured while it is done and
//! charged afterwards, so the server need not foresee which requests are expensive. A client that
//! overdrew its budget is not read from until the budget is refilled, which slows it down by TCP.
//! governor cannot do this, because its limiters refuse what exceeds a quota.
//!
//! There is a budget for each connection, each board and each caller. All connections of a board or a
//! caller draw on its budget, so one of them could use up all of it. Each connection therefore has a
//! small share that it may use whatever the others do: enough for a person who draws.

use std::collections::HashMap;
use std::hash::Hash;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use rustix::time::{ClockId, clock_gettime};
use shared::id::BoardId;
use tokio::time::sleep;

use crate::caller_rate_limit::Caller;
use crate::clock::Clock;
use crate::metrics::{BudgetMetrics, Metrics};

/// One connection: a gesture costs a millisecond at most, so this is 200 gestures a second.
const CONNECTION: Rate = Rate::new(200, Duration::from_secs(1));
/// All connections to one board: 300 people who draw at the same time use half of it.
const BOARD: Rate = Rate::new(400, Duration::from_secs(2));
/// All connections of one caller: a school behind one address, on several boards.
const CALLER: Rate = Rate::new(500, Duration::from_secs(2));
/// What a connection may use although the budget of its board or caller is overdrawn, if the caller
/// has few connections.
const SHARE: Rate = Rate::new(10, Duration::from_millis(100));
/// The share with which a new connection begins if the budget of its caller is overdrawn: some
/// gestures.
const FIRST_SHARE: Duration = Duration::from_millis(10);
/// So many connections of a caller have whole shares, which together are as much as the caller's
/// budget. More of them have smaller ones.
const WHOLE_SHARES: u32 = 50;
/// Work on so few bytes takes some microseconds at most, whatever they say. Asking the system for the time
/// before and after it would take as long.
const SMALL_BYTES: usize = 200;
/// What work on few bytes is charged with.
const SMALL_WORK: Duration = Duration::from_micros(5);
/// The number of budgets from which on unused ones are searched and removed.
const MIN_KEPT: usize = 1_024;
/// A client that waits for its budget looks again after this at the latest, for others may have
/// charged the budget meanwhile.
const LOOK_AGAIN: Duration = Duration::from_secs(1);

/// Processor time that this thread has used.
pub(crate) fn thread_time() -> Duration {
    cpu_time(ClockId::ThreadCPUTime)
}

/// Processor time that this process has used.
pub(crate) fn process_time() -> Duration {
    cpu_time(ClockId::ProcessCPUTime)
}

fn cpu_time(clock: ClockId) -> Duration {
    let time = clock_gettime(clock);
    let seconds = u64::try_from(time.tv_sec).unwrap_or(0);
    Duration::new(seconds, u32::try_from(time.tv_nsec).unwrap_or(0))
}

/// How much processor time may be used.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Rate {
    /// Milliseconds in each second.
    per_second: u32,
    /// How much at once.
    burst: Duration,
}

impl Rate {
    pub(crate) const fn new(per_second: u32, burst: Duration) -> Self {
        Self { per_second, burst }
    }

    /// How long it takes to refill so much.
    fn refill(self, used: Duration) -> Duration {
        used * 1_000 / self.per_second
    }
}

/// One budget.
#[derive(Debug)]
pub(crate) struct Budget {
    rate: Rate,
    /// When the whole budget is there again, counted from the start of the clock.
    whole_at: Mutex<Duration>,
    /// Connections that are open, if it is the budget of a caller.
    connections: AtomicU32,
}

impl Budget {
    const fn new(rate: Rate) -> Self {
        Self {
            rate,
            whole_at: Mutex::new(Duration::ZERO),
            connections: AtomicU32::new(0),
        }
    }

    pub(crate) fn charge(&self, used: Duration, now: Duration) {
        let mut whole_at = lock(&self.whole_at);
        *whole_at = (*whole_at).max(now) + self.rate.refill(used);
    }

    /// How long until something is left of it.
    pub(crate) fn wait(&self, now: Duration) -> Duration {
        let overdrawn_until =
            lock(&self.whole_at).saturating_sub(self.rate.refill(self.rate.burst));
        overdrawn_until.saturating_sub(now)
    }

    fn is_whole(&self, now: Duration) -> bool {
        *lock(&self.whole_at) <= now
    }
}

/// Budgets by key. A budget stays while a connection uses it or while it is not whole.
#[derive(Debug)]
pub(crate) struct Budgets<K> {
    rate: Rate,
    kept: Mutex<Kept<K>>,
}

#[derive(Debug)]
struct Kept<K> {
    by_key: HashMap<K, Arc<Budget>>,
    /// At this number, unused budgets are removed.
    sweep_at: usize,
}

impl<K: Hash + Eq> Budgets<K> {
    pub(crate) fn new(rate: Rate) -> Self {
        let kept = Kept {
            by_key: HashMap::new(),
            sweep_at: MIN_KEPT,
        };
        Self {
            rate,
            kept: Mutex::new(kept),
        }
    }

    /// The budget of a key.
    pub(crate) fn of(&self, key: K, now: Duration) -> Arc<Budget> {
        let mut kept = lock(&self.kept);
        if kept.by_key.len() >= kept.sweep_at {
            let is_needed =
                |budget: &Arc<Budget>| Arc::strong_count(budget) > 1 || !budget.is_whole(now);
            kept.by_key.retain(|_, budget| is_needed(budget));
            kept.sweep_at = MIN_KEPT.max(2 * kept.by_key.len());
        }
        let new = || Arc::new(Budget::new(self.rate));
        Arc::clone(kept.by_key.entry(key).or_insert_with(new))
    }
}

/// All budgets of a server.
#[derive(Debug)]
pub struct CpuBudgets {
    clock: Clock,
    metrics: Arc<BudgetMetrics>,
    boards: Budgets<BoardId>,
    callers: Budgets<Caller>,
}

impl CpuBudgets {
    /// Nothing is used yet.
    #[must_use]
    pub fn new(clock: Clock, metrics: &Metrics) -> Self {
        Self {
            clock,
            metrics: Arc::new(metrics.budgets.clone()),
            boards: Budgets::new(BOARD),
            callers: Budgets::new(CALLER),
        }
    }

    /// The account of a new connection of a caller to a board.
    #[must_use]
    pub fn account(&self, board: BoardId, caller: Caller) -> CpuAccount {
        let now = now(self.clock);
        let caller = self.callers.of(caller, now);
        let share = Budget::new(SHARE);
        if !caller.wait(now).is_zero() {
            // Otherwise a caller could use any number of shares, one after the other.
            share.charge(SHARE.burst - FIRST_SHARE, now);
        }
        CpuAccount {
            clock: self.clock,
            metrics: Arc::clone(&self.metrics),
            own: Arc::new(OwnBudgets::new(share, &caller)),
            common: [self.boards.of(board, now), caller],
            used: Arc::default(),
        }
    }
}

/// The budgets that belong to one connection alone.
#[derive(Debug)]
struct OwnBudgets {
    own: Budget,
    share: Budget,
    /// The budget of the caller, which counts its connections.
    caller: Arc<Budget>,
}

impl OwnBudgets {
    fn new(share: Budget, caller: &Arc<Budget>) -> Self {
        caller.connections.fetch_add(1, Ordering::Relaxed);
        Self {
            own: Budget::new(CONNECTION),
            share,
            caller: Arc::clone(caller),
        }
    }

    fn charge(&self, used: Duration, now: Duration) {
        let connections = self.caller.connections.load(Ordering::Relaxed);
        self.own.charge(used, now);
        self.share
            .charge(used * connections.div_ceil(WHOLE_SHARES).max(1), now);
    }
}

impl Drop for OwnBudgets {
    fn drop(&mut self) {
        self.caller.connections.fetch_sub(1, Ordering::Relaxed);
    }
}

/// The budgets that one connection draws on. Clones are the same account.
#[derive(Debug, Clone)]
pub struct CpuAccount {
    clock: Clock,
    metrics: Arc<BudgetMetrics>,
    own: Arc<OwnBudgets>,
    common: [Arc<Budget>; 2],
    used: Arc<Mutex<Duration>>,
}

impl CpuAccount {
    /// All processor time that was charged.
    #[must_use]
    pub fn used(&self) -> Duration {
        *lock(&self.used)
    }

    /// Does work of this connection, and charges it.
    pub(crate) fn measure<T>(&self, work: impl FnOnce() -> T) -> T {
        let before = thread_time();
        let done = work();
        self.charge(thread_time().saturating_sub(before));
        done
    }

    /// Does work of this connection whose cost is bounded by a number of bytes, and charges it.
    pub(crate) fn measure_bytes<T>(&self, bytes: usize, work: impl FnOnce() -> T) -> T {
        if bytes > SMALL_BYTES {
            return self.measure(work);
        }
        self.charge(SMALL_WORK);
        work()
    }

    /// Charges processor time that was used for this connection.
    pub(crate) fn charge(&self, used: Duration) {
        *lock(&self.used) += used;
        let now = now(self.clock);
        self.own.charge(used, now);
        for budget in &self.common {
            budget.charge(used, now);
        }
    }

    /// Waits until the connection may use processor time again.
    pub(crate) async fn settle(&self) {
        loop {
            let wait = self.wait().min(LOOK_AGAIN);
            if wait.is_zero() {
                return;
            }
            self.metrics.waited(wait);
            sleep(wait).await;
        }
    }

    fn wait(&self) -> Duration {
        let now = now(self.clock);
        let common = self.common.iter().map(|budget| budget.wait(now)).max();
        let for_others = common.unwrap_or_default().min(self.own.share.wait(now));
        self.own.own.wait(now).max(for_others)
    }
}

/// The time for budgets.
pub(crate) fn now(clock: Clock) -> Duration {
    governor::clock::Clock::now(&clock)
}

fn lock<T>(value: &Mutex<T>) -> MutexGuard<'_, T> {
    // No code panics while it holds the lock, so the value is always sound.
    value.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests;
