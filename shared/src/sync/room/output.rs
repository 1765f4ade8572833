//! Which sessions may lack messages, so that a driver need not look at each of them in every turn.

use crate::id::Millis;

use super::output_mark::OutputMark;
use super::{Room, SessionNo};

impl Room {
    /// What the room has for all sessions at present.
    #[must_use]
    pub fn output_mark(&self) -> OutputMark {
        OutputMark {
            at: self.at(),
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
