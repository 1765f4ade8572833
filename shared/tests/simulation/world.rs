//! The people, the servers and the store of one run, and the faults.

use std::collections::BTreeSet;

use bytes::Bytes;
use shared::history::WorkOfPerson;
use shared::id::{ClientKey, Epoch, NodeId};
use shared::protocol::{ClientMsg, CloseCode, Role};
use shared::sync::SessionNo;

use crate::chance::Chance;
use crate::counts::Counts;
use crate::person::Person;
use crate::promises;
use crate::server::Server;
use crate::store::{Dedupe, Published, SimStore};

/// People in each run.
const PEOPLE: usize = 5;
/// Servers in each run.
const SERVERS: usize = 2;
/// How long it may take, without faults, until every commit is everywhere, in milliseconds.
const RECOVERY_MS: u64 = 60_000;

/// Which faults happen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Faults {
    None,
    All,
    /// Also: the store loses commits that it had acknowledged.
    AllAndLostTails,
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

    /// Lets some time pass; a person may do something, and a fault may happen.
    pub(crate) fn step(&mut self) {
        self.now += self.chance.millis(1..60);
        let who = self.chance.below(PEOPLE);
        if self.chance.percent(60) {
            self.people[who].act(&mut self.chance, &mut self.counts, self.now);
        }
        if self.chance.percent(2) {
            self.undo_work_of_another(who);
        }
        if self.faults != Faults::None {
            self.cause_faults();
        }
        self.turn();
    }

    /// A person undoes what another one did after some position, or all of it.
    fn undo_work_of_another(&mut self, who: usize) {
        let other = self.chance.below(PEOPLE);
        if other == who {
            return;
        }
        let clients = BTreeSet::from([self.people[other].replica().me()]);
        let last = usize::try_from(self.store.at.seq).unwrap();
        let after = if self.chance.percent(50) {
            0
        } else {
            self.chance.below(last + 1) as u64
        };
        let mut work = WorkOfPerson::new(&clients, after);
        for (seq, commit) in self.store.history() {
            work.push(seq, &commit);
        }
        self.people[who].undo_work_of(&work, &mut self.counts, self.now);
    }

    fn cause_faults(&mut self) {
        let who = self.chance.below(PEOPLE);
        if self.chance.percent(4) {
            self.counts.cuts += 1;
            self.cut(who, None);
        }
        if self.chance.percent(2) {
            self.counts.reloads += 1;
            self.people[who].reload(self.now);
            self.leave(who);
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

    fn cut(&mut self, who: usize, code: Option<CloseCode>) {
        if self.people[who].session.is_some() {
            self.people[who].disconnected(code, self.now, &mut self.chance);
            self.leave(who);
        }
    }

    /// Ends the session that a client has left.
    fn leave(&mut self, who: usize) {
        if let Some((server, session)) = self.people[who].take_left() {
            self.servers[server].leave(session, self.now);
        }
    }

    fn crash(&mut self, server: usize) {
        self.servers[server].crash();
        for who in 0..PEOPLE {
            if self.people[who].session.is_some_and(|(at, _)| at == server) {
                self.cut(who, None);
            }
        }
    }

    /// Lets everything happen that is due.
    fn turn(&mut self) {
        let reachable = self.now >= self.store_down_until;
        for who in 0..PEOPLE {
            self.connect(who, reachable);
            self.deliver_to_client(who);
            self.deliver_to_server(who);
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

    fn connect(&mut self, who: usize, reachable: bool) {
        if !self.people[who].wants_connection {
            return;
        }
        let server = self.chance.below(SERVERS);
        if reachable {
            self.servers[server].open(&self.store, self.now);
        }
        if self.servers[server].room.is_some() {
            self.next_session += 1;
            let session = SessionNo(self.next_session);
            self.people[who].connected(server, session, self.now);
        } else {
            self.people[who].disconnected(None, self.now, &mut self.chance);
        }
    }

    fn deliver_to_client(&mut self, who: usize) {
        while let Some((server, session)) = self.people[who].session {
            let frames = self.servers[server].down.get_mut(&session);
            let Some(frame) = frames.and_then(|frames| frames.receive(self.now)) else {
                break;
            };
            self.people[who].receives(&frame, self.now);
        }
        self.people[who].timeout(self.now);
        self.leave(who);
    }

    fn deliver_to_server(&mut self, who: usize) {
        let Some((server, session)) = self.people[who].session else {
            return;
        };
        while let Some(message) = self.people[who].up.receive(self.now) {
            match message {
                ClientMsg::Hello(hello) => {
                    self.counts.resumed_loads += u64::from(hello.partial.is_some());
                    self.servers[server].join(session, &hello, Role::Owner, self.now);
                }
                message => {
                    if let Some(room) = &mut self.servers[server].room {
                        room.receive(session, message, self.now);
                    }
                }
            }
        }
        while let Some(message) = self.people[who].poll_send() {
            let arrives = self.now + self.chance.millis(1..60);
            self.people[who].up.send(arrives, message);
        }
    }

    /// Sends all servers the messages that the store and the servers have published. A message may get lost
    /// or come twice.
    fn broadcast(&mut self) {
        for published in std::mem::take(&mut self.store.published) {
            for server in 0..SERVERS {
                self.deliver_published(server, &published);
            }
        }
        let relays: Vec<Bytes> = self
            .servers
            .iter_mut()
            .flat_map(|server| server.outward_live.drain(..))
            .collect();
        for relay in relays {
            for server in &mut self.servers {
                if !self.chance.percent(self.counts.fault_percent(10)) {
                    server
                        .live
                        .send(self.now + self.chance.millis(0..40), relay.clone());
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
            for (session, code) in std::mem::take(&mut self.servers[server].closed) {
                let who = self
                    .people
                    .iter()
                    .position(|p| p.session == Some((server, session)));
                match who {
                    Some(who) => self.cut(who, Some(code)),
                    None => self.servers[server].leave(session, self.now),
                }
            }
        }
    }

    /// Checks the promises that hold at every moment.
    pub(crate) fn check(&self) -> Result<(), String> {
        promises::history(self)?;
        promises::rooms(self)?;
        promises::undone_work(self)?;
        promises::replicas(self)
    }

    /// Stops all faults. After a while every commit is saved and all boards are equal.
    pub(crate) fn recover(&mut self) -> Result<(), String> {
        self.faults = Faults::None;
        self.counts.faults_on = false;
        self.store_down_until = 0;
        let until = self.now + RECOVERY_MS;
        while self.now < until && !promises::is_quiet(self) {
            self.now += self.chance.millis(1..40);
            self.turn();
            self.check()?;
        }
        promises::nothing_is_lost(self)
    }
}
