//! Everything together, and the faults.

use bytes::Bytes;
use shared::id::{ClientKey, Epoch, NodeId};
use shared::op::Op;
use shared::protocol::{ClientMsg, Role};
use shared::sync::SessionNo;

use crate::chance::Chance;
use crate::check;
use crate::person::Person;
use crate::server::Server;
use crate::store::{Dedupe, Published, SimStore};

/// People in each run.
const PEOPLE: usize = 5;
/// Servers in each run.
const SERVERS: usize = 2;
/// Milliseconds that a healed world gets to become quiet.
const HEALING_MS: u64 = 60_000;

/// What may go wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Faults {
    None,
    All,
    /// Also: the store loses commits that it had acknowledged.
    AllAndLostTails,
}

/// How often things happened.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Counts {
    pub(crate) commits: u64,
    pub(crate) cuts: u64,
    pub(crate) reloads: u64,
    pub(crate) crashes: u64,
    pub(crate) outages: u64,
    pub(crate) lost_answers: u64,
    pub(crate) lost_broadcasts: u64,
    pub(crate) repeated_broadcasts: u64,
    pub(crate) lost_commits: u64,
    /// Edits of text, stretches rubbed out, and such taken back.
    edits: u64,
    rubs: u64,
    rubs_undone: u64,
    faults_on: bool,
}

impl Counts {
    /// A chance in percent, or none when the world is kind.
    pub(crate) fn fault_percent(&self, percent: u32) -> u32 {
        if self.faults_on { percent } else { 0 }
    }

    /// Counts what is done to a board.
    pub(crate) fn note(&mut self, ops: &[Op]) {
        let count = |is: fn(&Op) -> bool| ops.iter().filter(|op| is(op)).count() as u64;
        self.commits += 1;
        self.edits += count(|op| matches!(op, Op::Text { .. }));
        self.rubs += count(|op| matches!(op, Op::Cut { .. }));
        self.rubs_undone += count(|op| matches!(op, Op::Uncut { .. }));
    }

    pub(crate) fn add(&mut self, other: &Self) {
        self.commits += other.commits;
        self.cuts += other.cuts;
        self.reloads += other.reloads;
        self.crashes += other.crashes;
        self.outages += other.outages;
        self.lost_answers += other.lost_answers;
        self.lost_broadcasts += other.lost_broadcasts;
        self.repeated_broadcasts += other.repeated_broadcasts;
        self.lost_commits += other.lost_commits;
        self.edits += other.edits;
        self.rubs += other.rubs;
        self.rubs_undone += other.rubs_undone;
    }

    pub(crate) fn named(&self) -> [(&'static str, u64); 12] {
        [
            ("a commit", self.commits),
            ("a cut", self.cuts),
            ("a reload", self.reloads),
            ("a crash", self.crashes),
            ("an outage of the store", self.outages),
            ("a lost answer", self.lost_answers),
            ("a lost broadcast", self.lost_broadcasts),
            ("a repeated broadcast", self.repeated_broadcasts),
            ("a lost commit", self.lost_commits),
            ("an edit of text", self.edits),
            ("a part rubbed out", self.rubs),
            ("a part brought back", self.rubs_undone),
        ]
    }
}

#[derive(Debug)]
pub(crate) struct World {
    pub(crate) store: SimStore,
    pub(crate) servers: Vec<Server>,
    pub(crate) people: Vec<Person>,
    pub(crate) counts: Counts,
    faults: Faults,
    chance: Chance,
    now: u64,
    next_session: u64,
    store_down_until: u64,
}

impl World {
    pub(crate) fn new(seed: u64, faults: Faults, dedupe: Dedupe) -> Self {
        let mut chance = Chance::new(seed);
        let store = SimStore::new(Epoch::from_bytes(chance.bytes()), dedupe);
        let servers = (0..SERVERS)
            .map(|_| Server::new(NodeId::from_bytes(chance.bytes())))
            .collect();
        let people = (0..PEOPLE)
            .map(|_| Person::new(ClientKey::from_bytes(chance.bytes()), 0))
            .collect();
        let counts = Counts {
            faults_on: faults != Faults::None,
            ..Counts::default()
        };
        let (now, next_session, store_down_until) = (0, 0, 0);
        Self {
            store,
            servers,
            people,
            counts,
            faults,
            chance,
            now,
            next_session,
            store_down_until,
        }
    }

    /// Some time passes, somebody does something, something may break.
    pub(crate) fn step(&mut self) {
        self.now += self.chance.millis(1..60);
        let who = self.chance.below(PEOPLE);
        if self.chance.percent(60) {
            self.people[who].act(&mut self.chance, &mut self.counts, self.now);
        }
        if self.faults != Faults::None {
            self.break_something();
        }
        self.turn();
    }

    fn break_something(&mut self) {
        let who = self.chance.below(PEOPLE);
        if self.chance.percent(4) {
            self.counts.cuts += 1;
            self.cut(who);
        }
        if self.chance.percent(2) {
            self.counts.reloads += 1;
            self.cut(who);
            self.people[who].reload(self.now);
        }
        if self.chance.percent(1) {
            self.counts.crashes += 1;
            let server = self.chance.below(SERVERS);
            self.crash(server);
        }
        if self.chance.percent(2) {
            self.counts.outages += 1;
            self.store_down_until = self.now + self.chance.millis(50..3_000);
        }
        if self.faults == Faults::AllAndLostTails && self.chance.percent(2) {
            self.counts.lost_commits += self.store.lose_tail(1 + self.chance.below(4) as u64);
        }
    }

    fn cut(&mut self, who: usize) {
        if let Some((server, session)) = self.people[who].session {
            self.servers[server].leave(session, self.now);
            self.people[who].hang_up(self.now, &mut self.chance);
        }
    }

    fn crash(&mut self, server: usize) {
        self.servers[server].crash();
        for person in &mut self.people {
            if person.session.is_some_and(|(at, _)| at == server) {
                person.hang_up(self.now, &mut self.chance);
            }
        }
    }

    /// Everything that is due happens.
    fn turn(&mut self) {
        let reachable = self.now >= self.store_down_until;
        for who in 0..PEOPLE {
            self.dial(who, reachable);
            self.listen(who);
            self.talk(who);
        }
        for server in &mut self.servers {
            server.run(
                &mut self.store,
                reachable,
                &mut self.chance,
                &mut self.counts,
                self.now,
            );
        }
        self.broadcast();
        self.close_sessions();
    }

    fn dial(&mut self, who: usize, reachable: bool) {
        if self.people[who].session.is_some() || self.now < self.people[who].redial_at {
            return;
        }
        let server = self.chance.below(SERVERS);
        if reachable {
            self.servers[server].open(&self.store, self.now);
        }
        if self.servers[server].room.is_some() {
            self.next_session += 1;
            let session = SessionNo(self.next_session);
            let hello = self.people[who].dial(server, session, self.now);
            let arrives = self.now + self.chance.millis(1..60);
            self.people[who].up.send(arrives, hello);
        }
    }

    fn listen(&mut self, who: usize) {
        let Some((server, session)) = self.people[who].session else {
            return;
        };
        let mut fits = true;
        while fits {
            let line = self.servers[server].down.get_mut(&session);
            let Some(frame) = line.and_then(|line| line.receive(self.now)) else {
                break;
            };
            fits = self.people[who].take(&frame, self.now);
        }
        let person = &mut self.people[who];
        person.replica.handle_timeout(self.now);
        let redial = person.settle_events();
        if !fits || redial {
            self.cut(who);
        }
    }

    fn talk(&mut self, who: usize) {
        let Some((server, session)) = self.people[who].session else {
            return;
        };
        while let Some(message) = self.people[who].up.receive(self.now) {
            match message {
                hello @ ClientMsg::Hello(_) => {
                    self.servers[server].join(session, &hello, Role::Edit, self.now);
                }
                message => {
                    if let Some(room) = &mut self.servers[server].room {
                        room.receive(session, message, self.now);
                    }
                }
            }
        }
        while let Some(message) = self.people[who].replica.poll_transmit() {
            let arrives = self.now + self.chance.millis(1..60);
            self.people[who].up.send(arrives, message);
        }
    }

    /// What the store published and what servers said goes to all servers, or
    /// does not, or does twice.
    fn broadcast(&mut self) {
        for published in std::mem::take(&mut self.store.published) {
            for server in 0..SERVERS {
                self.deliver_published(server, &published);
            }
        }
        let words: Vec<Bytes> = self
            .servers
            .iter_mut()
            .flat_map(|server| server.outward_live.drain(..))
            .collect();
        for word in words {
            for server in &mut self.servers {
                if !self.chance.percent(self.counts.fault_percent(10)) {
                    server
                        .live
                        .send(self.now + self.chance.millis(0..40), word.clone());
                }
            }
        }
    }

    fn deliver_published(&mut self, server: usize, published: &Published) {
        if self.chance.percent(self.counts.fault_percent(12)) {
            self.counts.lost_broadcasts += 1;
            return;
        }
        let times = if self.chance.percent(self.counts.fault_percent(8)) {
            2
        } else {
            1
        };
        self.counts.repeated_broadcasts += times - 1;
        for _ in 0..times {
            let arrives = self.now + self.chance.millis(0..40);
            self.servers[server]
                .durable
                .send(arrives, published.clone());
        }
    }

    fn close_sessions(&mut self) {
        for server in 0..SERVERS {
            for (session, _) in std::mem::take(&mut self.servers[server].closed) {
                let who = self
                    .people
                    .iter()
                    .position(|p| p.session == Some((server, session)));
                match who {
                    Some(who) => self.cut(who),
                    None => self.servers[server].leave(session, self.now),
                }
            }
        }
    }

    /// The promises that hold at every moment.
    pub(crate) fn check(&self) -> Result<(), String> {
        check::history(self)?;
        check::rooms(self)?;
        check::replicas(self)
    }

    /// Nothing breaks any more; after a while all is saved and equal.
    pub(crate) fn heal(&mut self) -> Result<(), String> {
        self.faults = Faults::None;
        self.counts.faults_on = false;
        self.store_down_until = 0;
        let until = self.now + HEALING_MS;
        while self.now < until && !check::is_quiet(self) {
            self.now += self.chance.millis(1..40);
            self.turn();
            self.check()?;
        }
        check::healed(self)
    }
}
