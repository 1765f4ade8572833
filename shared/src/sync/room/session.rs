//! One client that is connected to the room through this server.

use std::collections::{BTreeMap, VecDeque};
use std::hash::{BuildHasher as _, BuildHasherDefault, DefaultHasher};
use std::sync::Arc;

use crate::geometry::BoardRect;
use crate::id::{ClientId, CommitNo, DeviceId, Millis, PersonId, Seq};
use crate::limits::{COMMIT_WINDOW, HEARTBEAT_MS, QUIET_AFTER_MS, QUIET_HEARTBEAT_MS};
use crate::op::authorship::Author;
use crate::protocol::{
    PartialSnapshot, PeerNo, Profile, ProgramKind, RelayedPerson, Role, ServerMsg, StoredCommit,
};

use super::super::snapshot::EncodedSnapshot;
use super::effect::NamedAuthor;
use super::flow::Flow;
use super::shared_snapshot::{SnapshotParts, SnapshotTransfer};

/// Commits of a session that are remembered until the history has them; for one
/// that is forgotten the whole commit is sent instead of an ack.
const MAX_SUBMITTED: usize = 4 * COMMIT_WINDOW;
/// The version of the protocol from which on a client allows longer silence on a silent board.
const QUIET_VERSION: u16 = 7;
/// So much later than the client the server takes the board for silent, in milliseconds: messages may
/// be on their way for some time.
const QUIET_MARGIN_MS: Millis = 1_000;
/// Shortest time between two lists of people for a session, in milliseconds: every list names
/// everybody, so many changes at once would cost much.
const PEOPLE_EVERY_MS: Millis = 100;
/// Lists of people may take this part of a connection, one in so many: 300 people with long names are 80 KB, and
/// commits must get through although they change their names again and again.
const PEOPLE_DIVISOR: u64 = 4;

/// A commit that came in through a session.
#[derive(Debug)]
pub(super) struct Submitted {
    digest: u64,
    at: Millis,
}

/// A client in the room.
#[derive(Debug)]
pub(super) struct Session {
    pub(super) client: ClientId,
    /// The number by which live updates name the person.
    pub(super) peer: PeerNo,
    /// Counts the connections of the client; the highest one wins.
    pub(super) number: u32,
    pub(super) role: Role,
    /// The version of the protocol that the client speaks.
    pub(super) version: u16,
    pub(super) profile: Profile,
    pub(super) device: Option<DeviceId>,
    pub(super) program: Option<ProgramKind>,
    /// The clients of the same person whose work it may undo without being an owner.
    pub(super) own_clients: Vec<ClientId>,
    /// Whether the driver was asked to note who uses the client.
    pub(super) is_noted: bool,
    /// Answers for this session alone, in order.
    pub(super) control: Vec<ServerMsg>,
    /// The area that the client shows.
    pub(super) view: Option<BoardRect>,
    /// The snapshot that the client has in part.
    pub(super) partial: Option<PartialSnapshot>,
    /// A snapshot that is being sent.
    pub(super) snapshot: Option<SnapshotTransfer>,
    pub(super) flow: Flow,
    /// Its own commits that came in through this session: it gets acks for these, and the whole
    /// commit where the history holds another one under that number, such as the empty one that replaced a refused one.
    pub(super) submitted: BTreeMap<CommitNo, Submitted>,
    /// When its own commits came in that it knows to be saved but not to be durable, in order.
    pub(super) saved: VecDeque<(Seq, Millis)>,
    /// Position of its last own commit: the client is told at once when that is durable.
    pub(super) own_seq: Seq,
    /// Set when the server shuts down: it may reconnect within so many milliseconds.
    pub(super) goodbye: Option<u32>,
    /// The page of the conversation that it asked for.
    pub(super) chat_page: Option<u64>,
    pub(super) sent: Sent,
}

/// How far a session was sent everything, as positions and versions, so that its size does not
/// depend on how far behind the session is.
#[derive(Debug)]
pub(super) struct Sent {
    /// The last commit.
    pub(super) seq: Seq,
    /// The number of the next live frame.
    pub(super) live: u64,
    /// What all others show until it changes: since the session joined, and since live frames were
    /// skipped that could have said so.
    pub(super) standing: bool,
    /// Version of the people.
    pub(super) people: u64,
    /// When the people may be sent again.
    pub(super) next_people: Millis,
    /// Version of the title.
    pub(super) title: u64,
    /// Version of the rights; `None` before the first.
    pub(super) access: Option<u64>,
    /// Version of whether the store answers.
    pub(super) storing: u64,
    /// Version of how full the board is.
    pub(super) fullness: u64,
    /// The last durable commit.
    pub(super) durable: Seq,
    /// When anything was sent.
    pub(super) last: Millis,
    /// When a heartbeat was sent.
    pub(super) last_heartbeat: Millis,
    /// When anything but a heartbeat was sent, or came from the client.
    pub(super) last_active: Millis,
}

impl Session {
    pub(super) fn relayed_person(&self) -> RelayedPerson {
        RelayedPerson {
            client: self.client,
            session: self.number,
            role: self.role,
            profile: self.profile.clone(),
            device: self.device,
            program: self.program,
        }
    }

    /// Begins to send a snapshot.
    pub(super) fn send_snapshot(&mut self, encoded: &Arc<EncodedSnapshot>) {
        let encoded = encoded.for_version(self.version);
        let parts = SnapshotParts::new(encoded, self.partial.as_ref(), self.view.as_ref());
        self.snapshot = Some(SnapshotTransfer::Sending(parts));
        self.sent.seq = encoded.at().seq;
        // Another snapshot on this connection begins from its first part.
        self.partial = None;
    }

    /// Who sends its commits; `unix_ms` is the time in milliseconds since 1970.
    pub(super) fn author(&self, unix_ms: u64) -> Author<'_> {
        Author {
            id: self.client,
            name: &self.profile.name,
            person: self.person(),
            is_owner: self.role == Role::Owner,
            color: self.profile.color,
            at_ms: unix_ms,
        }
    }

    /// Who uses the client, unless that was noted before.
    pub(super) fn note_author(&mut self, at_ms: u64) -> Option<NamedAuthor> {
        if std::mem::replace(&mut self.is_noted, true) {
            return None;
        }
        Some(NamedAuthor {
            client: self.client,
            person: self.person(),
            name: self.profile.name.clone(),
            color: self.profile.color,
            at_ms,
        })
    }

    pub(super) fn person(&self) -> PersonId {
        PersonId::of(self.client, self.device)
    }

    pub(super) fn note_submitted(&mut self, commit: &StoredCommit, now: Millis) {
        let digest = digest(commit);
        self.submitted
            .insert(commit.cno, Submitted { digest, at: now });
        if self.submitted.len() > MAX_SUBMITTED {
            self.submitted.pop_first();
        }
    }

    /// When exactly this commit came in through this session, if it did.
    pub(super) fn take_submitted(&mut self, commit: &StoredCommit) -> Option<Millis> {
        let submitted = self.submitted.remove(&commit.cno)?;
        (submitted.digest == digest(commit)).then_some(submitted.at)
    }

    /// Notes that the client is told that its commit at a position is saved.
    pub(super) fn note_saved(&mut self, seq: Seq, received: Millis) {
        self.saved.push_back((seq, received));
        if self.saved.len() > MAX_SUBMITTED {
            self.saved.pop_front();
        }
    }

    /// Takes the time at which the first of its saved commits up to a position came in.
    pub(super) fn take_saved(&mut self, durable: Seq) -> Option<Millis> {
        let is_durable = |(seq, _): &mut (Seq, Millis)| *seq <= durable;
        self.saved.pop_front_if(is_durable).map(|(_, at)| at)
    }

    /// Forgets its commits that are on their way: the history is another one.
    pub(super) fn forget_own_commits(&mut self) {
        self.submitted.clear();
        self.saved.clear();
    }

    /// Whether to send the list of people in a version now.
    pub(super) const fn is_people_due(&self, version: u64, now: Millis) -> bool {
        let sent = &self.sent;
        let is_first = sent.people == 0;
        let has_room = self.flow.room() > 0 && now >= sent.next_people;
        sent.people != version && (is_first || has_room)
    }

    /// Notes that a list of people was sent, of so many bytes.
    pub(super) fn note_people_sent(&mut self, version: u64, bytes: usize, now: Millis) {
        let pause = PEOPLE_DIVISOR * self.flow.time_for(bytes as u64);
        self.sent.people = version;
        self.sent.next_people = now + pause.max(PEOPLE_EVERY_MS);
    }

    /// When to send a heartbeat, given how far the history is durable.
    pub(super) fn heartbeat_due(&self, durable: Seq) -> Millis {
        let sent = &self.sent;
        if sent.durable < self.own_seq && self.own_seq <= durable {
            // Its own commit became durable.
            return 0;
        }
        let is_behind = sent.durable < durable;
        let behind = is_behind.then_some(sent.last_heartbeat + HEARTBEAT_MS);
        let quiet_from = sent.last_active + QUIET_AFTER_MS + QUIET_MARGIN_MS;
        let is_quiet = self.version >= QUIET_VERSION && sent.last >= quiet_from;
        let silence = if is_quiet {
            QUIET_HEARTBEAT_MS
        } else {
            HEARTBEAT_MS
        };
        (sent.last + silence).min(behind.unwrap_or(Millis::MAX))
    }
}

/// Digests are compared within one session only, so a client that makes two of its commits collide
/// harms only itself.
fn digest(commit: &StoredCommit) -> u64 {
    BuildHasherDefault::<DefaultHasher>::default().hash_one(&commit.payload[..])
}
