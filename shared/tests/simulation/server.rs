//! A server process: one room, its requests to the store, its sessions.

use std::collections::BTreeMap;

use bytes::Bytes;
use shared::id::{Epoch, NodeId, Position};
use shared::protocol::{CloseCode, Hello, Role};
use shared::sync::log::{Batch, BatchReply, Loaded};
use shared::sync::{
    CutSizes, Durability, EncodedSnapshot, Replay, Replayed, Room, RoomEffect, SessionNo, Snapshot,
    StoreCall,
};

use crate::chance::Chance;
use crate::counts::Counts;
use crate::network::InFlight;
use crate::store::{Published, SimStore};

/// A request on its way to the store.
#[derive(Debug)]
pub(crate) enum StoreRequest {
    Commit(Batch),
    ReadAfter(Position),
    Load,
    Head,
    Compact(Box<Snapshot>, u64),
    PutChatPage(Epoch, u64, Bytes),
    ChatPage(u64),
}

/// An answer on its way back.
#[derive(Debug)]
enum StoreAnswer {
    Batch(BatchReply),
    Tail(Position, Option<Vec<(u64, shared::protocol::StoredCommit)>>),
    Loaded(Box<Loaded>),
    Head(shared::sync::log::Head),
    Durability(Position, Durability),
    Compacted(bool, u64),
    ChatPageStored(u64),
    ChatPage(u64, Option<Bytes>),
}

#[derive(Debug)]
pub(crate) struct Server {
    pub(crate) node: NodeId,
    pub(crate) room: Option<Room>,
    requests: InFlight<StoreRequest>,
    durability_waits: InFlight<Position>,
    encodings: InFlight<Box<Snapshot>>,
    answers: InFlight<StoreAnswer>,
    pub(crate) durable: InFlight<Published>,
    pub(crate) live: InFlight<Bytes>,
    pub(crate) outward_live: Vec<Bytes>,
    /// Frames for each session.
    pub(crate) down: BTreeMap<SessionNo, InFlight<Bytes>>,
    pub(crate) closed: Vec<(SessionNo, CloseCode)>,
}

impl Server {
    pub(crate) fn new(node: NodeId) -> Self {
        Self {
            node,
            room: None,
            requests: InFlight::default(),
            durability_waits: InFlight::default(),
            encodings: InFlight::default(),
            answers: InFlight::default(),
            durable: InFlight::default(),
            live: InFlight::default(),
            outward_live: Vec::new(),
            down: BTreeMap::new(),
            closed: Vec::new(),
        }
    }

    /// The process ends, and loses its state.
    pub(crate) fn crash(&mut self) {
        *self = Self::new(self.node);
    }

    /// Opens the room if the store can be read.
    pub(crate) fn open(&mut self, store: &SimStore, now: u64) {
        if self.room.is_none() {
            let room = Room::open(self.node, "Board".into(), replayed(store.load()), now);
            self.room = Some(room);
        }
    }

    pub(crate) fn join(&mut self, session: SessionNo, hello: &Hello, role: Role, now: u64) {
        if let Some(room) = &mut self.room {
            room.join(session, hello, role, now);
            self.down.insert(session, InFlight::default());
        }
    }

    pub(crate) fn leave(&mut self, session: SessionNo, now: u64) {
        self.down.remove(&session);
        if let Some(room) = &mut self.room {
            room.leave(session, now);
        }
    }

    /// Lets everything that is due happen.
    pub(crate) fn run(
        &mut self,
        store: &mut SimStore,
        reachable: bool,
        chance: &mut Chance,
        counts: &mut Counts,
        now: u64,
    ) {
        self.run_store_requests(store, reachable, chance, counts, now);
        self.encode_snapshots(now);
        self.receive_broadcasts(now);
        self.apply_all();
        if let Some(room) = &mut self.room
            && room.poll_timeout() <= now
        {
            room.handle_timeout(now);
        }
        self.carry_out(chance, now);
        self.send_out(chance, now);
    }

    fn run_store_requests(
        &mut self,
        store: &mut SimStore,
        reachable: bool,
        chance: &mut Chance,
        counts: &mut Counts,
        now: u64,
    ) {
        if !reachable {
            if let Some(room) = &mut self.room {
                room.on_store_failed(StoreCall::Head, now);
            }
            return;
        }
        while let Some(request) = self.requests.receive(now) {
            // The answer may get lost after the store has committed: the server asks again.
            let lost = matches!(request, StoreRequest::Commit(_))
                && chance.percent(counts.fault_percent(8));
            if let StoreRequest::Commit(batch) = &request
                && lost
            {
                store.commit(batch);
                counts.lost_answers += 1;
                self.requests.send(now + chance.millis(5..80), request);
                continue;
            }
            let answer = answer(request, store, chance);
            self.answers.send(now + chance.millis(0..30), answer);
        }
        while let Some(at) = self.durability_waits.receive(now) {
            let safe = if store.make_durable(at) {
                Durability::Confirmed
            } else {
                Durability::Unknown
            };
            self.answers.send(now, StoreAnswer::Durability(at, safe));
        }
        while let Some(answer) = self.answers.receive(now) {
            self.take_answer(answer, now);
        }
    }

    fn take_answer(&mut self, answer: StoreAnswer, now: u64) {
        let Some(room) = &mut self.room else { return };
        match answer {
            StoreAnswer::Batch(reply) => room.on_batch(reply),
            StoreAnswer::Tail(after, tail) => room.on_tail(after, tail),
            StoreAnswer::Loaded(loaded) => room.on_loaded(Some(replayed(*loaded))),
            StoreAnswer::Head(head) => room.on_head(Some(head), now),
            StoreAnswer::Durability(at, safe) => room.on_durability(at, safe),
            StoreAnswer::Compacted(stored, seq) => room.on_compacted(stored, seq),
            StoreAnswer::ChatPageStored(number) => room.on_chat_page_stored(number),
            StoreAnswer::ChatPage(number, packed) => room.on_chat_page(number, packed),
        }
    }

    /// Encodes snapshots in many small parts, because the boards are small.
    fn encode_snapshots(&mut self, now: u64) {
        let Some(room) = &mut self.room else { return };
        while let Some(snapshot) = self.encodings.receive(now) {
            let sizes = CutSizes {
                section: 500,
                part: 100,
            };
            room.on_encoded(EncodedSnapshot::cut(&snapshot, sizes).ok());
        }
    }

    fn apply_all(&mut self) {
        if let Some(room) = &mut self.room {
            while room.apply_next().is_some() {}
        }
    }

    fn receive_broadcasts(&mut self, now: u64) {
        let Some(room) = &mut self.room else { return };
        while let Some(published) = self.durable.receive(now) {
            match published {
                Published::Commits {
                    epoch,
                    first,
                    commits,
                } => room.on_commits(epoch, first, commits),
                Published::Epoch => room.on_epoch_changed(),
            }
        }
        while let Some(relay) = self.live.receive(now) {
            room.on_relay(&relay, now);
        }
    }

    fn carry_out(&mut self, chance: &mut Chance, now: u64) {
        let Some(room) = &mut self.room else { return };
        while let Some(effect) = room.poll_effect() {
            let request = match effect {
                RoomEffect::Commit(batch) => StoreRequest::Commit(batch),
                RoomEffect::ReadAfter(after) => StoreRequest::ReadAfter(after),
                RoomEffect::Load => StoreRequest::Load,
                RoomEffect::Head => StoreRequest::Head,
                RoomEffect::WaitDurable(at) => {
                    self.durability_waits.send(now + chance.millis(50..800), at);
                    continue;
                }
                RoomEffect::Compact { snapshot, floor } => StoreRequest::Compact(snapshot, floor),
                RoomEffect::Restore { .. } => {
                    unreachable!("this store never forgets a whole board")
                }
                RoomEffect::Encode(snapshot) => {
                    self.encodings.send(now + chance.millis(1..100), snapshot);
                    continue;
                }
                RoomEffect::Publish(bytes) => {
                    self.outward_live.push(bytes);
                    continue;
                }
                RoomEffect::StoreChatPage {
                    epoch,
                    number,
                    packed,
                } => StoreRequest::PutChatPage(epoch, number, packed),
                RoomEffect::ReadChatPage(number) => StoreRequest::ChatPage(number),
                RoomEffect::NoteAuthor(_)
                | RoomEffect::Asked(_)
                | RoomEffect::ReadRecord
                | RoomEffect::PeopleByLink { .. } => continue,
                RoomEffect::Close { session, code } => {
                    self.closed.push((session, code));
                    continue;
                }
            };
            self.requests.send(now + chance.millis(0..30), request);
        }
    }

    fn send_out(&mut self, chance: &mut Chance, now: u64) {
        let Some(room) = &mut self.room else { return };
        for (session, frames) in &mut self.down {
            // A slow reader is not always ready for more.
            if room.has_output(*session, now) && chance.percent(70) {
                for frame in room.transmit(*session, now, u64::MAX) {
                    frames.send(now + chance.millis(1..60), frame);
                }
            }
        }
    }
}

fn replayed(loaded: Loaded) -> Replayed {
    Replay::new(loaded).and_then(Replay::finish).unwrap()
}

fn answer(request: StoreRequest, store: &mut SimStore, chance: &mut Chance) -> StoreAnswer {
    match request {
        StoreRequest::Commit(mut batch) => {
            batch.fresh_epoch = shared::id::Epoch::from_bytes(chance.bytes());
            StoreAnswer::Batch(store.commit(&batch))
        }
        StoreRequest::ReadAfter(after) => StoreAnswer::Tail(after, store.read_after(after)),
        StoreRequest::Load => StoreAnswer::Loaded(Box::new(store.load())),
        StoreRequest::Head => StoreAnswer::Head(store.head()),
        StoreRequest::Compact(snapshot, floor) => {
            let seq = snapshot.at.seq;
            StoreAnswer::Compacted(store.compact(&snapshot, floor), seq)
        }
        StoreRequest::PutChatPage(epoch, number, packed) => {
            store.put_chat_page(epoch, number, packed);
            StoreAnswer::ChatPageStored(number)
        }
        StoreRequest::ChatPage(number) => StoreAnswer::ChatPage(number, store.chat_page(number)),
    }
}
