//! Whether the store answers.

use crate::id::Millis;
use crate::protocol::StoreStatus;

use super::versioned::Versioned;

/// How long the store may fail before clients are told, in milliseconds.
const TOLERATED_MS: Millis = 1_000;

/// Whether the store answers, as clients are told.
#[derive(Debug)]
pub(super) struct StoreHealth {
    failing_since: Option<Millis>,
    storing: Versioned<StoreStatus>,
}

impl StoreHealth {
    /// A store that has just answered.
    pub(super) const fn new() -> Self {
        Self {
            failing_since: None,
            storing: Versioned::new(StoreStatus::Up),
        }
    }

    /// What clients are told.
    pub(super) const fn storing(&self) -> &Versioned<StoreStatus> {
        &self.storing
    }

    /// The store answered a request.
    pub(super) fn answered(&mut self) {
        self.failing_since = None;
        self.storing.set(StoreStatus::Up);
    }

    /// The store did not answer a request.
    pub(super) fn failed(&mut self, now: Millis) {
        let since = *self.failing_since.get_or_insert(now);
        if now.saturating_sub(since) >= TOLERATED_MS {
            self.storing.set(StoreStatus::Down);
        }
    }
}
