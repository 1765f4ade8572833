//! The canary's book: when one was sent and when it came back, for each line.
//!
//! A subscription can be dead while its connection looks alive; only a message
//! that went the normal way and came back proves that it works.

use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

/// A canary that is out longer than this means that the line is dead.
const OVERDUE: Duration = Duration::from_secs(3);

/// One line's canaries.
#[derive(Debug, Default)]
pub(super) struct Pulse {
    times: Mutex<Times>,
}

#[derive(Debug, Default)]
struct Times {
    /// The first canary that has not come back.
    out_since: Option<Instant>,
    heard: Option<Instant>,
}

impl Pulse {
    /// A canary was accepted by the server.
    pub(super) fn sent(&self) {
        self.times().out_since.get_or_insert_with(Instant::now);
    }

    /// A canary came back.
    pub(super) fn heard(&self) {
        *self.times() = Times {
            out_since: None,
            heard: Some(Instant::now()),
        };
    }

    /// A new line begins: canaries of the old one count no more.
    pub(super) fn begin(&self) {
        self.times().out_since = None;
    }

    /// Whether a canary should have come back long ago.
    pub(super) fn is_overdue(&self) -> bool {
        self.times()
            .out_since
            .is_some_and(|since| since.elapsed() > OVERDUE)
    }

    /// Whether one came back a short while ago.
    pub(super) fn is_alive(&self) -> bool {
        self.times()
            .heard
            .is_some_and(|heard| heard.elapsed() <= OVERDUE)
    }

    fn times(&self) -> MutexGuard<'_, Times> {
        self.times.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
