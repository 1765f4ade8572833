//! One board on one node: the real room, and what the server does around it.

use std::collections::BTreeMap;

use shared::id::{LinkId, Millis, NodeId, PersonId};
use shared::protocol::{ClientMsg, CloseCode, Hello, Relay, RelayMessage, Role, encode};
use shared::sync::log::Loaded;
use shared::sync::{Access, Durability, EncodedSnapshot, Replay, Room, RoomEffect, SessionNo};

use crate::people::TICK_MS;
use crate::tally::Kind;

use super::links::LinkLease;
use super::net::{Answer, Event, Net};
use super::store::RECORD_VERSION;

/// A session that waits until the board is open.
#[derive(Debug)]
struct Waiting {
    session: SessionNo,
    hello: Box<Hello>,
    role: Role,
}

/// One board on one node.
#[derive(Debug)]
pub(super) struct OpenRoom {
    slot: usize,
    node: usize,
    board: usize,
    /// `None` while the board is being opened.
    room: Option<Room>,
    waiting: Vec<Waiting>,
    /// The person of each session.
    sessions: BTreeMap<SessionNo, usize>,
    links: LinkLease,
    /// When a session lacks messages although nothing happens until then.
    output_due: Millis,
    /// When the room takes its turn next, as far as that is planned.
    due: Millis,
    /// Whether its turn is planned for this millisecond.
    is_called: bool,
}

impl OpenRoom {
    /// Begins to open a board.
    pub(super) fn open(slot: usize, node: usize, board: usize, net: &mut Net) -> Self {
        net.count(Kind::OpenBoard, 1);
        if let Some(board) = net.boards.get_mut(board) {
            board.subscribers.push(slot);
        }
        net.answer(slot, Answer::Opened);
        Self {
            slot,
            node,
            board,
            room: None,
            waiting: Vec::new(),
            sessions: BTreeMap::new(),
            links: LinkLease::new(),
            output_due: Millis::MAX,
            due: Millis::MAX,
            is_called: false,
        }
    }

    pub(super) const fn node(&self) -> usize {
        self.node
    }

    pub(super) const fn board(&self) -> usize {
        self.board
    }

    /// The sessions with their people.
    pub(super) fn sessions(&self) -> impl Iterator<Item = (SessionNo, usize)> {
        let sessions = self.sessions.iter();
        sessions.map(|(session, person)| (*session, *person))
    }

    /// A connection was made; its first message is on its way.
    pub(super) fn connected(&mut self, session: SessionNo, person: usize) {
        self.sessions.insert(session, person);
    }

    /// A message of a session came.
    pub(super) fn receive(
        &mut self,
        session: SessionNo,
        message: ClientMsg,
        role: Role,
        net: &mut Net,
    ) {
        if !self.sessions.contains_key(&session) {
            return;
        }
        match (message, &mut self.room) {
            (ClientMsg::Hello(hello), _) => {
                let hello = Box::new(hello);
                self.waiting.push(Waiting {
                    session,
                    hello,
                    role,
                });
            }
            (message, Some(room)) => room.receive(session, message, net.now()),
            // Clients send nothing else before their welcome.
            (_, None) => {}
        }
        self.call(net);
    }

    pub(super) fn left(&mut self, session: SessionNo, net: &mut Net) {
        self.sessions.remove(&session);
        self.waiting.retain(|waiting| waiting.session != session);
        if let Some(room) = &mut self.room {
            room.leave(session, net.now());
            self.links.changed(net.now());
        }
        self.call(net);
    }

    /// The store answers.
    pub(super) fn answered(&mut self, answer: Answer, net: &mut Net) {
        let now = net.now();
        match (answer, &mut self.room) {
            (Answer::Opened, _) => self.opened(net),
            (Answer::Batch(reply), Some(room)) => room.on_batch(reply),
            (Answer::Head(head), Some(room)) => room.on_head(Some(head), now),
            (Answer::Durability(at, answer), Some(room)) => room.on_durability(at, answer),
            (Answer::Tail(after, tail), Some(room)) => room.on_tail(after, tail),
            (Answer::Compacted(stored, seq), Some(room)) => room.on_compacted(stored, seq),
            (Answer::Record, Some(room)) => set_record(room),
            (_, None) => {}
        }
        self.call(net);
    }

    fn opened(&mut self, net: &mut Net) {
        let Some(board) = net.boards.get(self.board) else {
            return;
        };
        let node = NodeId::from_bytes(id(self.node));
        self.room = opened(node, board.stored.load(), net.now());
    }

    /// Takes a message of the broker.
    pub(super) fn with_room(&mut self, net: &mut Net, take: impl FnOnce(&mut Room, Millis)) {
        if let Some(room) = &mut self.room {
            take(room, net.now());
            self.call(net);
        }
    }

    /// The node asks the store where the board stands, together with all its other boards. The room is told
    /// only if it stands elsewhere.
    pub(super) fn check_head(&self, net: &mut Net) {
        let (Some(room), Some(board)) = (&self.room, net.boards.get(self.board)) else {
            return;
        };
        let head = board.stored.head();
        net.count(Kind::HeadCheck, 1);
        if (head.at, head.record_version) != (room.at(), room.record_version()) {
            net.answer(self.slot, Answer::Head(head));
        }
    }

    /// Plans the turn of the room in this millisecond. All that arrives until then is taken together.
    pub(super) fn call(&mut self, net: &mut Net) {
        if !std::mem::replace(&mut self.is_called, true) {
            net.wheel.at(net.now(), Event::Run(self.slot));
        }
    }

    /// The time came that was planned for the room's turn.
    pub(super) fn is_due(&self, now: Millis) -> bool {
        self.due <= now
    }

    /// Takes the turn: what `Actor::run` of the server does.
    pub(super) fn run(&mut self, net: &mut Net) {
        self.is_called = false;
        let now = net.now();
        let Some(room) = &mut self.room else { return };
        for Waiting {
            session,
            hello,
            role,
        } in self.waiting.drain(..)
        {
            room.join(session, &hello, role, now);
            self.links.changed(now);
        }
        room.set_live_tick(TICK_MS);
        if room.poll_timeout() <= now {
            room.handle_timeout(now);
        }
        self.carry_out(net);
        self.announce_links(net);
        self.send_output(net);
        self.plan(net);
    }

    fn announce_links(&mut self, net: &mut Net) {
        if !self.links.is_due(self.sessions.len(), net.now()) {
            return;
        }
        let person = |person: &usize| (PersonId::from_bytes(id(*person)), LinkId(1));
        let people = self.sessions.values().map(person).collect();
        let relay = Relay {
            node: NodeId::from_bytes(id(self.node)),
            message: RelayMessage::PeopleByLink(people),
        };
        if let Ok(bytes) = encode(&relay) {
            net.publish(self.board, self.slot, &bytes);
        }
    }

    fn plan(&mut self, net: &mut Net) {
        let Some(room) = &mut self.room else { return };
        let own = self.links.due().min(self.output_due);
        let due = room.poll_timeout().min(own);
        if due < self.due || self.due <= net.now() {
            self.due = due;
            net.wheel.at(due, Event::RoomDue(self.slot));
        }
    }

    fn carry_out(&mut self, net: &mut Net) {
        loop {
            let Some(room) = &mut self.room else { return };
            while room.apply_next().is_some() {}
            let Some(effect) = room.poll_effect() else {
                return;
            };
            self.carry_out_one(effect, net);
        }
    }

    fn carry_out_one(&mut self, effect: RoomEffect, net: &mut Net) {
        let (slot, number) = (self.slot, self.board);
        match effect {
            RoomEffect::Publish(bytes) => net.publish(number, slot, &bytes),
            RoomEffect::Close { session, code } => self.close(session, code, net),
            RoomEffect::Encode(snapshot) => {
                if let Some(room) = &mut self.room {
                    room.on_encoded(EncodedSnapshot::new(&snapshot).ok());
                }
            }
            RoomEffect::NoteAuthor(_) => net.count(Kind::NoteAuthor, 1),
            effect => self.ask_store(effect, net),
        }
    }

    fn ask_store(&self, effect: RoomEffect, net: &mut Net) {
        let slot = self.slot;
        let Some(board) = net.boards.get_mut(self.board) else {
            return;
        };
        match effect {
            RoomEffect::Commit(batch) => {
                let (reply, appended) = board.stored.commit(&batch);
                net.count(Kind::Append, 1);
                if let Some(appended) = appended {
                    net.publish_log(self.board, appended);
                }
                net.answer(slot, Answer::Batch(reply));
            }
            RoomEffect::Head => {
                let head = board.stored.head();
                net.count(Kind::HeadCheck, 1);
                net.answer(slot, Answer::Head(head));
            }
            RoomEffect::WaitDurable(at) => {
                net.count(Kind::DurabilityWait, 1);
                net.answer(slot, Answer::Durability(at, Durability::Confirmed));
            }
            RoomEffect::ReadAfter(after) => {
                let tail = board.stored.read_after(after);
                net.count(Kind::ReadTail, 1);
                net.answer(slot, Answer::Tail(after, tail));
            }
            RoomEffect::Compact { snapshot, floor } => {
                let stored = board.stored.compact(&snapshot, floor);
                net.count(Kind::Compaction, 1);
                net.answer(slot, Answer::Compacted(stored, snapshot.at.seq));
            }
            RoomEffect::ReadRecord => net.answer(slot, Answer::Record),
            // This store loses nothing, and people here write no messages.
            _ => {}
        }
    }

    fn close(&mut self, session: SessionNo, code: CloseCode, net: &mut Net) {
        if let Some(person) = self.sessions.remove(&session) {
            net.close(person, session, Some(code));
        }
        if let Some(room) = &mut self.room {
            room.leave(session, net.now());
        }
    }

    fn send_output(&mut self, net: &mut Net) {
        let Some(room) = &mut self.room else { return };
        let now = net.now();
        self.output_due = Millis::MAX;
        for (session, person) in &self.sessions {
            while room.has_output(*session, now) {
                let frames = room.transmit(*session, now, u64::MAX);
                if frames.is_empty() {
                    break;
                }
                net.down(*person, *session, frames);
            }
            self.output_due = self.output_due.min(room.output_due(*session));
        }
    }
}

/// The bytes of the id of a number.
fn id(number: usize) -> [u8; 16] {
    (number as u128 + 1).to_be_bytes()
}

/// A room on a board as the store has it. A board of this store can always be replayed.
fn opened(node: NodeId, loaded: Loaded, now: Millis) -> Option<Room> {
    let replayed = Replay::new(loaded).and_then(Replay::finish).ok()?;
    let mut room = Room::open(node, "Board".to_owned(), replayed, now);
    room.leave_head_checks_to_driver();
    set_record(&mut room);
    Some(room)
}

fn set_record(room: &mut Room) {
    room.set_record("Board".to_owned(), Access::default(), RECORD_VERSION);
}
