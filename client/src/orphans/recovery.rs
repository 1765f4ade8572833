//! The recovery of one orphaned outbox. It lasts until every commit is durable.

use shared::id::{ClientKey, Millis};
use shared::sync::{Driver, DriverEvent, OutboxChange, Setup, Status};

/// A request of a recovery to the browser.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum RecoveryRequest {
    /// Connect to the server.
    Connect,
    /// Close the connection.
    Disconnect,
    /// Change the outbox.
    Outbox(OutboxChange),
}

/// Recovers one orphaned outbox.
#[derive(Debug)]
pub(super) struct Recovery {
    driver: Driver,
    is_finished: bool,
}

impl Recovery {
    pub(super) fn new(setup: Setup, now: Millis) -> Self {
        Self {
            driver: Driver::new(setup, now),
            is_finished: false,
        }
    }

    pub(super) const fn driver(&mut self) -> &mut Driver {
        &mut self.driver
    }

    /// Whether all commits are durable, or the rest cannot be sent now. Commits that could not be sent
    /// stay in the outbox for a later page.
    pub(super) const fn is_finished(&self) -> bool {
        self.is_finished
    }

    /// The next request. `fresh_key` makes a key if the identity cannot go on.
    pub(super) fn poll_request(
        &mut self,
        now: Millis,
        fresh_key: &mut dyn FnMut() -> ClientKey,
    ) -> Option<RecoveryRequest> {
        while let Some(event) = self.driver.poll_event() {
            match event {
                DriverEvent::Connect => return Some(RecoveryRequest::Connect),
                DriverEvent::Disconnect => return Some(RecoveryRequest::Disconnect),
                DriverEvent::Outbox(change) => return Some(RecoveryRequest::Outbox(change)),
                DriverEvent::IdentityLost => self.driver.renew(fresh_key(), now),
                // The link may only view, or the board is full: a later page may do better.
                DriverEvent::Refused(_) | DriverEvent::GaveUp(_) => self.is_finished = true,
                // The identity belongs to a tab that ended, and nobody sees this board.
                DriverEvent::SaveIdentity(_)
                | DriverEvent::OutageLasts
                | DriverEvent::Changed(_)
                | DriverEvent::Loaded(_)
                | DriverEvent::Reset
                | DriverEvent::Progress
                | DriverEvent::Fullness(_)
                | DriverEvent::Presence
                | DriverEvent::BlobReady(_)
                | DriverEvent::Chat
                | DriverEvent::Rights(_)
                | DriverEvent::Title(_) => {}
            }
        }
        self.forget_author_if_durable(now)
    }

    /// When every commit is durable, the identity is not needed any more.
    fn forget_author_if_durable(&mut self, now: Millis) -> Option<RecoveryRequest> {
        let is_durable = self.driver.replica().status(now) == Status::Saved { durable: true };
        if !is_durable || self.is_finished {
            return None;
        }
        self.is_finished = true;
        let author = self.driver.identity().key;
        Some(RecoveryRequest::Outbox(OutboxChange::ForgetAuthor(author)))
    }
}
