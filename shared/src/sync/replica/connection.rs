//! The connection as the replica sees it: its handshake, and the silence of the server.

use crate::id::Millis;
use crate::protocol::StoreStatus;

/// A connection is suspect after this much silence, in milliseconds. A server is never silent for
/// more than half of it.
const STALE_MS: Millis = 2_000;
/// A connection has timed out after this much silence, in milliseconds.
const TIMEOUT_MS: Millis = 5_000;

/// The state of the replica's connection.
#[derive(Debug)]
pub(super) struct ConnectionState {
    phase: Phase,
    was_welcomed: bool,
    /// Whether a message came on this connection.
    has_received: bool,
    last_received: Millis,
    /// During a move to another server: when its silence would show.
    moving_until: Option<Millis>,
    storing: StoreStatus,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Phase {
    Disconnected,
    HelloSent,
    Online,
}

impl ConnectionState {
    pub(super) const fn new(now: Millis) -> Self {
        Self {
            phase: Phase::Disconnected,
            was_welcomed: false,
            has_received: false,
            last_received: now,
            moving_until: None,
            storing: StoreStatus::Up,
        }
    }

    pub(super) fn opened(&mut self, now: Millis) {
        self.phase = Phase::HelloSent;
        self.has_received = false;
        self.last_received = now;
        self.storing = StoreStatus::Up;
    }

    pub(super) fn welcomed(&mut self) {
        self.phase = Phase::Online;
        self.was_welcomed = true;
        self.moving_until = None;
    }

    pub(super) fn received(&mut self, now: Millis) {
        self.has_received = true;
        self.last_received = now;
    }

    pub(super) fn set_storing(&mut self, storing: StoreStatus) {
        self.storing = storing;
    }

    pub(super) fn closed(&mut self, now: Millis) {
        self.phase = Phase::Disconnected;
        self.last_received = now;
        self.moving_until = None;
    }

    /// The connection is closed in favour of one to another server.
    pub(super) fn moves(&mut self, now: Millis) {
        let shows_at = self.last_received + STALE_MS;
        let is_alive = self.is_online();
        self.closed(now);
        self.moving_until = is_alive.then_some(shows_at);
    }

    /// Whether the server can save at present.
    pub(super) const fn storing(&self) -> StoreStatus {
        self.storing
    }

    /// Whether the server ever welcomed this client.
    pub(super) const fn was_welcomed(&self) -> bool {
        self.was_welcomed
    }

    pub(super) fn is_online(&self) -> bool {
        self.phase == Phase::Online
    }

    /// Whether a server sends all changes, or did so until a move that is quick so far.
    pub(super) fn is_alive(&self, now: Millis) -> bool {
        self.moving_until.is_some_and(|until| now < until)
            || (self.is_online() && !self.is_stale(now))
    }

    /// Whether the server sends messages.
    pub(super) fn is_server_there(&self, now: Millis) -> bool {
        self.phase != Phase::Disconnected && self.has_received && !self.is_stale(now)
    }

    pub(super) fn is_stale(&self, now: Millis) -> bool {
        now.saturating_sub(self.last_received) >= STALE_MS
    }

    pub(super) fn has_timed_out(&self, now: Millis) -> bool {
        self.phase != Phase::Disconnected && now.saturating_sub(self.last_received) >= TIMEOUT_MS
    }

    /// When silence makes the connection stale or times it out, or shows that a move takes long.
    pub(super) fn next_timeout(&self, now: Millis) -> Option<Millis> {
        let of_silence = match self.phase {
            Phase::Disconnected => None,
            Phase::HelloSent | Phase::Online => Some(self.next_silence(now)),
        };
        let of_move = self.moving_until.filter(|until| *until > now);
        [of_silence, of_move].into_iter().flatten().min()
    }

    fn next_silence(&self, now: Millis) -> Millis {
        let times = [
            self.last_received + STALE_MS,
            self.last_received + TIMEOUT_MS,
        ];
        times
            .into_iter()
            .find(|due| *due > now)
            .unwrap_or(now + STALE_MS)
    }
}
