//! When a server tells the others by which links its people came, as its `PeopleElsewhere` does: soon
//! after a change, and again and again while there are any.

use shared::id::Millis;

/// How soon after a change, in milliseconds.
const CHANGED_MS: Millis = 400;
/// How often without a change, in milliseconds.
const AGAIN_MS: Millis = 3_000;

/// When the people of a room are announced next.
#[derive(Debug)]
pub(super) struct LinkLease {
    due: Millis,
}

impl LinkLease {
    pub(super) const fn new() -> Self {
        Self { due: Millis::MAX }
    }

    pub(super) const fn due(&self) -> Millis {
        self.due
    }

    /// People came or went.
    pub(super) fn changed(&mut self, now: Millis) {
        self.due = self.due.min(now + CHANGED_MS);
    }

    /// Whether to announce so many people now.
    pub(super) fn is_due(&mut self, people: usize, now: Millis) -> bool {
        if now < self.due {
            return false;
        }
        let again = now + AGAIN_MS;
        self.due = if people == 0 { Millis::MAX } else { again };
        true
    }
}
