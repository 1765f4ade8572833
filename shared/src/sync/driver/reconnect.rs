//! When to connect, when to wait, and when to give up.

use std::time::Duration;

use crate::id::Millis;
use crate::protocol::{CloseCode, Reconnect};

use super::backoff::{Backoff, Loss};
use super::protocol_errors::ProtocolErrors;

/// An attempt to connect that takes longer has failed, in milliseconds: the first one, and those on
/// slow networks.
const LONGEST_ATTEMPT_MS: Millis = 10_000;
/// The least time that an attempt is given, in milliseconds. A system repeats a packet that got
/// lost 1 and 3 s after it, so a longer attempt would not succeed sooner.
const SHORTEST_ATTEMPT_MS: Millis = 3_000;
/// An attempt is given so many times the time of the last one that succeeded.
const ATTEMPT_FACTOR: Millis = 4;
/// The longest wait before the next attempt after the network came back, in milliseconds: the
/// attempt is likely to succeed, but not every client should make it at the same moment.
const NETWORK_RESTORED_MS: u64 = 300;

/// The state of the one connection that a driver has or wants.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    /// There is no connection; the next attempt begins at this time.
    Waiting { until: Millis },
    /// An attempt is under way since a time; it fails at another one.
    Connecting { since: Millis, until: Millis },
    /// The connection is open. `leave_at` is the time to move to another server, if this one
    /// announced that it goes away.
    Open { leave_at: Option<Millis> },
    /// The driver gave up.
    Closed,
}

/// The next step of the driver.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Step {
    /// Connect.
    Connect,
    /// Drop the connection and wait.
    Wait,
    /// Drop the connection and connect to another server at once.
    Move,
    /// Drop the connection for good.
    GiveUp(CloseCode),
}

/// The rule by which a client connects, waits and gives up.
#[derive(Debug)]
pub(super) struct ReconnectPolicy {
    state: State,
    /// How long the first attempt after a loss may take, in milliseconds.
    attempt_ms: Millis,
    /// Number of attempts in a row that took too long.
    slow_attempts: u32,
    backoff: Backoff,
    protocol_errors: ProtocolErrors,
}

impl ReconnectPolicy {
    /// A first attempt begins now. `seed` makes the waits of each client different.
    pub(super) fn new(seed: u64, now: Millis) -> Self {
        Self {
            state: State::Connecting {
                since: now,
                until: now + LONGEST_ATTEMPT_MS,
            },
            attempt_ms: LONGEST_ATTEMPT_MS,
            slow_attempts: 0,
            backoff: Backoff::new(seed),
            protocol_errors: ProtocolErrors::default(),
        }
    }

    pub(super) const fn is_open(&self) -> bool {
        matches!(self.state, State::Open { .. })
    }

    /// Whether the driver gave up.
    pub(super) const fn is_closed(&self) -> bool {
        matches!(self.state, State::Closed)
    }

    /// The attempt succeeded; false if none was under way.
    pub(super) fn opened(&mut self, now: Millis) -> bool {
        let State::Connecting { since, .. } = self.state else {
            return false;
        };
        let took = now.saturating_sub(since);
        self.attempt_ms = (took * ATTEMPT_FACTOR).clamp(SHORTEST_ATTEMPT_MS, LONGEST_ATTEMPT_MS);
        self.slow_attempts = 0;
        self.state = State::Open { leave_at: None };
        true
    }

    /// The server let this client in.
    pub(super) fn welcomed(&mut self, now: Millis) {
        self.backoff.welcomed(now);
    }

    /// The connection ended or could not be made; the server gave this code, if any.
    pub(super) fn lost(&mut self, code: Option<u16>, now: Millis) -> Option<Step> {
        match self.state {
            State::Waiting { .. } | State::Closed => None,
            State::Connecting { .. } | State::Open { .. } => {
                let code = code.and_then(CloseCode::from_number);
                Some(match code.map(|code| (code, code.reconnect())) {
                    Some((code, Reconnect::No | Reconnect::Reload)) => self.give_up(code),
                    Some((_, Reconnect::Later)) => self.wait(Loss::Overload, now),
                    Some((_, Reconnect::Yes)) | None => self.wait(Loss::Broken, now),
                })
            }
        }
    }

    /// The server sent a message that the replica cannot understand. A server that is never understood
    /// speaks another version, even if it welcomed this client.
    pub(super) fn not_understood(&mut self, now: Millis) -> Step {
        if self.protocol_errors.note(now) {
            self.give_up(CloseCode::Version)
        } else {
            self.wait(Loss::Broken, now)
        }
    }

    /// The server said nothing for too long, or the driver needs a new connection.
    pub(super) fn broken(&mut self, now: Millis) -> Step {
        self.wait(Loss::Broken, now)
    }

    /// The server goes away: move to another one within so many milliseconds.
    pub(super) fn server_leaves(&mut self, within_ms: u32, now: Millis) {
        if let State::Open { leave_at } = &mut self.state {
            let window = Duration::from_millis(within_ms.into());
            self.backoff.announced(window);
            *leave_at = Some(now + self.backoff.random_ms(within_ms.into()));
        }
    }

    /// The network is back, or the user looks at the page again: shortens the wait. An attempt that
    /// began without a network may never end, so it gets only a short time.
    pub(super) fn network_restored(&mut self, now: Millis) {
        self.backoff.network_restored(now);
        self.slow_attempts = 0;
        let attempt_ends = now + self.longest_attempt();
        match &mut self.state {
            State::Waiting { until } => {
                let soon = now + self.backoff.random_ms(NETWORK_RESTORED_MS);
                *until = soon.min(*until);
            }
            State::Connecting { until, .. } => *until = attempt_ends.min(*until),
            State::Open { .. } | State::Closed => {}
        }
    }

    /// When [`Self::timeout`] has something to do.
    pub(super) const fn next_timeout(&self) -> Option<Millis> {
        match self.state {
            State::Waiting { until } | State::Connecting { until, .. } => Some(until),
            State::Open { leave_at } => leave_at,
            State::Closed => None,
        }
    }

    /// Takes the step that is due: an attempt, a wait after an attempt that failed, or the move to
    /// another server.
    pub(super) fn timeout(&mut self, now: Millis) -> Option<Step> {
        if self.next_timeout().is_none_or(|due| now < due) {
            return None;
        }
        match self.state {
            State::Waiting { .. } => {
                self.begin_attempt(now);
                Some(Step::Connect)
            }
            State::Connecting { .. } => {
                self.slow_attempts = self.slow_attempts.saturating_add(1);
                Some(self.wait(Loss::Broken, now))
            }
            State::Open { .. } => {
                self.backoff.ended_as_announced(now);
                self.begin_attempt(now);
                Some(Step::Move)
            }
            State::Closed => None,
        }
    }

    fn begin_attempt(&mut self, now: Millis) {
        self.state = State::Connecting {
            since: now,
            until: now + self.longest_attempt(),
        };
    }

    /// How long an attempt may take that begins now, in milliseconds.
    fn longest_attempt(&self) -> Millis {
        let doubled = Millis::from(2_u32).saturating_pow(self.slow_attempts);
        self.attempt_ms
            .saturating_mul(doubled)
            .min(LONGEST_ATTEMPT_MS)
    }

    /// Ends the connection or the attempt, and waits before the next one.
    fn wait(&mut self, loss: Loss, now: Millis) -> Step {
        let wait = self.backoff.next_wait(loss, now);
        let wait_ms = Millis::try_from(wait.as_millis()).unwrap_or(Millis::MAX);
        self.state = State::Waiting {
            until: now.saturating_add(wait_ms),
        };
        Step::Wait
    }

    fn give_up(&mut self, code: CloseCode) -> Step {
        self.state = State::Closed;
        Step::GiveUp(code)
    }
}
