//! One replica, told by hand what a server would say.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "a test fails by panicking"
)]

mod line;
mod pending;

use shared::id::{ClientId, Epoch, NodeId, Position, Secret};
use shared::model::{Board, Body, Brush, Color, OrderKey, Prop};
use shared::op::{AuthoredCommit, Commit, Guard, Op};
use shared::protocol::{
    ClientMsg, Heartbeat, LiveItem, PeerNo, Person, Profile, Refusal, Role, ServerMsg, Storing,
    StrokeStyle, Welcome, encode,
};
use shared::sync::history::refused;
use shared::sync::{History, Replica, ReplicaEvent, Snapshot, Status};
use testkit::fixtures::{self, client_id, commit, element_id, ink, key, set, stroke};

const EPOCH: Epoch = Epoch::from_bytes([9; 16]);
const LATER: Epoch = Epoch::from_bytes([10; 16]);

fn me() -> ClientId {
    client_id(1)
}

fn other() -> ClientId {
    client_id(2)
}

fn at(seq: u64) -> Position {
    Position { epoch: EPOCH, seq }
}

fn put(id: u8) -> Op {
    fixtures::put(stroke(element_id(id.into()), ink([(1.0, 2.0)])))
}

fn tint(id: u8, color: Color) -> Op {
    set(element_id(id.into()), Prop::Color(color))
}

fn authored(author: ClientId, cno: u64, ops: Vec<Op>) -> AuthoredCommit {
    let commit = commit(cno, ops);
    AuthoredCommit { author, commit }
}

fn said(seq: u64, commit: &AuthoredCommit) -> ServerMsg {
    ServerMsg::Commit {
        seq,
        commit: commit.clone(),
    }
}

fn welcome(at: Position, last_cno: u64, role: Role, delta: bool) -> ServerMsg {
    ServerMsg::Welcome(Box::new(Welcome {
        you: me(),
        node: NodeId::from_bytes([5; 16]),
        role,
        title: "Title".into(),
        at,
        last_cno,
        delta,
        durable: 0,
    }))
}

fn snapshot(state: &Snapshot) -> ServerMsg {
    ServerMsg::Snapshot {
        part: encode(state).unwrap().to_vec().into(),
        last: true,
    }
}

fn state(at: Position, commits: &[AuthoredCommit]) -> Snapshot {
    let mut history = History::empty(Position {
        seq: at.seq - commits.len() as u64,
        ..at
    });
    for commit in commits {
        history.push(commit);
    }
    history.state().clone()
}

fn beat(seq: u64, durable: u64) -> ServerMsg {
    ServerMsg::Heartbeat(Heartbeat {
        at: at(seq),
        durable,
    })
}

fn dial(replica: &mut Replica, now: u64) {
    let hello = replica.connected(Secret::from_bytes([1; 16]), 1, Profile::default(), now);
    assert!(matches!(hello, ClientMsg::Hello(_)));
}

/// A replica on an empty board, connected at time 0.
fn online(role: Role) -> Replica {
    let mut replica = Replica::new(key(1), Vec::new(), 1, 0);
    dial(&mut replica, 0);
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
