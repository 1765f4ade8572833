//! Many people on many nodes in virtual time: real drivers and real rooms, a store and a broker in
//! memory, and counters for all that passes between them.
//!
//! Nothing here reads a clock, and chance comes from a seed, so a run can be repeated. `wheel` is the
//! time, `net` what all share, `store` a board in the store, `room` one board on one node, `links` a lease
//! that the server around a room gives, `person` one client.

mod links;
mod net;
mod person;
mod room;
mod store;
mod wheel;

use std::collections::HashMap;

use anyhow::Result;
use shared::id::{Epoch, Millis};
use shared::protocol::Role;
use shared::sync::SessionNo;

use crate::people::{Placement, Rooms, STROKE_EVERY_MS, pen_begins};
use crate::tally::{Counts, Kind};
use net::{Board, Event, Net};
use person::{Person, SampleInk};
use room::OpenRoom;
use store::StoredBoard;
use wheel::Wheel;

/// The people arrive within this time, in milliseconds.
pub(crate) const ARRIVAL_MS: Millis = 6_000;
/// How often a node asks the store where its boards stand, in milliseconds.
const HEADS_EVERY_MS: Millis = 1_000;
/// The length of one entry of [`World::hellos`], in milliseconds.
pub(crate) const HELLOS_MS: Millis = 100;

/// What one node has and did.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct NodeLoad {
    /// Sessions.
    pub(crate) sessions: usize,
    /// Boards that are open.
    pub(crate) boards: usize,
    /// Frames sent to clients.
    pub(crate) frames: u64,
}

/// People, nodes and boards.
#[derive(Debug)]
pub(crate) struct World {
    net: Net,
    random: fastrand::Rng,
    placement: Placement,
    alive: Vec<usize>,
    rooms: Vec<Option<OpenRoom>>,
    room_of: HashMap<(usize, usize), usize>,
    people: Vec<Person>,
    ink: SampleInk,
    last_session: u64,
    frames_of_nodes: Vec<u64>,
    /// Hellos in each tenth of a second.
    hellos: Vec<u64>,
}

impl World {
    /// People who arrive one after the other.
    ///
    /// # Errors
    /// Never: the sample ink is sound.
    pub(crate) fn new(
        rooms: &[Rooms],
        nodes: usize,
        placement: Placement,
        seed: u64,
    ) -> Result<Self> {
        let mut world = Self {
            net: Net {
                wheel: Wheel::new(),
                counts: Counts::default(),
                boards: Vec::new(),
            },
            random: fastrand::Rng::with_seed(seed),
            placement,
            alive: (0..nodes).collect(),
            rooms: Vec::new(),
            room_of: HashMap::new(),
            people: Vec::new(),
            ink: SampleInk::new()?,
            last_session: 0,
            frames_of_nodes: vec![0; nodes],
            hellos: Vec::new(),
        };
        for node in 0..nodes {
            let at = world.random.u64(0..HEADS_EVERY_MS);
            world.net.wheel.at(at, Event::Heads(node));
        }
        for class in rooms {
            for number in 0..class.boards {
                world.add_board(class, number < class.active);
            }
        }
        Ok(world)
    }

    fn add_board(&mut self, class: &Rooms, is_active: bool) {
        let board = self.net.boards.len();
        let epoch = Epoch::from_bytes((board as u128 + 1).to_be_bytes());
        self.net.boards.push(Board {
            stored: StoredBoard::new(epoch),
            subscribers: Vec::new(),
        });
        let pens_begin = ARRIVAL_MS + self.random.u64(0..STROKE_EVERY_MS);
        for place in 0..class.size {
            let draws = is_active && place < class.pens;
            let role = if draws { Role::Edit } else { Role::View };
            let number = self.people.len();
            let at = self.random.u64(0..ARRIVAL_MS);
            let mut person = Person::new(number, board, place, role, at, &mut self.net);
            if draws {
                let began = pens_begin + pen_begins(place, class.pens);
                person.take_pen(began, &mut self.net);
            }
            self.people.push(person);
        }
    }

    /// What was counted until now.
    pub(crate) const fn counts(&self) -> &Counts {
        &self.net.counts
    }

    /// Hellos in each tenth of a second until now.
    pub(crate) fn hellos(&self) -> &[u64] {
        &self.hellos
    }

    /// The virtual time.
    pub(crate) const fn now(&self) -> Millis {
        self.net.now()
    }

    /// Lets everything happen until a time.
    pub(crate) fn run_until(&mut self, end: Millis) {
        while let Some(event) = self.net.wheel.next(end) {
            self.handle(event);
        }
    }

    fn handle(&mut self, event: Event) {
        match event {
            Event::Connect(person) => self.connect(person),
            Event::Up(person, session, message) => {
                self.note_hello(&message);
                let Some(one) = self.people.get(person) else {
                    return;
                };
                let role = one.role;
                if let Some((slot, _)) = one.session.filter(|(_, now)| *now == session) {
                    self.with_room(slot, |room, net| room.receive(session, *message, role, net));
                }
            }
            Event::Down(person, session, frames) => {
                if let Some(person) = self.on_session(person, session) {
                    person.0.receive(&frames, person.1);
                }
            }
            Event::Closed(person, session, code) => {
                if let Some(person) = self.on_session(person, session) {
                    let code = code.map(shared::protocol::CloseCode::number);
                    person.0.disconnected(code, person.1);
                }
            }
            Event::PersonDue(person) => {
                if let Some(person) = self.people.get_mut(person) {
                    person.on_due(&mut self.net);
                }
            }
            Event::Draw(person) => {
                if let Some(person) = self.people.get_mut(person) {
                    person.draw(&self.ink, &mut self.net);
                }
            }
            event => self.handle_of_room(event),
        }
    }

    fn handle_of_room(&mut self, event: Event) {
        match event {
            Event::Heads(node) => self.check_heads(node),
            Event::Left(slot, session) => {
                self.with_room(slot, |room, net| room.left(session, net));
            }
            Event::Run(slot) => self.run_room(slot),
            Event::RoomDue(slot) => {
                let now = self.net.now();
                self.with_room(slot, |room, net| {
                    if room.is_due(now) {
                        room.call(net);
                    }
                });
            }
            Event::Log(slot, appended) => self.with_room(slot, |room, net| {
                room.with_room(net, |room, _| {
                    let commits = appended.commits.clone();
                    room.on_commits(appended.epoch, appended.first, commits);
                });
            }),
            Event::Relay(slot, relay) => self.with_room(slot, |room, net| {
                room.with_room(net, |room, now| room.on_relay(&relay, now));
            }),
            Event::Answer(slot, answer) => {
                self.with_room(slot, |room, net| room.answered(answer, net));
            }
            _ => {}
        }
    }

    /// A node asks the store where its boards stand, and will do so again.
    fn check_heads(&mut self, node: usize) {
        if !self.alive.contains(&node) {
            return;
        }
        let of_node = self.rooms.iter().flatten();
        for room in of_node.filter(|room| room.node() == node) {
            room.check_head(&mut self.net);
        }
        let again = self.net.now() + HEADS_EVERY_MS;
        self.net.wheel.at(again, Event::Heads(node));
    }

    fn run_room(&mut self, slot: usize) {
        let before = frames(self.counts());
        self.with_room(slot, OpenRoom::run);
        let sent = frames(self.counts()) - before;
        let node = self.rooms.get(slot).and_then(Option::as_ref);
        let node = node.and_then(|room| self.frames_of_nodes.get_mut(room.node()));
        if let Some(frames) = node {
            *frames += sent;
        }
    }

    fn with_room(&mut self, slot: usize, act: impl FnOnce(&mut OpenRoom, &mut Net)) {
        if let Some(Some(room)) = self.rooms.get_mut(slot) {
            act(room, &mut self.net);
        }
    }

    fn on_session(&mut self, person: usize, session: SessionNo) -> Option<(&mut Person, &mut Net)> {
        let person = self.people.get_mut(person)?;
        let (_, now) = person.session?;
        (now == session).then_some((person, &mut self.net))
    }

    fn note_hello(&mut self, message: &shared::protocol::ClientMsg) {
        if matches!(message, shared::protocol::ClientMsg::Hello(_)) {
            let entry = usize::try_from(self.net.now() / HELLOS_MS).unwrap_or(0);
            if self.hellos.len() <= entry {
                self.hellos.resize(entry + 1, 0);
            }
            if let Some(hellos) = self.hellos.get_mut(entry) {
                *hellos += 1;
            }
        }
    }

    /// The load balancer takes a connection.
    fn connect(&mut self, number: usize) {
        let Some(person) = self.people.get_mut(number) else {
            return;
        };
        let board = person.board;
        let random = &mut self.random;
        let as_u32 = u32::try_from(board).unwrap_or(0);
        let node = self
            .placement
            .node(as_u32, person.place, &self.alive, random);
        let Some(node) = node else {
            person.disconnected(None, &mut self.net);
            return;
        };
        let next = self.rooms.len();
        let slot = *self.room_of.entry((node, board)).or_insert(next);
        if slot == next {
            let room = OpenRoom::open(slot, node, board, &mut self.net);
            self.rooms.push(Some(room));
        }
        self.last_session += 1;
        let session = SessionNo(self.last_session);
        if let Some(Some(room)) = self.rooms.get_mut(slot) {
            room.connected(session, number);
        }
        person.connected(slot, session, &mut self.net);
    }

    /// A node dies: its process is gone, and the system ends its connections.
    pub(crate) fn kill(&mut self, node: usize) {
        self.alive.retain(|other| *other != node);
        for slot in 0..self.rooms.len() {
            let entry = self.rooms.get_mut(slot);
            let Some(room) = entry.and_then(|entry| entry.take_if(|room| room.node() == node))
            else {
                continue;
            };
            self.room_of.remove(&(node, room.board()));
            if let Some(board) = self.net.boards.get_mut(room.board()) {
                board.subscribers.retain(|other| *other != slot);
            }
            for (session, person) in room.sessions() {
                self.net.close(person, session, None);
            }
        }
    }

    /// Lets all people stop drawing.
    pub(crate) fn stop_drawing(&mut self) {
        self.people.iter_mut().for_each(Person::put_pen_away);
    }

    /// What each node that is alive has, and did until now.
    pub(crate) fn nodes(&self) -> Vec<NodeLoad> {
        let mut loads = vec![NodeLoad::default(); self.frames_of_nodes.len()];
        for (load, frames) in loads.iter_mut().zip(&self.frames_of_nodes) {
            load.frames = *frames;
        }
        for room in self.rooms.iter().flatten() {
            if let Some(load) = loads.get_mut(room.node()) {
                load.boards += 1;
                load.sessions += room.sessions().count();
            }
        }
        let alive = self.alive.iter().filter_map(|node| loads.get(*node));
        alive.copied().collect()
    }

    /// How many people do not see their board: they are not connected, or their board is not that of the
    /// store.
    pub(crate) fn lost(&self) -> usize {
        let is_lost = |person: &&Person| {
            let stored = self.net.boards.get(person.board);
            let stored = stored.map(|board| board.stored.head().at);
            let at = person.driver().replica().at();
            person.has_given_up || !person.driver().is_connected() || at != stored
        };
        self.people.iter().filter(is_lost).count()
    }
}

/// All frames that were sent to clients.
fn frames(counts: &Counts) -> u64 {
    let kinds = [
        Kind::Welcome,
        Kind::SnapshotPart,
        Kind::LiveFrame,
        Kind::CommitDown,
        Kind::Ack,
        Kind::Heartbeat,
        Kind::PeopleList,
        Kind::OtherDown,
    ];
    kinds.into_iter().map(|kind| counts[kind]).sum()
}
