//! Tells whether a subscription works: messages that this server publishes to itself must come
//! back.
//!
//! A subscription can be dead while its connection looks alive; only a message
//! that went the normal way and came back proves that it works.

use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

/// A heartbeat that is not back after this long means that the subscription is dead.
const OVERDUE: Duration = Duration::from_secs(3);

/// When heartbeats of one subscription were sent and came back.
#[derive(Debug, Default)]
pub(super) struct Heartbeat {
    times: Mutex<Times>,
}

#[derive(Debug, Default)]
struct Times {
    /// When the first heartbeat was sent that has not come back.
    waiting_since: Option<Instant>,
    /// When the last heartbeat began to be sent.
    began: Option<Instant>,
    received: Option<Instant>,
}

impl Heartbeat {
    /// Notes that a heartbeat is being sent.
    pub(super) fn sending(&self) {
        self.times().began = Some(Instant::now());
    }

    /// Notes that the server accepted a heartbeat.
    pub(super) fn sent(&self) {
        self.times().waiting_since.get_or_insert_with(Instant::now);
    }

    /// Notes that a heartbeat came back. Tells after which time, if that is known.
    pub(super) fn received(&self) -> Option<Duration> {
        let (now, mut times) = (Instant::now(), self.times());
        times.waiting_since = None;
        times.received = Some(now);
        times.began.take().map(|began| now - began)
    }

    /// Notes a new connection: heartbeats sent before do not come back on it.
    pub(super) fn reconnected(&self) {
        self.times().waiting_since = None;
    }

    /// Whether a heartbeat should have come back long ago.
    pub(super) fn is_overdue(&self) -> bool {
        self.times()
            .waiting_since
            .is_some_and(|since| since.elapsed() > OVERDUE)
    }

    /// Whether a heartbeat came back a short while ago.
    pub(super) fn is_alive(&self) -> bool {
        self.times()
            .received
            .is_some_and(|received| received.elapsed() <= OVERDUE)
    }

    /// Whether a heartbeat ever came back.
    pub(super) fn was_alive(&self) -> bool {
        self.times().received.is_some()
    }

    fn times(&self) -> MutexGuard<'_, Times> {
        self.times.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
