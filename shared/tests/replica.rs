//! One replica, told by hand what a server would say.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "a test fails by panicking"
)]

use shared::geometry::{Ink, InkPoint, Quantum};
use shared::id::{ClientId, ClientKey, ElementId, Epoch, NodeId, Position, Secret};
use shared::model::Props;
use shared::model::{Board, Body, Brush, Color, NewElement, OrderKey, Prop, Stroke};
use shared::op::{AuthoredCommit, Commit, Guard, Op};
use shared::protocol::{
    ClientMsg, Heartbeat, LiveItem, PeerNo, Person, Profile, Refusal, Role, ServerMsg, Storing,
    StrokeStyle, Welcome, encode,
};
use shared::sync::history::refused;
use shared::sync::{History, Replica, ReplicaEvent, Snapshot, Status};

const EPOCH: Epoch = Epoch::from_bytes([9; 16]);
const LATER: Epoch = Epoch::from_bytes([10; 16]);

fn key(number: u8) -> ClientKey {
    ClientKey::from_bytes([number; 16])
}

fn me() -> ClientId {
    key(1).client_id()
}

fn other() -> ClientId {
    key(2).client_id()
}

fn at(seq: u64) -> Position {
    Position { epoch: EPOCH, seq }
}

fn put(id: u8) -> Op {
    let ink = Ink::encode(&[InkPoint::new(1.0, 2.0, 0.5)], Quantum::for_zoom(1.0)).unwrap();
    Op::Put(Box::new(NewElement {
        id: ElementId::from_bytes([id; 16]),
        props: Props {
            z: OrderKey::first(),
            at: Default::default(),
            color: Color::Black,
            width: 4.0,
            opacity: 255,
            more: Default::default(),
        },
        body: Body::Stroke(Stroke {
            brush: Brush::Pen,
            parts: vec![ink],
            open: false,
            cuts: Vec::new(),
        }),
        text: Default::default(),
    }))
}

fn tint(id: u8, color: Color) -> Op {
    Op::Set {
        id: ElementId::from_bytes([id; 16]),
        prop: Prop::Color(color),
    }
}

fn authored(author: ClientId, cno: u64, ops: Vec<Op>) -> AuthoredCommit {
    AuthoredCommit {
        author,
        commit: Commit {
            cno,
            guard: Guard::Any,
            ops,
        },
    }
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
        .get(ElementId::from_bytes([id; 16]))
        .map(|element| element.props.color)
}

#[test]
fn what_is_drawn_shows_at_once_and_is_saved_with_the_ack() {
    let mut replica = online(Role::Edit);
    replica.submit(vec![put(1)], Guard::Any, 0);
    assert_eq!(
        (replica.board().len(), replica.confirmed_board().len()),
        (1, 0)
    );
    assert_eq!(sent(&mut replica), [1]);
    assert_eq!(replica.status(0), Status::Saving);
    replica
        .receive(ServerMsg::Ack { seq: 1, cno: 1 }, 0)
        .unwrap();
    assert_eq!(replica.confirmed_board().len(), 1);
    assert_eq!(replica.status(0), Status::Saved { durable: false });
    replica.receive(beat(1, 1), 0).unwrap();
    assert_eq!(replica.status(0), Status::Saved { durable: true });
    assert!(events(&mut replica).contains(&ReplicaEvent::Forget(1)));
}

#[test]
fn a_refused_commit_is_rolled_back_and_later_ones_stay() {
    let mut replica = online(Role::Edit);
    replica.submit(vec![put(1)], Guard::Any, 0);
    replica.submit(vec![put(2)], Guard::Any, 0);
    let refusal = ServerMsg::Refused {
        cno: 1,
        reason: Refusal::BoardFull,
    };
    replica.receive(refusal, 0).unwrap();
    assert_eq!(
        (color_of(replica.board(), 1), replica.board().len()),
        (None, 1)
    );
    assert!(events(&mut replica).contains(&ReplicaEvent::Refused(Refusal::BoardFull)));
    replica
        .receive(ServerMsg::Ack { seq: 1, cno: 1 }, 0)
        .unwrap();
    replica
        .receive(ServerMsg::Ack { seq: 2, cno: 2 }, 0)
        .unwrap();
    let truth = state(
        at(2),
        &[authored(me(), 1, vec![]), authored(me(), 2, vec![put(2)])],
    );
    assert_eq!(*replica.board(), truth.board);
}

#[test]
fn a_pending_change_shows_over_what_others_do_until_log_order_rules() {
    let mut replica = online(Role::Edit);
    replica
        .receive(said(1, &authored(other(), 1, vec![put(1)])), 0)
        .unwrap();
    replica.submit(vec![tint(1, Color::Red)], Guard::Any, 0);
    let theirs = authored(other(), 2, vec![tint(1, Color::Blue)]);
    replica.receive(said(2, &theirs), 0).unwrap();
    assert_eq!(color_of(replica.board(), 1), Some(Color::Red));
    assert_eq!(color_of(&replica.confirmed_board(), 1), Some(Color::Blue));
    replica
        .receive(ServerMsg::Ack { seq: 3, cno: 1 }, 0)
        .unwrap();
    let later = authored(other(), 3, vec![tint(1, Color::Green)]);
    replica.receive(said(4, &later), 0).unwrap();
    assert_eq!(color_of(replica.board(), 1), Some(Color::Green));
}

#[test]
fn a_reconnect_sends_only_what_the_server_lacks() {
    let mut replica = online(Role::Edit);
    (1..=3).for_each(|id| assert!(replica.submit(vec![put(id)], Guard::Any, 0) > 0));
    assert_eq!(sent(&mut replica), [1, 2, 3]);
    replica.disconnected(10);
    replica.submit(vec![put(4)], Guard::Any, 10);
    assert_eq!(
        sent(&mut replica),
        Vec::<u64>::new(),
        "nothing goes out while the line is down"
    );
    dial(&mut replica, 20);
    assert_eq!(
        sent(&mut replica),
        Vec::<u64>::new(),
        "nothing goes out before the welcome"
    );
    replica
        .receive(welcome(at(2), 2, Role::Edit, true), 20)
        .unwrap();
    assert_eq!(sent(&mut replica), [3, 4]);
    for cno in 1..=2 {
        let mine = authored(me(), cno, vec![put(cno as u8)]);
        replica.receive(said(cno, &mine), 20).unwrap();
    }
    assert_eq!((replica.pending(), replica.board().len()), (2, 4));
}

#[test]
fn a_new_epoch_sends_again_what_was_placed_and_lost() {
    let mut replica = online(Role::Edit);
    (1..=2).for_each(|id| assert!(replica.submit(vec![put(id)], Guard::Any, 0) > 0));
    sent(&mut replica);
    (1..=2).for_each(|cno| {
        replica
            .receive(ServerMsg::Ack { seq: cno, cno }, 0)
            .unwrap()
    });
    assert_eq!(replica.pending(), 0);
    replica
        .receive(
            ServerMsg::NewEpoch {
                epoch: LATER,
                last_cno: 1,
            },
            5,
        )
        .unwrap();
    assert_eq!(
        replica.status(5),
        Status::Saving,
        "what was saved is not any more"
    );
    let there = Position {
        epoch: LATER,
        seq: 1,
    };
    let rest = state(there, &[authored(me(), 1, vec![put(1)])]);
    replica.receive(snapshot(&rest), 5).unwrap();
    assert_eq!(sent(&mut replica), [2]);
    assert_eq!((replica.board().len(), replica.at()), (2, Some(there)));
}

#[test]
fn an_outbox_of_an_earlier_life_is_shown_and_sent() {
    let old = Commit {
        cno: 7,
        guard: Guard::Any,
        ops: vec![put(1)],
    };
    let mut replica = Replica::new(key(1), vec![old], 8, 0);
    assert_eq!(replica.board().len(), 1);
    dial(&mut replica, 0);
    replica
        .receive(welcome(at(4), 6, Role::Edit, false), 0)
        .unwrap();
    replica
        .receive(
            snapshot(&state(at(4), &[authored(other(), 1, vec![put(9)])])),
            0,
        )
        .unwrap();
    assert_eq!(sent(&mut replica), [7]);
    assert_eq!(replica.board().len(), 2);
}

#[test]
fn a_gap_in_places_is_an_error() {
    let mut replica = online(Role::Edit);
    assert!(
        replica
            .receive(said(2, &authored(other(), 1, vec![put(1)])), 0)
            .is_err()
    );
    assert!(replica.receive(beat(1, 0), 0).is_err());
}

#[test]
fn a_commit_said_twice_counts_once() {
    let mut replica = online(Role::Edit);
    let theirs = authored(other(), 1, vec![put(1)]);
    replica.receive(said(1, &theirs), 0).unwrap();
    replica.receive(said(1, &theirs), 0).unwrap();
    assert_eq!((replica.at(), replica.board().len()), (Some(at(1)), 1));
}

#[test]
fn the_pill_says_what_is_true() {
    let mut replica = Replica::new(key(1), Vec::new(), 1, 0);
    assert_eq!(replica.status(0), Status::Connecting);
    dial(&mut replica, 0);
    assert_eq!(replica.status(0), Status::Connecting);
    let mut replica = online(Role::Edit);
    assert_eq!(replica.status(1_999), Status::Saved { durable: true });
    assert_eq!(
        replica.status(2_000),
        Status::Reconnecting,
        "silence of two seconds"
    );
    replica.submit(vec![put(1)], Guard::Any, 2_000);
    assert_eq!(replica.status(2_000), Status::NotSaved { changes: 1 });
    replica.receive(beat(0, 0), 2_100).unwrap();
    assert_eq!(replica.status(2_100), Status::Saving);
    replica.receive(beat(0, 0), 3_900).unwrap();
    assert_eq!(
        replica.status(4_000),
        Status::NotSaved { changes: 1 },
        "two seconds unsaved"
    );
    replica
        .receive(ServerMsg::Ack { seq: 1, cno: 1 }, 4_000)
        .unwrap();
    replica
        .receive(ServerMsg::Storing(Storing::Down), 4_000)
        .unwrap();
    assert_eq!(replica.status(4_000), Status::NotSaved { changes: 0 });
    replica
        .receive(ServerMsg::Storing(Storing::Up), 4_000)
        .unwrap();
    assert_eq!(replica.status(4_000), Status::Saved { durable: false });
    replica.disconnected(4_000);
    assert_eq!(replica.status(4_000), Status::Reconnecting);
    assert_eq!(online(Role::View).status(0), Status::ReadOnly);
}

#[test]
fn a_silent_line_is_dialled_anew_after_five_seconds() {
    let mut replica = online(Role::Edit);
    events(&mut replica);
    replica.handle_timeout(4_999);
    assert_eq!(events(&mut replica), []);
    replica.handle_timeout(5_000);
    assert_eq!(events(&mut replica), [ReplicaEvent::Redial]);
}

#[test]
fn a_viewer_sends_nothing_and_is_rolled_back() {
    let mut replica = online(Role::View);
    replica.submit(vec![put(1)], Guard::Any, 0);
    assert_eq!(sent(&mut replica), Vec::<u64>::new());
    replica.disconnected(0);
    dial(&mut replica, 0);
    replica
        .receive(welcome(at(0), 0, Role::View, true), 0)
        .unwrap();
    assert_eq!((replica.board().len(), replica.pending()), (0, 0));
}

#[test]
fn only_a_window_of_commits_is_on_the_wire() {
    let mut replica = online(Role::Edit);
    (0..100).for_each(|id| assert!(replica.submit(vec![put(id)], Guard::Any, 0) > 0));
    assert_eq!(sent(&mut replica).len(), shared::limits::COMMIT_WINDOW);
    replica
        .receive(ServerMsg::Ack { seq: 1, cno: 1 }, 0)
        .unwrap();
    assert_eq!(sent(&mut replica).len(), 1);
}

#[test]
fn live_ink_hides_only_its_own_authors_stroke() {
    let mut replica = online(Role::Edit);
    let person = |number: u8, client| Person {
        peer: PeerNo(u32::from(number)),
        client,
        role: Role::Edit,
        profile: Profile::default(),
    };
    let people = vec![person(2, other()), person(3, key(3).client_id())];
    replica.receive(ServerMsg::People(people), 0).unwrap();
    let Op::Put(mut new) = put(1) else {
        unreachable!("made by put")
    };
    let Body::Stroke(stroke) = &mut new.body else {
        panic!("a stroke");
    };
    stroke.open = true;
    let open = authored(other(), 1, vec![Op::Put(new)]);
    let id = ElementId::from_bytes([1; 16]);
    let style = StrokeStyle {
        brush: Brush::Pen,
        color: Color::Red,
        width: 1.0,
        opacity: 255,
        z: OrderKey::first(),
    };
    let begin = LiveItem::Begin { id, style };
    let says = |peer| ServerMsg::Live(vec![(PeerNo(peer), begin.clone())]);
    replica.receive(says(3), 0).unwrap();
    assert!(replica.peers().shows(id), "nobody knows yet whose it is");
    replica.receive(said(1, &open), 0).unwrap();
    assert!(!replica.peers().shows(id), "it is somebody else's");
    replica.receive(says(3), 0).unwrap();
    assert!(!replica.peers().shows(id));
    replica.receive(says(2), 0).unwrap();
    assert!(replica.peers().shows(id));
}

#[test]
fn a_refusal_that_was_missed_is_still_rolled_back() {
    let mut replica = online(Role::Edit);
    replica.submit(vec![put(1)], Guard::Any, 0);
    sent(&mut replica);
    replica.disconnected(0);
    dial(&mut replica, 0);
    replica
        .receive(welcome(at(1), 1, Role::Edit, true), 0)
        .unwrap();
    let empty = AuthoredCommit {
        author: me(),
        commit: refused(1),
    };
    replica.receive(said(1, &empty), 0).unwrap();
    assert_eq!(*replica.board(), state(at(1), &[empty]).board);
}

#[test]
fn an_ack_that_does_not_fit_moves_nothing() {
    let mut replica = online(Role::Edit);
    assert!(
        replica
            .receive(ServerMsg::Ack { seq: 1, cno: 5 }, 0)
            .is_err()
    );
    assert_eq!(replica.at(), Some(at(0)));
}

#[test]
fn whoever_goes_on_under_a_new_key_shows_their_work_as_its_author() {
    let mut replica = online(Role::Edit);
    replica.submit(vec![put(1)], Guard::Any, 0);
    replica.renew(key(3));
    dial(&mut replica, 0);
    replica
        .receive(welcome(at(0), 0, Role::Edit, true), 0)
        .unwrap();
    assert_eq!(sent(&mut replica), [1]);
    replica
        .receive(ServerMsg::Ack { seq: 1, cno: 1 }, 0)
        .unwrap();
    let truth = state(at(1), &[authored(key(3).client_id(), 1, vec![put(1)])]);
    assert_eq!(*replica.board(), truth.board);
}

#[test]
fn nothing_is_called_current_while_a_snapshot_is_on_its_way() {
    let mut replica = Replica::new(key(1), Vec::new(), 1, 0);
    dial(&mut replica, 0);
    replica
        .receive(welcome(at(5), 0, Role::View, false), 0)
        .unwrap();
    assert_ne!(replica.status(0), Status::ReadOnly);
}
