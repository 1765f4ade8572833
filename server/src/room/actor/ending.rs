//! How a room ends: when it is unused, or when the server shuts down.

use std::time::Duration;

use shared::id::Millis;
use shared::protocol::CloseCode;

use super::Actor;
use crate::protection::{self, Protection};

/// A board stays open this long after the last client left, because people reload their pages.
const LINGER: Duration = Duration::from_secs(60);
/// How long a room waits for the store and for slow readers when the server shuts down.
const SHUTDOWN_LIMIT: Duration = Duration::from_secs(8);
/// Clients reconnect after a random wait of up to this, so that the next server does not get all
/// of them in one moment.
const RECONNECT_WITHIN_MS: u32 = 1_000;

impl Actor {
    pub(super) fn start_shutdown(&mut self) {
        if !self.room.is_flushed() && self.store_health.borrow().is_down() {
            tracing::warn!("the store is down, so clients keep what is not stored");
        }
        self.shutdown_deadline = Some(self.clock.now() + SHUTDOWN_LIMIT.as_millis() as Millis);
        if protection::is_on(Protection::Goodbye) {
            self.room.say_goodbye(RECONNECT_WITHIN_MS);
        }
    }

    /// Whether shutdown is complete: everything is sent, and stored unless the store is down, or the
    /// time is up. Clients keep the commits that are not stored and send them again.
    pub(super) fn is_shut_down(&self) -> bool {
        let Some(until) = self.shutdown_deadline else {
            return false;
        };
        let now = self.clock.now();
        let all_sent = self.sessions.iter().all(|(session, handle)| {
            handle.frames.capacity() > 0 && !self.room.has_output(*session, now)
        });
        let all_stored = self.room.is_flushed() || self.store_health.borrow().is_down();
        let all_taken = self.mailbox.is_empty();
        now >= until || (all_taken && all_stored && all_sent)
    }

    pub(super) fn is_unused(&mut self) -> bool {
        if !self.sessions.is_empty() || !self.room.is_idle() {
            self.unused_since = None;
            return false;
        }
        let now = self.clock.now();
        now >= *self.unused_since.get_or_insert(now) + LINGER.as_millis() as Millis
    }

    pub(super) fn close_all(&mut self) {
        for session in self.sessions.keys().copied().collect::<Vec<_>>() {
            self.close(session, CloseCode::Restart);
        }
    }
}
