//! How a room ends: when it is unused, or when the server shuts down.

use std::time::Duration;

use shared::id::Millis;
use shared::protocol::CloseCode;

use super::super::connection_writer::WriterState;
use super::{Actor, Failure};
use crate::protection::{self, Protection};

/// A board stays open this long after the last client left, because people reload their pages.
const LINGER: Duration = Duration::from_secs(60);
/// How long a room waits for the store and for slow readers when the server shuts down.
const SHUTDOWN_LIMIT: Duration = Duration::from_secs(8);
/// Clients leave at a random time within this after the goodbye, so that the next server does not
/// get all of them in one moment.
const LEAVE_WITHIN_MS: u32 = 1_000;
/// A client that is still here so long after the goodbye is closed. It is more than
/// [`LEAVE_WITHIN_MS`] by a slow round trip: a client that leaves by itself has no gap in which its
/// user sees that the connection is lost.
const LEAVE_LIMIT_MS: Millis = 1_500;

/// The times of a shutdown.
#[derive(Debug, Clone, Copy)]
pub(super) struct Shutdown {
    /// When clients that did not leave are closed, if everything is sent and stored.
    pub(super) sessions_until: Millis,
    /// When the room ends in any case.
    pub(super) until: Millis,
}

impl Actor {
    /// Ends the requests to the store, so that the store can be closed after all rooms.
    pub(in crate::room) async fn end(self) {
        self.effects.end().await;
    }

    pub(super) fn start_shutdown(&mut self) {
        if !self.room.is_flushed() && self.store_health.borrow().is_down() {
            tracing::warn!("the store is down, so clients keep what is not stored");
        }
        let now = self.clock.now();
        let mut shutdown = Shutdown {
            sessions_until: now,
            until: now + SHUTDOWN_LIMIT.as_millis() as Millis,
        };
        if protection::is_on(Protection::Goodbye) {
            self.room.say_goodbye(LEAVE_WITHIN_MS);
            shutdown.sessions_until += LEAVE_LIMIT_MS;
        }
        self.shutdown = Some(shutdown);
    }

    /// When the room has something to do although no message arrives.
    pub(super) fn next_timeout(&self) -> Millis {
        let due = self.room.poll_timeout().min(self.outputs.due());
        let due = due.min(self.next_people_check);
        let unused = self
            .unused_since
            .map(|since| since + LINGER.as_millis() as Millis);
        let due = due.min(unused.unwrap_or(Millis::MAX));
        match self.shutdown {
            Some(shutdown) if self.clock.now() < shutdown.sessions_until => {
                due.min(shutdown.sessions_until)
            }
            Some(shutdown) => due.min(shutdown.until),
            None => due,
        }
    }

    /// Whether shutdown is complete: the clients have left or had the time for it, everything is
    /// sent, and stored unless the store is down, or the time is up. Clients keep the commits that
    /// are not stored and send them again.
    pub(super) fn is_shut_down(&self) -> bool {
        let Some(Shutdown {
            sessions_until,
            until,
        }) = self.shutdown
        else {
            return false;
        };
        let now = self.clock.now();
        let all_left = self.sessions.is_empty() || now >= sessions_until;
        let all_sent = self.sessions.iter().all(|(session, handle)| {
            handle.writer.state() != WriterState::Busy && !self.room.has_output(*session, now)
        });
        let all_stored = self.room.is_flushed() || self.store_health.borrow().is_down();
        let all_taken = self.mailbox.is_empty();
        now >= until || (all_left && all_taken && all_stored && all_sent)
    }

    pub(super) fn is_unused(&mut self) -> bool {
        if !self.sessions.is_empty() || !self.room.is_idle() {
            self.unused_since = None;
            return false;
        }
        let now = self.clock.now();
        now >= *self.unused_since.get_or_insert(now) + LINGER.as_millis() as Millis
    }

    pub(super) fn close_all(&mut self, code: CloseCode) {
        for session in self.sessions.keys().copied().collect::<Vec<_>>() {
            self.close(session, code);
        }
    }

    /// The board was deleted: its clients are told what they would be told of an unknown board.
    pub(super) fn delete(&mut self) -> Failure {
        self.close_all(CloseCode::NoAccess);
        Failure::Deleted
    }
}
