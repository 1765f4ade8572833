//! Whether the store keeps commits.

use std::collections::BTreeMap;

use crate::id::Millis;
use crate::protocol::StoreStatus;

use super::versioned::Versioned;

/// How long the store may fail before clients are told, in milliseconds.
const TOLERATED_MS: Millis = 1_000;

/// A kind of request to the store. A later kind asks for more: a store that answers it answers the
/// earlier ones too, but not the other way round. A board of which one key is damaged, for example,
/// still tells where it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum StoreCall {
    /// Where the board stands, or its record.
    Head,
    /// The commits or the whole of a board.
    Read,
    /// Storing commits.
    Commit,
}

/// Whether the store keeps commits, as clients are told. It does if it answers this room and the
/// driver does not report otherwise: a store whose disk is full still answers reads.
#[derive(Debug)]
pub(super) struct StoreHealth {
    /// Since when requests of a kind have failed.
    failing: BTreeMap<StoreCall, Millis>,
    reported: StoreStatus,
    storing: Versioned<StoreStatus>,
}

impl StoreHealth {
    /// A store that has just answered.
    pub(super) const fn new() -> Self {
        Self {
            failing: BTreeMap::new(),
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
        if self.failing.is_empty() || status == StoreStatus::Down {
            self.storing.set(status);
        }
    }

    /// The store answered a request.
    pub(super) fn answered(&mut self, call: StoreCall) {
        self.failing.retain(|failing, _| *failing > call);
        if self.failing.is_empty() {
            self.storing.set(self.reported);
        }
    }

    /// The store did not answer a request, which will be made again.
    pub(super) fn failed(&mut self, call: StoreCall, now: Millis) {
        let since = *self.failing.entry(call).or_insert(now);
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
        health.answered(StoreCall::Read);
        assert_eq!(*health.storing().get(), StoreStatus::Down);
        health.reported(StoreStatus::Up);
        assert_eq!(*health.storing().get(), StoreStatus::Up);
    }

    #[test]
    fn a_store_that_fails_is_down_after_a_second_whatever_is_reported() {
        let mut health = StoreHealth::new();
        health.failed(StoreCall::Head, 0);
        health.reported(StoreStatus::Up);
        assert_eq!(*health.storing().get(), StoreStatus::Up);
        health.failed(StoreCall::Head, TOLERATED_MS);
        health.reported(StoreStatus::Up);
        assert_eq!(*health.storing().get(), StoreStatus::Down);
        health.answered(StoreCall::Head);
        assert_eq!(*health.storing().get(), StoreStatus::Up);
    }

    #[test]
    fn a_store_that_stores_nothing_is_down_although_it_tells_where_the_board_stands() {
        let mut health = StoreHealth::new();
        for now in (0..5 * TOLERATED_MS).step_by(100) {
            health.failed(StoreCall::Commit, now);
            health.answered(StoreCall::Head);
            health.answered(StoreCall::Read);
        }
        assert_eq!(*health.storing().get(), StoreStatus::Down);
        health.failed(StoreCall::Head, 5 * TOLERATED_MS);
        health.answered(StoreCall::Commit);
        assert_eq!(*health.storing().get(), StoreStatus::Up);
    }
}
