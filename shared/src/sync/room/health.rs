//! Whether the store keeps commits.

use crate::id::Millis;
use crate::protocol::StoreStatus;

use super::versioned::Versioned;

/// How long the store may fail before clients are told, in milliseconds.
const TOLERATED_MS: Millis = 1_000;

/// Whether the store keeps commits, as clients are told. It does if it answers this room and the
/// driver does not report otherwise: a store whose disk is full still answers reads.
#[derive(Debug)]
pub(super) struct StoreHealth {
    failing_since: Option<Millis>,
    reported: StoreStatus,
    storing: Versioned<StoreStatus>,
}

impl StoreHealth {
    /// A store that has just answered.
    pub(super) const fn new() -> Self {
        Self {
            failing_since: None,
            reported: StoreStatus::Up,
            storing: Versioned::new(StoreStatus::Up),
        }
    }

    /// What clients are told.
    pub(super) const fn storing(&self) -> &Versioned<StoreStatus> {
        &self.storing
    }

    /// The driver reports whether the store keeps commits.
    pub(super) fn reported(&mut self, status: StoreStatus) {
        self.reported = status;
        if self.failing_since.is_none() || status == StoreStatus::Down {
            self.storing.set(status);
        }
    }

    /// The store answered a request.
    pub(super) fn answered(&mut self) {
        self.failing_since = None;
        self.storing.set(self.reported);
    }

    /// The store did not answer a request.
    pub(super) fn failed(&mut self, now: Millis) {
        let since = *self.failing_since.get_or_insert(now);
        if now.saturating_sub(since) >= TOLERATED_MS {
            self.storing.set(StoreStatus::Down);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_store_that_is_reported_down_stays_down_although_it_answers_reads() {
        let mut health = StoreHealth::new();
        health.reported(StoreStatus::Down);
        health.answered();
        assert_eq!(*health.storing().get(), StoreStatus::Down);
        health.reported(StoreStatus::Up);
        assert_eq!(*health.storing().get(), StoreStatus::Up);
    }

    #[test]
    fn a_store_that_fails_is_down_after_a_second_whatever_is_reported() {
        let mut health = StoreHealth::new();
        health.failed(0);
        health.reported(StoreStatus::Up);
        assert_eq!(*health.storing().get(), StoreStatus::Up);
        health.failed(TOLERATED_MS);
        health.reported(StoreStatus::Up);
        assert_eq!(*health.storing().get(), StoreStatus::Down);
        health.answered();
        assert_eq!(*health.storing().get(), StoreStatus::Up);
    }
}
