//! A room, and a store that answers when the test says so.

use bytes::Bytes;
use shared::id::{ClientId, Epoch, NodeId, Position, Secret};
use shared::limits::MAX_FRAME_BYTES;
use shared::model::{NewElement, Prop};
use shared::op::Commit;
use shared::protocol::{
    ClientMsg, CloseCode, Hello, Person, Profile, Refusal, Relay, RelayedPerson, Role, ServerMsg,
    StoredCommit, decode, encode,
};
use shared::sync::log::{Batch, BatchReply, Loaded, LogEnd, LogState, Outcome, decide};
use shared::sync::{EncodedSnapshot, Replay, Replayed, Room, RoomEffect, SessionNo, Snapshot};
use std::collections::BTreeMap;
use testkit::fixtures::{self, client_id, commit, element_id, ink, stroke};

pub(crate) const EPOCH: Epoch = Epoch::from_bytes([9; 16]);

/// A person of another server, as that server announces them.
pub(crate) fn relayed(client: ClientId, session: u32) -> RelayedPerson {
    RelayedPerson {
        client,
        session,
        role: Role::Edit,
        profile: Profile::default(),
        device: None,
        program: None,
    }
}

pub(crate) fn hello(who: u8, session: u32, resume: Option<Position>) -> Hello {
    Hello {
        session,
        resume,
        ..fixtures::hello(Secret::from_bytes([1; 16]), who)
    }
}

/// The board as a room has it after loading.
pub(crate) fn replayed(loaded: &Loaded) -> Replayed {
    Replay::new(loaded.clone())
        .and_then(Replay::finish)
        .unwrap()
}

pub(crate) fn at(seq: u64) -> Position {
    Position { epoch: EPOCH, seq }
}

pub(crate) fn new_element(id: u8) -> NewElement {
    stroke(element_id(id.into()), ink([(1.0, 2.0)]))
}

pub(crate) fn put(cno: u64, id: u8) -> Commit {
    commit(cno, vec![fixtures::put(new_element(id))])
}

pub(crate) fn set(cno: u64, id: u8, prop: Prop) -> Commit {
    commit(cno, vec![fixtures::set(element_id(id.into()), prop)])
}

/// A commit that no room accepts: a width that is not a number.
pub(crate) fn unsound(cno: u64) -> Commit {
    set(cno, 1, Prop::Width(f32::NAN))
}

pub(crate) fn stored(author: u8, commit: &Commit) -> StoredCommit {
    let payload = encode(commit).unwrap().to_vec().into();
    StoredCommit {
        author: client_id(author),
        cno: commit.cno,
        payload,
    }
}

/// A room, and a store that answers when the test says so.
pub(crate) struct TestRoom {
    pub(crate) room: Room,
    pub(crate) now: u64,
    pub(crate) log: Vec<StoredCommit>,
    /// Bytes that the store counts before each batch.
    pub(crate) store_bytes: u64,
    pub(crate) last: BTreeMap<ClientId, u64>,
    pub(crate) batches: Vec<Batch>,
    pub(crate) effects: Vec<RoomEffect>,
    pub(crate) closed: Vec<(SessionNo, CloseCode)>,
    pub(crate) published: Vec<Relay>,
    received: BTreeMap<SessionNo, u64>,
    /// Whether snapshots are encoded as soon as the room asks for them.
    pub(crate) encodes_at_once: bool,
    encodings: Vec<Snapshot>,
}

impl TestRoom {
    pub(crate) fn new() -> Self {
        Self::opened(&Loaded {
            at: at(0),
            snapshot: None,
            commits: Vec::new(),
            record_version: 1,
        })
    }

    pub(crate) fn opened(loaded: &Loaded) -> Self {
        let node = NodeId::from_bytes([5; 16]);
        let room = Room::open(node, "Title".into(), replayed(loaded), 0);
        let mut test = Self {
            room,
            now: 0,
            log: loaded
                .commits
                .iter()
                .map(|(_, commit)| commit.clone())
                .collect(),
            store_bytes: 0,
            last: BTreeMap::new(),
            batches: Vec::new(),
            effects: Vec::new(),
            closed: Vec::new(),
            published: Vec::new(),
            received: BTreeMap::new(),
            encodes_at_once: true,
            encodings: Vec::new(),
        };
        test.collect_effects();
        test
    }

    /// Applies all commits that have arrived, and collects the requests of the room.
    pub(crate) fn collect_effects(&mut self) {
        while self.room.apply_next().is_some() {}
        self.take_requests();
    }

    /// Collects the requests of the room.
    fn take_requests(&mut self) {
        while let Some(effect) = self.room.poll_effect() {
            match effect {
                RoomEffect::Commit(batch) => self.batches.push(batch),
                RoomEffect::Close { session, code } => {
                    self.room.leave(session, self.now);
                    self.closed.push((session, code));
                }
                RoomEffect::Publish(bytes) => {
                    self.published.push(decode(&bytes, 1 << 20).unwrap());
                }
                RoomEffect::Encode(snapshot) if self.encodes_at_once => {
                    self.room.on_encoded(EncodedSnapshot::new(&snapshot).ok());
                }
                RoomEffect::Encode(snapshot) => self.encodings.push(*snapshot),
                other @ (RoomEffect::ReadAfter(_)
                | RoomEffect::Load
                | RoomEffect::Head
                | RoomEffect::WaitDurable(_)
                | RoomEffect::Compact { .. }
                | RoomEffect::Restore { .. }
                | RoomEffect::StoreChatPage { .. }
                | RoomEffect::ReadChatPage(_)
                | RoomEffect::NoteAuthor(_)
                | RoomEffect::Asked(_)
                | RoomEffect::PeopleByLink { .. }
                | RoomEffect::ReadRecord) => self.effects.push(other),
            }
        }
    }

    pub(crate) fn join(&mut self, session: u64, hello: &Hello, role: Role) -> SessionNo {
        let no = SessionNo(session);
        self.room.join(no, hello, role, self.now);
        self.collect_effects();
        no
    }

    pub(crate) fn send(&mut self, session: SessionNo, message: ClientMsg) {
        self.room.receive(session, message, self.now);
        self.room.flush_live(self.now);
        self.collect_effects();
    }

    pub(crate) fn commit(&mut self, session: SessionNo, commit: Commit) {
        self.send(session, ClientMsg::Commit(commit));
    }

    /// Answers all batches as a store, also those that follow from the answers.
    pub(crate) fn answer_batches(&mut self) {
        while !self.batches.is_empty() {
            self.answer_one_batch();
        }
    }

    /// Answers the next batch as a store.
    pub(crate) fn answer_one_batch(&mut self) {
        let batch = self.batches.remove(0);
        let seq = self.log.len() as u64;
        let state = LogState {
            at: at(seq),
            bytes: self.store_bytes,
            end: LogEnd::Certain,
        };
        let reply = decide(state, &batch, |author| {
            self.last.get(&author).copied().unwrap_or(0)
        });
        if let BatchReply::Done(outcomes) = &reply {
            for (commit, outcome) in batch.commits.iter().zip(outcomes) {
                if matches!(outcome, Outcome::Stored(_)) {
                    self.last.insert(commit.author, commit.cno);
                    self.log.push(commit.clone());
                }
            }
        }
        self.room.on_batch(reply);
        self.collect_effects();
    }

    /// All frames for a session, which its client acknowledges at once.
    pub(crate) fn sent_frames(&mut self, session: SessionNo) -> Vec<Bytes> {
        let mut frames = Vec::new();
        while self.room.has_output(session, self.now) {
            let more = self.room.transmit(session, self.now, u64::MAX);
            assert!(!more.is_empty(), "has output, but hands out nothing");
            let bytes: usize = more.iter().map(Bytes::len).sum();
            let received = self.received.entry(session).or_default();
            *received += bytes as u64;
            let received = ClientMsg::Received(*received);
            self.room.receive(session, received, self.now);
            self.take_requests();
            frames.extend(more);
        }
        frames
    }

    pub(crate) fn sent_to(&mut self, session: SessionNo) -> Vec<ServerMsg> {
        let frames = self.sent_frames(session);
        frames
            .iter()
            .map(|frame| decode(frame, MAX_FRAME_BYTES).unwrap())
            .collect()
    }

    /// The snapshots that the room wants to be encoded.
    pub(crate) fn take_encodings(&mut self) -> Vec<Snapshot> {
        std::mem::take(&mut self.encodings)
    }

    pub(crate) fn advance(&mut self, millis: u64) {
        self.now += millis;
        self.room.handle_timeout(self.now);
        self.collect_effects();
    }
}

pub(crate) fn people(messages: &[ServerMsg]) -> Vec<&Person> {
    let mut lists = messages.iter().filter_map(|message| match message {
        ServerMsg::People(people) => Some(people),
        _ => None,
    });
    lists.next_back().into_iter().flatten().collect()
}

pub(crate) fn acks(messages: &[ServerMsg]) -> Vec<u64> {
    messages
        .iter()
        .filter_map(|message| match message {
            ServerMsg::Ack { seq: _, cno } => Some(*cno),
            _ => None,
        })
        .collect()
}

pub(crate) fn commits(messages: &[ServerMsg]) -> Vec<(u64, usize)> {
    messages
        .iter()
        .filter_map(|message| match message {
            ServerMsg::Commit { seq: _, commit } => {
                Some((commit.commit.cno, commit.commit.ops.len()))
            }
            _ => None,
        })
        .collect()
}

pub(crate) fn refusals(messages: &[ServerMsg]) -> Vec<(u64, Refusal)> {
    messages
        .iter()
        .filter_map(|message| match message {
            ServerMsg::Refused { cno, reason } => Some((*cno, *reason)),
            _ => None,
        })
        .collect()
}

pub(crate) fn welcomed_with_delta(messages: &[ServerMsg]) -> bool {
    messages
        .iter()
        .any(|message| matches!(message, ServerMsg::Welcome(it) if it.delta))
}

pub(crate) fn snapshots(messages: &[ServerMsg]) -> usize {
    messages
        .iter()
        .filter(|message| matches!(message, ServerMsg::Snapshot(part) if part.index == 0))
        .count()
}
