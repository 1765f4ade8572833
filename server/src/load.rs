//! How busy this server is, and how long live updates wait for others because of that.
//!
//! While cores are free, each live update is sent at once. When they are used up, updates of a board
//! are sent together, which costs much less, so that commits are not delayed. A server that cannot even
//! keep up with that lets them wait still longer, so that none is dropped.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::thread::available_parallelism;
use std::time::Duration;

use shared::id::Millis;
use tokio::time::{Instant, sleep};

use crate::cpu_budget::process_time;

/// How often the load is measured.
const MEASURE_EVERY: Duration = Duration::from_millis(50);
/// The part of all cores, in percent, above which updates wait longer.
const BUSY_PERCENT: u128 = 80;
/// The part of all cores, in percent, below which they wait shorter.
const FREE_PERCENT: u128 = 60;
/// A task that runs so late means that other processes use the cores.
const LATE: Duration = Duration::from_millis(6);
/// A task that runs so late means that the cores are asked for more than they can do.
const OVERLOADED: Duration = Duration::from_millis(20);
/// The longest wait in milliseconds while the cores are busy: 40 pictures a second look smooth.
const MAX_TICK_MS: Millis = 25;
/// The longest wait in milliseconds while they are overloaded. A tenth of a second still feels
/// immediate, and there are a quarter as many frames.
const MAX_OVERLOADED_TICK_MS: Millis = 100;
/// By how much the wait grows after a busy measurement, and shrinks after one with free cores, in
/// milliseconds. It shrinks slowly, because waiting is what made the cores free.
const GROW_MS: Millis = 3;
const SHRINK_MS: Millis = 1;
/// By how much it grows after a measurement of overloaded cores, in milliseconds: what comes meanwhile is
/// late.
const GROW_OVERLOADED_MS: Millis = 15;

/// The load of this process. Clones share it.
#[derive(Debug, Clone, Default)]
pub struct Load {
    tick_ms: Arc<AtomicU64>,
}

impl Load {
    /// The shortest time between two frames of live updates of a board, in milliseconds.
    #[must_use]
    pub fn tick_ms(&self) -> Millis {
        self.tick_ms.load(Ordering::Relaxed)
    }

    /// Measures the load, without end.
    pub async fn measure(self) {
        let cores = available_parallelism().map_or(1, usize::from) as u128;
        let (mut at, mut used) = (Instant::now(), process_time());
        loop {
            sleep(MEASURE_EVERY).await;
            let (now, used_now) = (Instant::now(), process_time());
            let (wall, cpu) = (now - at, used_now.saturating_sub(used));
            let percent = 100 * cpu.as_nanos() / (wall.as_nanos() * cores).max(1);
            let late = wall.saturating_sub(MEASURE_EVERY);
            let tick = next_tick(self.tick_ms(), percent, late);
            self.tick_ms.store(tick, Ordering::Relaxed);
            (at, used) = (now, used_now);
        }
    }
}

fn next_tick(tick: Millis, percent: u128, late: Duration) -> Millis {
    if late > OVERLOADED {
        return (tick + GROW_OVERLOADED_MS).min(MAX_OVERLOADED_TICK_MS);
    }
    if tick > MAX_TICK_MS {
        return tick - SHRINK_MS;
    }
    if late > LATE || percent >= BUSY_PERCENT {
        return (tick + GROW_MS).min(MAX_TICK_MS);
    }
    if percent < FREE_PERCENT {
        return tick.saturating_sub(SHRINK_MS);
    }
    tick
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The wait after so many measurements of the same kind.
    fn after(count: usize, from: Millis, percent: u128, late_ms: u64) -> Millis {
        let late = Duration::from_millis(late_ms);
        (0..count).fold(from, |tick, _| next_tick(tick, percent, late))
    }

    #[test]
    fn updates_wait_while_the_cores_are_used_up() {
        assert_eq!(after(100, 0, 40, 0), 0);
        assert_eq!(after(3, 0, 95, 0), 9);
        assert_eq!(after(100, 0, 95, 0), MAX_TICK_MS);
        assert_eq!(after(100, 0, 10, 10), MAX_TICK_MS);
        assert_eq!(after(100, 12, 70, 0), 12);
        assert_eq!(after(100, MAX_TICK_MS, 40, 0), 0);
    }

    #[test]
    fn updates_wait_longer_only_while_the_cores_are_overloaded() {
        assert_eq!(after(100, 0, 100, 50), MAX_OVERLOADED_TICK_MS);
        assert_eq!(after(100, MAX_OVERLOADED_TICK_MS, 95, 0), MAX_TICK_MS);
        assert_eq!(after(200, MAX_OVERLOADED_TICK_MS, 40, 0), 0);
    }
}
