//! Limits how many WebSockets may be open that have not sent a valid hello yet. They are not tied
//! to any board, so no other limit counts them.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use crate::caller_rate_limit::Caller;

/// Handshakes of all callers at once.
const MAX_HANDSHAKES: usize = 1_000;
/// Handshakes of one caller at once; a school behind one address that reconnects at once still fits.
const MAX_HANDSHAKES_EACH: usize = 250;

/// Counts handshakes, in total and for each caller.
#[derive(Debug, Default)]
pub struct HandshakeLimiter {
    counts: Arc<Mutex<Counts>>,
}

#[derive(Debug, Default)]
struct Counts {
    total: usize,
    each: HashMap<Caller, usize>,
}

impl HandshakeLimiter {
    /// A permit for one handshake, if the limits allow it.
    #[must_use]
    pub fn try_acquire(&self, caller: Caller) -> Option<HandshakePermit> {
        let mut counts = lock(&self.counts);
        let of_caller = counts.each.get(&caller).copied().unwrap_or(0);
        if counts.total >= MAX_HANDSHAKES || of_caller >= MAX_HANDSHAKES_EACH {
            return None;
        }
        counts.total += 1;
        counts.each.insert(caller, of_caller + 1);
        drop(counts);
        Some(HandshakePermit {
            counts: Arc::clone(&self.counts),
            caller,
        })
    }
}

/// Counts one handshake; dropping it ends the count.
#[derive(Debug)]
pub struct HandshakePermit {
    counts: Arc<Mutex<Counts>>,
    caller: Caller,
}

impl Drop for HandshakePermit {
    fn drop(&mut self) {
        let mut counts = lock(&self.counts);
        counts.total = counts.total.saturating_sub(1);
        let left = counts
            .each
            .get(&self.caller)
            .map_or(0, |count| count.saturating_sub(1));
        if left == 0 {
            counts.each.remove(&self.caller);
        } else {
            counts.each.insert(self.caller, left);
        }
    }
}

fn lock(counts: &Mutex<Counts>) -> MutexGuard<'_, Counts> {
    // No code panics while it holds the lock, so the counts are always sound.
    counts.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use std::net::IpAddr;

    use super::*;

    fn caller(last: u8) -> Caller {
        Caller::from(IpAddr::from([10, 0, 0, last]))
    }

    #[test]
    fn one_caller_cannot_use_up_all_handshakes() {
        let limiter = HandshakeLimiter::default();
        let taken: Vec<HandshakePermit> =
            std::iter::from_fn(|| limiter.try_acquire(caller(1))).collect();
        assert_eq!(taken.len(), MAX_HANDSHAKES_EACH);
        assert!(limiter.try_acquire(caller(2)).is_some());
    }

    #[test]
    fn a_finished_handshake_makes_room_for_another() {
        let limiter = HandshakeLimiter::default();
        let mut taken: Vec<HandshakePermit> = (0..=255)
            .flat_map(|last| (0..4).map(move |_| last))
            .filter_map(|last| limiter.try_acquire(caller(last)))
            .collect();
        assert_eq!(taken.len(), MAX_HANDSHAKES);
        assert!(limiter.try_acquire(caller(7)).is_none());
        taken.pop();
        assert!(limiter.try_acquire(caller(7)).is_some());
    }
}
