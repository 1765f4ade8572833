//! Which sessions may lack messages, so that a driver need not look at each of them in every turn.

use crate::id::{Epoch, Millis, Seq};

use super::{Room, SessionNo};

/// What the room has for all sessions. While it stays the same, only sessions to which something
/// happened lack messages, and those for which it is time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OutputMark {
    epoch: Epoch,
    seq: Seq,
    live: u64,
    people: u64,
    title: u64,
    access: u64,
    storing: u64,
    fullness: u64,
    durable: Seq,
}

impl Room {
    /// What the room has for all sessions at present.
    #[must_use]
    pub fn output_mark(&self) -> OutputMark {
        let at = self.at();
        OutputMark {
            epoch: at.epoch,
            seq: at.seq,
            live: self.live.end(),
            people: self.people.version(),
            title: self.title.version(),
            access: self.access.version(),
            storing: self.health.storing().version(),
            fullness: self.fullness.told().version(),
            durable: self.durable.seq(),
        }
    }

    /// When a session lacks messages although nothing happens until then.
    #[must_use]
    pub fn output_due(&self, no: SessionNo) -> Millis {
        let Some(session) = self.sessions.get(&no) else {
            return Millis::MAX;
        };
        let list = match session.sent.people == self.people.version() {
            true => Millis::MAX,
            false => session.sent.next_people,
        };
        session.heartbeat_due(self.durable.seq()).min(list)
    }
}
