//! One client that is connected to the room through this server.

use std::collections::BTreeMap;
use std::hash::{BuildHasher as _, BuildHasherDefault, DefaultHasher};

use crate::id::{ClientId, CommitNo, Millis, Seq};
use crate::limits::COMMIT_WINDOW;
use crate::protocol::{Guest, Profile, Role, ServerMsg, StoredCommit};

use super::snapshot_cache::SnapshotParts;

/// Commits of a session that are remembered until the history has them; for one
/// that is forgotten the whole commit is sent instead of an ack.
const MAX_SUBMITTED: usize = 4 * COMMIT_WINDOW;
/// A session is sent something at least this often, in milliseconds, so that its
/// client can tell a quiet board from a dead connection.
const HEARTBEAT_MS: Millis = 800;

/// A client in the room. What it was sent is kept as places and versions, so its size
/// does not depend on how far behind it is.
#[derive(Debug)]
pub(super) struct Session {
    pub(super) client: ClientId,
    /// Counts the connections of the client; the highest one wins.
    pub(super) number: u32,
    pub(super) role: Role,
    pub(super) profile: Profile,
    /// Answers for this session alone, in order.
    pub(super) control: Vec<ServerMsg>,
    /// The rest of a snapshot that is being sent.
    pub(super) snapshot: Option<SnapshotParts>,
    /// Last commit that this session was sent.
    pub(super) cursor: Seq,
    /// Digests of its own commits that came in through this session: it gets
    /// acks for these, and the whole commit where the history holds another one
    /// under that number, such as the empty one that took a refused one's place.
    pub(super) submitted: BTreeMap<CommitNo, u64>,
    /// The next live frame for it.
    pub(super) live_cursor: u64,
    pub(super) people_version: u64,
    pub(super) title_version: u64,
    pub(super) storing_version: u64,
    /// The last durable commit that it was told of.
    pub(super) durable_sent: Seq,
    /// Place of its last own commit: it is told at once when that is durable.
    pub(super) own_seq: Seq,
    pub(super) last_sent: Millis,
    pub(super) last_heartbeat: Millis,
    /// Set when the server shuts down: it may reconnect within so many milliseconds.
    pub(super) goodbye: Option<u32>,
}

impl Session {
    pub(super) fn guest(&self) -> Guest {
        Guest {
            client: self.client,
            session: self.number,
            role: self.role,
            profile: self.profile.clone(),
        }
    }

    pub(super) fn note_submitted(&mut self, commit: &StoredCommit) {
        self.submitted.insert(commit.cno, digest(commit));
        if self.submitted.len() > MAX_SUBMITTED {
            self.submitted.pop_first();
        }
    }

    /// Whether exactly this commit came in through this session.
    pub(super) fn take_submitted(&mut self, commit: &StoredCommit) -> bool {
        self.submitted.remove(&commit.cno) == Some(digest(commit))
    }

    /// Whether to send a heartbeat now, given how far the history is durable.
    pub(super) const fn is_heartbeat_due(&self, durable: Seq, now: Millis) -> bool {
        let own_became_durable = self.durable_sent < self.own_seq && self.own_seq <= durable;
        let is_behind = self.durable_sent < durable && now >= self.last_heartbeat + HEARTBEAT_MS;
        own_became_durable || is_behind || now >= self.last_sent + HEARTBEAT_MS
    }
}

/// Digests are compared within one session only, so a client that makes two commits collide
/// deceives nobody but itself.
fn digest(commit: &StoredCommit) -> u64 {
    BuildHasherDefault::<DefaultHasher>::default().hash_one(&commit.payload[..])
}
