//! Who is connected to the room through this server.

use std::collections::BTreeMap;
use std::hash::{BuildHasher as _, BuildHasherDefault, DefaultHasher};
use std::sync::Arc;

use bytes::Bytes;

use crate::id::{ClientId, CommitNo, Millis, Seq};
use crate::limits::COMMIT_WINDOW;
use crate::protocol::{CloseCode, Guest, Hello, Profile, Role, ServerMsg, StoredCommit, Welcome};

use super::{Room, SessionNo};

/// Commits of a session that are remembered until the history has them; for one
/// that is forgotten the whole commit is sent instead of an ack.
const MAX_SUBMITTED: usize = 4 * COMMIT_WINDOW;

/// One connection. What it has seen is kept as places and versions, so its size
/// does not depend on how far behind it is.
#[derive(Debug)]
pub(super) struct Session {
    pub(super) client: ClientId,
    pub(super) number: u32,
    pub(super) role: Role,
    pub(super) profile: Profile,
    /// Answers for this session alone, in order.
    pub(super) control: Vec<ServerMsg>,
    /// The rest of a snapshot on its way.
    pub(super) snapshot: Option<(Arc<[Bytes]>, usize)>,
    /// Last commit that this session has been sent.
    pub(super) cursor: Seq,
    /// Digests of its own commits that came in through this session: it gets
    /// acks for these, and the whole commit where the history holds another one
    /// under that number, such as the empty one that took a refused one's place.
    pub(super) submitted: BTreeMap<CommitNo, u64>,
    pub(super) live_cursor: u64,
    pub(super) people_version: u64,
    pub(super) title_version: u64,
    pub(super) storing_version: u64,
    pub(super) durable_told: Seq,
    /// Place of its last own commit: it wants to hear when that is durable.
    pub(super) own_seq: Seq,
    pub(super) last_sent: Millis,
    pub(super) last_beat: Millis,
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
}

impl Room {
    /// Lets a client in whose secret was found to allow `role`. Everything it
    /// needs to become current follows by [`Self::transmit`].
    pub fn join(&mut self, no: SessionNo, hello: &Hello, role: Role, now: Millis) {
        let client = hello.key.client_id();
        if self.replaced_by_newer(no, client, hello.session) {
            return;
        }
        let at = self.at();
        let seen = hello.resume.filter(|seen| seen.epoch == at.epoch);
        if seen.is_some_and(|seen| seen.seq > at.seq) {
            // Either we are behind, or the store lost what the client has seen.
            self.read_gap();
            self.begin_new_epoch();
        }
        let resume = seen.filter(|seen| seen.seq <= at.seq && self.ring.covers(seen.seq, at.seq));
        let welcome = Welcome {
            you: client,
            node: self.node,
            role,
            title: self.title.clone(),
            at,
            last_cno: self.history.last_cno(client),
            delta: resume.is_some(),
            durable: self.durable,
        };
        let mut session = Session {
            client,
            number: hello.session,
            role,
            profile: hello.profile.tidied(),
            control: vec![ServerMsg::Welcome(Box::new(welcome))],
            snapshot: None,
            cursor: resume.map_or(at.seq, |seen| seen.seq),
            submitted: BTreeMap::new(),
            live_cursor: self.lane.end(),
            people_version: 0,
            title_version: self.title_version,
            storing_version: 0,
            durable_told: self.durable,
            own_seq: 0,
            last_sent: now,
            last_beat: now,
            goodbye: None,
        };
        if resume.is_none() {
            self.start_snapshot(&mut session);
        }
        self.sessions.insert(no, session);
        self.people_arrived(client);
    }

    /// A connection ended.
    pub fn leave(&mut self, no: SessionNo, now: Millis) {
        if let Some(session) = self.sessions.remove(&no) {
            let still_here = self
                .sessions
                .values()
                .any(|other| other.client == session.client);
            if !still_here {
                self.people_left(session.guest(), now);
            }
        }
    }

    /// The same client may be connected once; the higher session count wins.
    fn replaced_by_newer(&mut self, no: SessionNo, client: ClientId, number: u32) -> bool {
        let twins: Vec<(SessionNo, u32)> = self
            .sessions
            .iter()
            .filter(|(_, session)| session.client == client)
            .map(|(twin, session)| (*twin, session.number))
            .collect();
        if twins.iter().any(|(_, other)| *other > number) {
            self.close(no, CloseCode::Replaced);
            return true;
        }
        for (twin, _) in twins {
            self.sessions.remove(&twin);
            self.close(twin, CloseCode::Replaced);
        }
        false
    }

    pub(super) fn receive_profile(&mut self, no: SessionNo, profile: &Profile) {
        if let Some(session) = self.sessions.get_mut(&no) {
            session.profile = profile.tidied();
            self.people_changed();
        }
    }
}

/// Only compared within one session, so a client that makes two commits collide
/// deceives nobody but itself.
fn digest(commit: &StoredCommit) -> u64 {
    BuildHasherDefault::<DefaultHasher>::default().hash_one(&commit.payload[..])
}
