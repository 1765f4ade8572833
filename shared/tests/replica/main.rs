//! One replica that gets the messages of a server from a test.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "a test fails by panicking"
)]

mod connection;
mod conversation;
mod loading;
mod pending;

use shared::id::{ClientId, ElementId, Epoch, Position, Secret};
use shared::model::{Board, Body, Brush, Color, OrderKey, Prop};
use shared::op::{AuthoredCommit, Commit, Guard, Op};
use shared::protocol::{
    ClientMsg, LiveUpdate, PeerNo, Person, Profile, Refusal, Role, ServerMsg, StoreStatus,
    StrokeStyle,
};
use shared::sync::confirmed_state::refused_commit;
use shared::sync::{Caller, Replica, ReplicaEvent, Status};
use testkit::fixtures::{
    self, at, authored, client_id, element_id, heartbeat, ink, key, set, snapshot, state, stroke,
    welcome,
};

const LATER: Epoch = Epoch::from_bytes([10; 16]);

fn me() -> ClientId {
    client_id(1)
}

fn other() -> ClientId {
    client_id(2)
}

fn put(id: u8) -> Op {
    fixtures::put(stroke(element_id(id.into()), ink([(1.0, 2.0)])))
}

fn tint(id: u8, color: Color) -> Op {
    set(element_id(id.into()), Prop::Color(color))
}

fn commit_at(seq: u64, commit: &AuthoredCommit) -> ServerMsg {
    ServerMsg::Commit {
        seq,
        commit: commit.clone(),
    }
}

fn caller() -> Caller {
    Caller {
        secret: Secret::from_bytes([1; 16]),
        session: 1,
        profile: Profile::default(),
        view: None,
        device: None,
    }
}

fn connect(replica: &mut Replica, now: u64) {
    let hello = replica.connected(caller(), now);
    assert!(matches!(hello, ClientMsg::Hello(_)));
}

/// A replica on an empty board, connected at time 0.
fn online(role: Role) -> Replica {
    let mut replica = Replica::new(key(1), Vec::new(), 1, 0);
    connect(&mut replica, 0);
    replica.receive(welcome(at(0), 0, role, false), 0).unwrap();
    replica.receive(snapshot(&state(at(0), &[])), 0).unwrap();
    replica
}

fn sent(replica: &mut Replica) -> Vec<u64> {
    std::iter::from_fn(|| replica.poll_transmit())
        .filter_map(|message| match message {
            ClientMsg::Commit(commit) => Some(commit.cno),
            _ => None,
        })
        .collect()
}

fn events(replica: &mut Replica) -> Vec<ReplicaEvent> {
    std::iter::from_fn(|| replica.poll_event()).collect()
}

fn color_of(board: &Board, id: u8) -> Option<Color> {
    board
        .get(element_id(id.into()))
        .map(|element| element.props.color)
}
