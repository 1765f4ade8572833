//! What the status pill says, and what it is derived from.

use crate::id::Millis;
use crate::protocol::{Role, Storing};

use super::pending::Pending;

/// A change that waits for so long is no longer "being saved", in milliseconds.
pub(super) const UNSAVED_MS: Millis = 2_000;
/// Silence that makes a line suspect, in milliseconds. A server is never silent
/// for more than half of it.
const STALE_MS: Millis = 2_000;
/// Silence after which the line counts as dead, in milliseconds.
const DEAD_MS: Millis = 5_000;

/// The truth about the line and one's own work.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    /// Not yet welcomed for the first time.
    Connecting,
    /// The line was lost, nothing of one's own is unsaved.
    Reconnecting,
    /// So many changes are not saved, and have not been for a while.
    NotSaved {
        /// How many; 0 when the server cannot save at present.
        changes: usize,
    },
    /// Changes are on their way.
    Saving,
    /// Everything survives the end of any one process.
    Saved {
        /// It survives power loss too.
        durable: bool,
    },
    /// The link allows viewing only; what is shown is current.
    ReadOnly,
}

/// The connection as the replica sees it.
#[derive(Debug)]
pub(super) struct Link {
    state: State,
    welcomed_once: bool,
    last_heard: Millis,
    storing: Storing,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    Down,
    /// Hello was sent.
    Greeting,
    Online,
}

impl Link {
    pub(super) const fn new(now: Millis) -> Self {
        Self {
            state: State::Down,
            welcomed_once: false,
            last_heard: now,
            storing: Storing::Up,
        }
    }

    pub(super) fn opened(&mut self, now: Millis) {
        self.state = State::Greeting;
        self.last_heard = now;
        self.storing = Storing::Up;
    }

    pub(super) fn welcomed(&mut self) {
        self.state = State::Online;
        self.welcomed_once = true;
    }

    pub(super) fn heard(&mut self, now: Millis) {
        self.last_heard = now;
    }

    pub(super) fn storing(&mut self, storing: Storing) {
        self.storing = storing;
    }

    pub(super) fn closed(&mut self, now: Millis) {
        self.state = State::Down;
        self.last_heard = now;
    }

    pub(super) fn is_online(&self) -> bool {
        self.state == State::Online
    }

    fn is_stale(&self, now: Millis) -> bool {
        now.saturating_sub(self.last_heard) >= STALE_MS
    }

    pub(super) fn has_timed_out(&self, now: Millis) -> bool {
        self.state != State::Down && now.saturating_sub(self.last_heard) >= DEAD_MS
    }

    /// When the state of the line may change by time alone.
    pub(super) fn next_look(&self, now: Millis) -> Option<Millis> {
        let looks = [self.last_heard + STALE_MS, self.last_heard + DEAD_MS];
        match self.state {
            State::Down => None,
            State::Greeting | State::Online => Some(
                looks
                    .into_iter()
                    .find(|due| *due > now)
                    .unwrap_or(now + STALE_MS),
            ),
        }
    }
}

/// How much of the board the replica has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Picture {
    /// Nothing yet.
    Nothing,
    /// Something, and a newer snapshot is on its way.
    Outdated,
    /// All that the server told.
    Current,
}

pub(super) fn status(
    link: &Link,
    pending: &Pending,
    role: Option<Role>,
    picture: Picture,
    now: Millis,
) -> Status {
    let changes = pending.len();
    let alive = link.is_online() && !link.is_stale(now);
    let slow = pending
        .oldest_since()
        .is_some_and(|since| now >= since + UNSAVED_MS);
    if alive && picture != Picture::Current && changes > 0 && !slow {
        return Status::Saving;
    }
    if !alive || picture != Picture::Current {
        return match (changes, picture) {
            (0, Picture::Nothing) => Status::Connecting,
            (0, Picture::Outdated | Picture::Current) => Status::Reconnecting,
            (changes, _) if slow || link.welcomed_once => Status::NotSaved { changes },
            (_, _) => Status::Connecting,
        };
    }
    match (role.is_some_and(Role::may_draw), link.storing) {
        (true, Storing::Down) => Status::NotSaved { changes },
        (false, Storing::Down) => Status::Reconnecting,
        (true, Storing::Up) if slow => Status::NotSaved { changes },
        (true, Storing::Up) if changes > 0 => Status::Saving,
        (true, Storing::Up) => Status::Saved {
            durable: pending.is_settled(),
        },
        (false, Storing::Up) => Status::ReadOnly,
    }
}
