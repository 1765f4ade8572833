//! A recovery with a fake connection.

use shared::id::{ClientKey, Secret};
use shared::protocol::{ClientMsg, CloseCode, Profile, Refusal, Role, ServerMsg};
use shared::sync::{Identity, OutboxChange, Setup};
use testkit::fixtures::{
    at, commit, element_id, heartbeat, ink, key, put, snapshot, state, stroke, welcome,
};
use testkit::outbox::MemoryOutbox;

use super::recovery::{Recovery, RecoveryRequest};

/// A recovery, and what a browser would do for it.
struct Rig {
    recovery: Recovery,
    outbox: MemoryOutbox,
    has_socket: bool,
    now: u64,
}

impl Rig {
    /// The outbox of an ended tab with two commits; the server has the board but not these.
    fn begin() -> Self {
        let mut outbox = MemoryOutbox::default();
        let author = key(1);
        for cno in [1, 2] {
            let op = put(stroke(element_id(cno), ink([(1.0, 2.0)])));
            let commit = commit(cno, vec![op]);
            outbox.apply(OutboxChange::Keep { author, commit });
        }
        let setup = Setup {
            identity: Identity {
                next_cno: 3,
                ..Identity::fresh(author)
            },
            commits: outbox.commits(author),
            secret: Secret::from_bytes([1; 16]),
            profile: Profile::default(),
            device: None,
            seed: 1,
        };
        let mut rig = Self {
            recovery: Recovery::new(setup, 0),
            outbox,
            has_socket: false,
            now: 0,
        };
        rig.carry_out();
        rig
    }

    fn carry_out(&mut self) {
        let fresh_key = &mut || key(2);
        while let Some(request) = self.recovery.poll_request(self.now, fresh_key) {
            match request {
                RecoveryRequest::Connect => self.has_socket = true,
                RecoveryRequest::Disconnect => self.has_socket = false,
                RecoveryRequest::Outbox(change) => self.outbox.apply(change),
            }
        }
    }

    /// Waits for the socket that the driver asks for, and opens it.
    fn connect(&mut self) {
        while !self.has_socket {
            self.now = self.recovery.driver().poll_timeout(self.now).unwrap();
            self.recovery.driver().on_timeout(self.now);
            self.carry_out();
        }
        self.recovery.driver().on_connected(self.now);
    }

    fn receives(&mut self, message: ServerMsg) {
        self.recovery.driver().on_message(message, 0, self.now);
        self.carry_out();
    }

    /// The server welcomes a client of whom it has commits up to `last_cno`.
    fn is_welcomed(&mut self, last_cno: u64, role: Role) {
        self.receives(welcome(at(0), last_cno, role, false));
        self.receives(snapshot(&state(at(0), &[])));
    }

    fn sends(&mut self) -> Vec<u64> {
        let messages = std::iter::from_fn(|| self.recovery.driver().poll_send(0));
        messages
            .filter_map(|message| match message {
                ClientMsg::Commit(commit) => Some(commit.cno),
                _ => None,
            })
            .collect()
    }

    fn keeps(&self, author: ClientKey) -> usize {
        self.outbox.commits(author).len()
    }
}

#[test]
fn a_recovery_ends_when_every_commit_is_durable() {
    let mut rig = Rig::begin();
    rig.connect();
    rig.is_welcomed(0, Role::Edit);
    assert_eq!(rig.sends(), [1, 2]);
    for cno in [1, 2] {
        rig.receives(ServerMsg::Ack { seq: cno, cno });
    }
    assert!(!rig.recovery.is_finished(), "a power loss may lose them");
    rig.receives(heartbeat(2, 2));
    assert!(rig.recovery.is_finished());
    assert_eq!(rig.keeps(key(1)), 0);
}

#[test]
fn a_recovery_goes_on_after_a_lost_connection() {
    let mut rig = Rig::begin();
    rig.connect();
    rig.is_welcomed(0, Role::Edit);
    rig.sends();
    rig.has_socket = false;
    rig.recovery.driver().on_disconnected(None, rig.now);
    rig.carry_out();
    assert!(!rig.recovery.is_finished());
    rig.connect();
    rig.is_welcomed(0, Role::Edit);
    assert_eq!(rig.sends(), [1, 2]);
}

#[test]
fn commits_that_a_link_may_not_send_stay_in_the_outbox() {
    let mut rig = Rig::begin();
    rig.connect();
    rig.is_welcomed(0, Role::View);
    assert!(rig.recovery.is_finished());
    assert_eq!(rig.keeps(key(1)), 2);
}

#[test]
fn commits_stay_in_the_outbox_when_the_server_refuses_the_client() {
    let mut rig = Rig::begin();
    rig.connect();
    let code = CloseCode::NoAccess.number();
    rig.recovery.driver().on_disconnected(Some(code), rig.now);
    rig.carry_out();
    assert!(rig.recovery.is_finished());
    assert_eq!(rig.keeps(key(1)), 2);
}

#[test]
fn commits_behind_a_refused_one_wait_for_a_later_page() {
    let mut rig = Rig::begin();
    rig.connect();
    rig.is_welcomed(0, Role::Edit);
    let reason = Refusal::BoardFull;
    rig.receives(ServerMsg::Refused { cno: 1, reason });
    assert!(rig.recovery.is_finished());
    assert_eq!(rig.keeps(key(1)), 2);
}

#[test]
fn commits_whose_numbers_are_used_up_are_sent_under_a_fresh_key() {
    let mut rig = Rig::begin();
    rig.connect();
    rig.receives(ServerMsg::Missing { last_cno: 7 });
    assert_eq!((rig.keeps(key(1)), rig.keeps(key(2))), (0, 2));
    rig.connect();
    rig.is_welcomed(0, Role::Edit);
    assert_eq!(rig.sends(), [1, 2]);
    assert!(!rig.recovery.is_finished());
}
