//! When the room compares its position in the history and its record with those in the store.

use crate::id::Millis;

/// How often the room asks where the store stands, in milliseconds. This finds
/// a lost last message, which no later message would reveal.
const CHECK_EVERY_MS: Millis = 1_000;

/// When the store is asked next, and which version of the record is known.
#[derive(Debug)]
pub(super) struct HeadCheck {
    next: Millis,
    /// Whether the driver checks by itself.
    is_by_driver: bool,
    is_asking: bool,
    record_version: u64,
}

impl HeadCheck {
    pub(super) const fn new(now: Millis) -> Self {
        Self {
            next: now + CHECK_EVERY_MS,
            is_by_driver: false,
            is_asking: false,
            // The title may have been read before the board was: the first check reads it again.
            record_version: 0,
        }
    }

    /// When to ask next; never while an answer is awaited.
    pub(super) const fn due(&self) -> Millis {
        if self.is_asking {
            Millis::MAX
        } else {
            self.next
        }
    }

    /// Lets the driver check by itself. The room asks only when it has a reason.
    pub(super) const fn leave_to_driver(&mut self) {
        self.is_by_driver = true;
    }

    pub(super) const fn record_version(&self) -> u64 {
        self.record_version
    }

    /// Lets the next check be made at once.
    pub(super) const fn hurry(&mut self, now: Millis) {
        self.next = now;
    }

    /// Whether to ask now; if so, [`Self::answered`] must follow.
    pub(super) const fn start(&mut self, now: Millis) -> bool {
        let starts = now >= self.next && !self.is_asking;
        if starts {
            self.next = if self.is_by_driver {
                Millis::MAX
            } else {
                now + CHECK_EVERY_MS
            };
            self.is_asking = true;
        }
        starts
    }

    pub(super) const fn answered(&mut self) {
        self.is_asking = false;
    }

    /// Whether the store has another record than this room. If its version is lower, the store lost
    /// a change, or was asked before it: the record that is read next counts in any case.
    pub(super) const fn is_other(&mut self, record_version: u64) -> bool {
        let is_other = record_version != self.record_version;
        if record_version < self.record_version {
            self.record_version = record_version;
        }
        is_other
    }

    /// Notes the version of a record that was read; false for one that is
    /// older than the known one: reads may overtake each other.
    pub(super) const fn record_read(&mut self, version: u64) -> bool {
        let is_current = version >= self.record_version;
        if is_current {
            self.record_version = version;
        }
        is_current
    }
}
