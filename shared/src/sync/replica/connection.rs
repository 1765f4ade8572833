//! The connection as the replica sees it: its handshake, and the silence of the server.

use crate::id::Millis;
use crate::limits::{HEARTBEAT_MS, QUIET_AFTER_MS, QUIET_HEARTBEAT_MS};
use crate::protocol::StoreStatus;

const _: () = assert!(HEARTBEAT_MS < STALE_MS);

/// A connection is suspect after this much silence, in milliseconds, while people are active on the
/// board. A server is silent for [`HEARTBEAT_MS`] at most then.
const STALE_MS: Millis = 2_000;
/// A connection has timed out after this much silence, in milliseconds.
const TIMEOUT_MS: Millis = 5_000;
/// The same on a silent board, where a server sends a heartbeat every [`QUIET_HEARTBEAT_MS`].
const QUIET_STALE_MS: Millis = QUIET_HEARTBEAT_MS + STALE_MS;
const QUIET_TIMEOUT_MS: Millis = QUIET_HEARTBEAT_MS + TIMEOUT_MS;

/// The state of the replica's connection.
#[derive(Debug)]
pub(super) struct ConnectionState {
    phase: Phase,
    was_welcomed: bool,
    /// Whether a message came on this connection.
    has_received: bool,
    /// Since when the server is silent; `None` if the client has just sent something to which the
    /// server must react.
    silent_since: Option<Millis>,
    /// When anything but heartbeats was received or sent.
    last_active: Millis,
    /// Whether the board was silent at the last message, so that the next one may take long.
    is_quiet: bool,
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
            silent_since: Some(now),
            last_active: now,
            is_quiet: false,
            moving_until: None,
            storing: StoreStatus::Up,
        }
    }

    pub(super) fn opened(&mut self, now: Millis) {
        self.phase = Phase::HelloSent;
        self.has_received = false;
        self.begin(now);
        self.storing = StoreStatus::Up;
    }

    pub(super) fn welcomed(&mut self) {
        self.phase = Phase::Online;
        self.was_welcomed = true;
        self.moving_until = None;
    }

    pub(super) fn received(&mut self, is_heartbeat: bool, now: Millis) {
        self.has_received = true;
        self.silent_since = Some(now);
        if !is_heartbeat {
            self.last_active = now;
        }
        self.is_quiet = now >= self.last_active + QUIET_AFTER_MS;
    }

    /// A message was sent that wakes a silent board.
    pub(super) fn sent(&mut self) {
        if self.is_quiet {
            self.is_quiet = false;
            self.silent_since = None;
        }
    }

    pub(super) fn time_passed(&mut self, now: Millis) {
        if self.silent_since.is_none() {
            self.begin(now);
        }
    }

    fn begin(&mut self, now: Millis) {
        self.silent_since = Some(now);
        self.last_active = now;
        self.is_quiet = false;
    }

    pub(super) fn set_storing(&mut self, storing: StoreStatus) {
        self.storing = storing;
    }

    pub(super) fn closed(&mut self, now: Millis) {
        self.phase = Phase::Disconnected;
        self.begin(now);
        self.moving_until = None;
    }

    /// The connection is closed in favour of one to another server.
    pub(super) fn moves(&mut self, now: Millis) {
        let shows_at = self.silent_since.unwrap_or(now) + self.limits()[0];
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
        self.silence(now) >= self.limits()[0]
    }

    pub(super) fn has_timed_out(&self, now: Millis) -> bool {
        self.phase != Phase::Disconnected && self.silence(now) >= self.limits()[1]
    }

    fn silence(&self, now: Millis) -> Millis {
        now.saturating_sub(self.silent_since.unwrap_or(now))
    }

    /// After how much silence the connection is suspect and has timed out.
    const fn limits(&self) -> [Millis; 2] {
        if self.is_quiet {
            [QUIET_STALE_MS, QUIET_TIMEOUT_MS]
        } else {
            [STALE_MS, TIMEOUT_MS]
        }
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
        let Some(since) = self.silent_since else {
            return now;
        };
        let mut times = self.limits().into_iter().map(|limit| since + limit);
        times.find(|due| *due > now).unwrap_or(now + STALE_MS)
    }
}
