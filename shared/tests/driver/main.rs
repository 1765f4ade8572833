//! One driver with a fake connection: the test plays socket, clock, outbox and server.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "a test fails by panicking"
)]

mod identity;
mod outage;
mod outbox;
mod reconnect;
mod recovery_time;

use shared::id::{ClientKey, Secret};
use shared::op::{Commit, Guard, Op};
use shared::protocol::{
    ClientMsg, CloseCode, Hello, LiveUpdate, Profile, Refusal, Role, ServerMsg,
};
use shared::sync::{Driver, DriverEvent, Identity, OutboxChange, Setup, Status};
use testkit::fixtures::{
    at, authored, client_id, element_id, heartbeat, ink, key, put, snapshot, state, stroke, welcome,
};
use testkit::outbox::MemoryOutbox;

/// A driver, and a stand-in for the browser around it.
#[derive(Debug)]
struct Rig {
    driver: Driver,
    now: u64,
    outbox: MemoryOutbox,
    /// The identity as the tab saved it last.
    saved: Option<Identity>,
    /// Whether a socket is open or opening.
    has_socket: bool,
    /// Times at which the driver asked for a connection.
    connects: Vec<u64>,
    /// Times at which the driver closed one.
    disconnects: Vec<u64>,
    /// Changes of the outbox, in order.
    changes: Vec<OutboxChange>,
    gave_up: Option<CloseCode>,
    lost_identity: bool,
    /// Number of outages that the driver reported.
    outages: usize,
}

impl Rig {
    /// A page that was just loaded.
    fn new(identity: Identity, commits: Vec<Commit>) -> Self {
        let setup = Setup {
            identity,
            commits,
            secret: Secret::from_bytes([1; 16]),
            profile: Profile::default(),
            device: None,
            seed: 7,
        };
        let mut rig = Self {
            driver: Driver::new(setup, 0),
            now: 0,
            outbox: MemoryOutbox::default(),
            saved: None,
            has_socket: false,
            connects: Vec::new(),
            disconnects: Vec::new(),
            changes: Vec::new(),
            gave_up: None,
            lost_identity: false,
            outages: 0,
        };
        rig.carry_out();
        rig
    }

    /// A page that shows an empty board and may draw on it.
    fn online() -> Self {
        let mut rig = Self::new(Identity::fresh(key(1)), Vec::new());
        rig.connect();
        rig.receives(welcome(at(0), 0, Role::Edit, false));
        rig.receives(snapshot(&state(at(0), &[])));
        rig
    }

    /// Carries out the requests of the driver.
    fn carry_out(&mut self) {
        while let Some(event) = self.driver.poll_event() {
            match event {
                DriverEvent::Connect => {
                    assert!(!self.has_socket, "one connection at a time");
                    self.has_socket = true;
                    self.connects.push(self.now);
                }
                DriverEvent::Disconnect => {
                    self.has_socket = false;
                    self.disconnects.push(self.now);
                }
                DriverEvent::GaveUp(code) => self.gave_up = Some(code),
                DriverEvent::Outbox(change) => {
                    self.changes.push(change.clone());
                    self.outbox.apply(change);
                }
                DriverEvent::SaveIdentity(identity) => self.saved = Some(identity),
                DriverEvent::IdentityLost => self.lost_identity = true,
                DriverEvent::OutageLasts => self.outages += 1,
                DriverEvent::Changed(_)
                | DriverEvent::Loaded(_)
                | DriverEvent::Progress
                | DriverEvent::Fullness(_)
                | DriverEvent::Reset
                | DriverEvent::Presence
                | DriverEvent::BlobReady(_)
                | DriverEvent::Chat
                | DriverEvent::Rights(_)
                | DriverEvent::Title(_)
                | DriverEvent::Refused(_) => {}
            }
        }
    }

    /// Opens the socket that the driver asked for; returns its hello.
    fn connect(&mut self) -> Hello {
        assert!(self.has_socket, "the driver asked for no connection");
        self.driver.on_connected(self.now);
        self.carry_out();
        match self.driver.poll_send(0) {
            Some(ClientMsg::Hello(hello)) => hello,
            other => panic!("{other:?} is not a hello"),
        }
    }

    fn receives(&mut self, message: ServerMsg) {
        self.driver.on_message(message, 0, self.now);
        self.carry_out();
    }

    fn receives_garbage(&mut self) {
        self.driver.on_frame(&[0xc1], self.now);
        self.carry_out();
    }

    /// The server or the network ends the connection.
    fn loses_connection(&mut self, code: Option<CloseCode>) {
        self.has_socket = false;
        self.driver
            .on_disconnected(code.map(CloseCode::number), self.now);
        self.carry_out();
    }

    fn draws(&mut self, number: u64) {
        self.driver.submit(vec![line(number)], Guard::Any, self.now);
        self.carry_out();
    }

    /// Lets time pass; the driver is called whenever it wants to be.
    fn waits(&mut self, ms: u64) {
        let end = self.now + ms;
        while let Some(due) = self.driver.poll_timeout(self.now)
            && due <= end
        {
            self.now = due.max(self.now);
            self.driver.on_timeout(self.now);
            self.carry_out();
        }
        self.now = end;
    }

    /// Waits for the next attempt to connect; returns how long it took in milliseconds.
    fn waits_for_attempt(&mut self) -> u64 {
        let (begin, attempts) = (self.now, self.connects.len());
        while self.connects.len() == attempts {
            let due = self.driver.poll_timeout(self.now).expect("no timer is set");
            self.waits(due.saturating_sub(self.now));
        }
        self.now - begin
    }

    /// The numbers of the commits that the driver sends now.
    fn sends(&mut self) -> Vec<u64> {
        let messages = std::iter::from_fn(|| self.driver.poll_send(0));
        messages
            .filter_map(|message| match message {
                ClientMsg::Commit(commit) => Some(commit.cno),
                _ => None,
            })
            .collect()
    }

    /// The numbers of the commits that the outbox keeps of an author.
    fn keeps(&self, author: ClientKey) -> Vec<u64> {
        let commits = self.outbox.commits(author);
        commits.iter().map(|commit| commit.cno).collect()
    }
}

fn line(number: u64) -> Op {
    put(stroke(element_id(number), ink([(1.0, 2.0)])))
}
