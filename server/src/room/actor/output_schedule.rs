//! Which sessions of a room must be looked at.

use std::collections::BTreeSet;

use shared::id::Millis;
use shared::sync::{OutputMark, SessionNo};

/// Which sessions must be looked at.
#[derive(Debug, Default)]
pub(super) struct OutputSchedule {
    /// What the room had for all sessions when it looked at all of them; `None` if it must do so now.
    pub(super) mark: Option<OutputMark>,
    /// Sessions to which something happened since.
    pub(super) touched: BTreeSet<SessionNo>,
    /// When all must be looked at again.
    pub(super) due: Millis,
    /// What was sent in this turn.
    pub(super) frames: u64,
    pub(super) bytes: u64,
}

impl OutputSchedule {
    /// Something happened to one session.
    pub(super) fn touch(&mut self, session: SessionNo) {
        self.touched.insert(session);
    }

    /// Something happened that may concern every session.
    pub(super) const fn touch_all(&mut self) {
        self.mark = None;
    }

    /// When sessions must be looked at although nothing happens.
    pub(super) const fn due(&self) -> Millis {
        self.due
    }
}
