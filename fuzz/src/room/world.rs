//! The room, its store, the clients, and the time.

use server::ws::fuzzing::{Read, read_message};
use shared::id::{Millis, NodeId, Secret};
use shared::op::Commit;
use shared::protocol::{Profile, Role, StoredCommit, encode};
use shared::sync::log::Loaded;
use shared::sync::{
    Driver, Identity, Replay, Replayed, Room, RoomEffect, SessionNo, Setup, StoreCall,
};
use testkit::fixtures::{client_id, key};

use super::store::Store;

/// The roles of the honest clients.
const ROLES: [Role; 3] = [Role::Edit, Role::Owner, Role::View];
/// The session of the hostile client.
pub(super) const HOSTILE: SessionNo = SessionNo(9_999);
/// The person that draws on another server.
const ELSEWHERE: u8 = 77;
/// Turns of 250 ms in which everybody must have come to rest.
const TURNS: usize = 400;

pub(super) struct Client {
    pub(super) driver: Driver,
    pub(super) role: Role,
    pub(super) session: Option<SessionNo>,
    pub(super) renewals: u8,
}

pub(super) struct World {
    pub(super) room: Room,
    pub(super) store: Store,
    pub(super) is_store_up: bool,
    /// Requests that wait for the store.
    pub(super) waiting: Vec<RoomEffect>,
    pub(super) clients: Vec<Client>,
    pub(super) now: Millis,
    pub(super) sessions: u64,
}

pub(super) fn replayed(loaded: Loaded) -> Replayed {
    let replayed = Replay::new(loaded).and_then(Replay::finish);
    replayed.expect("what a room stored can be replayed")
}

fn client(number: u8, role: Role) -> Client {
    let setup = Setup {
        identity: Identity::fresh(key(number)),
        commits: Vec::new(),
        secret: Secret::from_bytes([1; 16]),
        profile: Profile::default(),
        device: None,
        seed: number.into(),
    };
    Client {
        driver: Driver::new(setup, 0),
        role,
        session: None,
        renewals: 0,
    }
}

impl World {
    pub(super) fn new() -> Self {
        let store = Store::default();
        let node = NodeId::from_bytes([5; 16]);
        let room = Room::open(node, "Title".into(), replayed(store.load()), 0);
        let clients = (1..).zip(ROLES).map(|(number, role)| client(number, role));
        let mut world = Self {
            room,
            store,
            is_store_up: true,
            waiting: Vec::new(),
            clients: clients.collect(),
            now: 0,
            sessions: 0,
        };
        world.join_hostile();
        world.settle();
        world
    }

    pub(super) fn submit(&mut self, who: usize, commit: Commit) {
        let client = &mut self.clients[who % ROLES.len()];
        // A page of a viewer changes nothing.
        let may_draw = client.driver.replica().role() != Some(Role::View);
        if may_draw && commit.validate().is_ok() {
            client.driver.submit(commit.ops, commit.guard, self.now);
        }
        self.settle();
    }

    /// A frame of the hostile client, as far as it can be read.
    pub(super) fn receive_hostile(&mut self, frame: &[u8]) {
        match read_message(frame) {
            Read::Whole(message) => self.room.receive(HOSTILE, *message, self.now),
            Read::CommitNumber(cno) => self.room.receive_unreadable_commit(HOSTILE, cno),
            Read::Live | Read::Malformed => {}
        }
        self.settle();
    }

    pub(super) fn receive_relay(&mut self, bytes: &[u8]) {
        self.room.on_relay(bytes, self.now);
        self.settle();
    }

    /// Lets time pass, in milliseconds.
    pub(super) fn wait(&mut self, ms: Millis) {
        self.now += ms;
        for client in &mut self.clients {
            client.driver.on_timeout(self.now);
        }
        if self.room.poll_timeout() <= self.now {
            self.room.handle_timeout(self.now);
        }
        self.settle();
    }

    pub(super) fn cut(&mut self, who: usize) {
        self.disconnect(who % ROLES.len(), None);
        self.settle();
    }

    /// A commit reaches the store through another server; the room may miss the message about it.
    pub(super) fn commit_elsewhere(&mut self, commit: &Commit, is_published: bool) {
        if !self.is_store_up || commit.validate().is_err() {
            return;
        }
        let author = client_id(ELSEWHERE);
        let cno = self.store.next_of(author);
        let numbered = Commit {
            cno,
            ..commit.clone()
        };
        let payload = encode(&numbered).unwrap().to_vec().into();
        let stored = StoredCommit {
            author,
            cno,
            payload,
        };
        let seq = self.store.push(stored.clone());
        if is_published {
            self.room
                .on_commits(self.store.at().epoch, seq, vec![stored]);
        }
        self.settle();
    }

    pub(super) fn toggle_store(&mut self) {
        self.is_store_up = !self.is_store_up;
        if !self.is_store_up {
            self.room.on_store_failed(StoreCall::Head, self.now);
        }
        self.settle();
    }

    pub(super) const fn compact(&mut self) {
        self.room.compact_soon();
    }

    /// Waits until all clients have saved everything, and compares all boards with the log.
    pub(super) fn come_to_rest(mut self) {
        self.is_store_up = true;
        self.settle();
        let mut turns = 0;
        while !self.is_at_rest() {
            turns += 1;
            assert!(
                turns < TURNS,
                "the clients do not come to rest: {:?}",
                self.clients_now()
            );
            self.wait(250);
        }
        let history = replayed(self.store.whole_log());
        let node = NodeId::from_bytes([6; 16]);
        let other = Room::open(node, "Title".into(), history, self.now);
        assert_eq!(other.state(), self.room.state(), "the log makes the board");
        let board = &self.room.state().board;
        assert_eq!(board.check_invariants(), Ok(()));
        for client in &self.clients {
            assert_eq!(client.driver.replica().board(), board);
        }
    }

    fn is_at_rest(&self) -> bool {
        let at = self.room.at();
        let is_current = |client: &Client| {
            let replica = client.driver.replica();
            client.driver.is_connected() && replica.at() == Some(at) && replica.pending() == 0
        };
        at == self.store.at() && self.room.is_flushed() && self.clients.iter().all(is_current)
    }

    fn clients_now(&self) -> Vec<impl std::fmt::Debug> {
        let clients = self.clients.iter();
        let state = |client: &Client| {
            let replica = client.driver.replica();
            (client.session, replica.at(), replica.pending())
        };
        clients.map(state).collect()
    }
}
