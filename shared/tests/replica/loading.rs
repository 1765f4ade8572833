//! A board that is loaded in parts: shown early, resumed after a cut, replaced when it changed.

use super::*;
use shared::id::Position;
use shared::protocol::{Hello, SnapshotPart};
use shared::sync::{CutSizes, EncodedSnapshot, Progress, ReplicaError, Snapshot};

/// The snapshot parts of a board at a position. Another client drew its strokes.
fn parts_at(place: Position, strokes: u8) -> (Snapshot, Vec<ServerMsg>) {
    let commits: Vec<_> = (1..=strokes)
        .map(|id| authored(other(), id.into(), vec![put(id)]))
        .collect();
    let snapshot = state(place, &commits);
    let sizes = CutSizes {
        section: 200,
        part: 90,
    };
    let encoded = EncodedSnapshot::cut(&snapshot, sizes).unwrap();
    let frames = (0..encoded.count()).map(|part| encoded.frame(part).unwrap());
    let parts = frames.map(|frame| shared::protocol::decode(frame, 1 << 20).unwrap());
    (snapshot, parts.collect())
}

/// A new page that was welcomed to a board.
fn welcomed(place: Position) -> Replica {
    let mut replica = Replica::new(key(1), Vec::new(), 1, 0);
    connect(&mut replica, 0);
    replica
        .receive(welcome(place, 0, Role::Edit, false), 0)
        .unwrap();
    replica
}

fn receive_all(replica: &mut Replica, messages: &[ServerMsg]) {
    for message in messages {
        replica.receive(message.clone(), 0).unwrap();
    }
}

fn hello_of(replica: &mut Replica) -> Hello {
    match replica.connected(caller(), 0) {
        ClientMsg::Hello(hello) => hello,
        other => panic!("{other:?}"),
    }
}

#[test]
fn elements_show_before_the_board_is_complete() {
    let (truth, parts) = parts_at(at(20), 20);
    let mut replica = welcomed(at(20));
    assert_eq!(replica.progress(), Some(Progress::Receiving { percent: 0 }));
    events(&mut replica);
    let half = parts.len() / 2;
    receive_all(&mut replica, &parts[..half]);
    let shown = replica.board().len();
    assert!((5..20).contains(&shown), "{shown} elements");
    let loaded = events(&mut replica)
        .into_iter()
        .filter_map(|event| match event {
            ReplicaEvent::Loaded(changes) => Some(changes.len()),
            _ => None,
        });
    assert_eq!(loaded.sum::<usize>(), shown, "the page is told of each");
    assert_eq!(replica.at(), None, "a part of a board has no position");
    assert!(matches!(
        replica.progress(),
        Some(Progress::Receiving { percent: 40..=60 })
    ));
    events(&mut replica);
    receive_all(&mut replica, &parts[half..]);
    assert_eq!(*replica.board(), truth.board);
    assert_eq!((replica.at(), replica.progress()), (Some(at(20)), None));
    let told: Vec<ElementId> = events(&mut replica)
        .into_iter()
        .flat_map(|event| match event {
            ReplicaEvent::Loaded(changes) => changes,
            ReplicaEvent::Reset => panic!("what is shown already would be shown anew"),
            _ => Vec::new(),
        })
        .map(|change| change.id)
        .collect();
    assert_eq!(told.len(), 20 - shown, "each element is told of once");
}

#[test]
fn one_can_draw_while_a_board_is_loading() {
    let (truth, parts) = parts_at(at(20), 20);
    let mut replica = welcomed(at(20));
    let half = parts.len() / 2;
    receive_all(&mut replica, &parts[..half]);
    replica.submit(vec![put(99)], Guard::Any, 0);
    assert_eq!(sent(&mut replica), [1]);
    receive_all(&mut replica, &parts[half..]);
    assert_eq!(replica.board().len(), truth.board.len() + 1);
    assert_eq!(replica.confirmed_board(), truth.board);
    replica
        .receive(ServerMsg::Ack { seq: 21, cno: 1 }, 0)
        .unwrap();
    assert_eq!(replica.pending(), 0);
}

#[test]
fn loading_goes_on_where_the_connection_was_cut() {
    let (truth, parts) = parts_at(at(20), 20);
    let mut replica = welcomed(at(20));
    assert_eq!(hello_of(&mut replica).partial, None);
    replica
        .receive(welcome(at(20), 0, Role::Edit, false), 0)
        .unwrap();
    let half = parts.len() / 2;
    receive_all(&mut replica, &parts[..half]);
    let shown = replica.board().len();
    replica.disconnected(0);
    assert_eq!(replica.board().len(), shown, "what has arrived stays");
    let partial = hello_of(&mut replica).partial.unwrap();
    let bit = |part: usize| partial.received[part / 8] >> (part % 8) & 1 == 1;
    let arrived: Vec<bool> = (0..parts.len()).map(bit).collect();
    assert!((0..parts.len()).map(|part| part < half).eq(arrived));
    replica
        .receive(welcome(at(20), 0, Role::Edit, false), 0)
        .unwrap();
    assert_eq!(replica.board().len(), shown);
    receive_all(&mut replica, &parts[half..]);
    assert_eq!(*replica.board(), truth.board);
    replica.disconnected(0);
    assert_eq!(
        hello_of(&mut replica).partial,
        None,
        "the board is complete"
    );
}

#[test]
fn another_snapshot_replaces_what_has_arrived() {
    let (_, parts) = parts_at(at(20), 20);
    let mut replica = welcomed(at(20));
    replica.submit(vec![put(99)], Guard::Any, 0);
    receive_all(&mut replica, &parts[..parts.len() / 2]);
    // The server was restarted, and lost the end of the history.
    let there = Position {
        epoch: LATER,
        seq: 3,
    };
    let (truth, parts) = parts_at(there, 3);
    replica
        .receive(
            ServerMsg::NewEpoch {
                epoch: LATER,
                last_cno: 0,
            },
            0,
        )
        .unwrap();
    receive_all(&mut replica, &parts);
    assert_eq!(replica.confirmed_board(), truth.board);
    assert_eq!((replica.at(), replica.board().len()), (Some(there), 4));
}

#[test]
fn an_older_board_stays_until_the_new_one_is_complete() {
    let mut replica = online(Role::Edit);
    let old = authored(other(), 1, vec![put(77)]);
    replica.receive(commit_at(1, &old), 0).unwrap();
    replica.disconnected(0);
    connect(&mut replica, 0);
    replica
        .receive(welcome(at(20), 0, Role::Edit, false), 0)
        .unwrap();
    let (truth, parts) = parts_at(at(20), 20);
    let last = parts.len() - 1;
    receive_all(&mut replica, &parts[..last]);
    assert_eq!(replica.board().len(), 1, "only the old element shows");
    replica.disconnected(0);
    let hello = hello_of(&mut replica);
    assert_eq!(hello.resume, None, "the old board was superseded");
    replica
        .receive(welcome(at(20), 0, Role::Edit, false), 0)
        .unwrap();
    receive_all(&mut replica, &parts[last..]);
    assert_eq!(*replica.board(), truth.board);
}

#[test]
fn heartbeats_between_parts_are_no_error_and_commits_are() {
    let (_, parts) = parts_at(at(20), 20);
    let mut replica = welcomed(at(20));
    receive_all(&mut replica, &parts[..2]);
    replica.receive(heartbeat(20, 20), 0).unwrap();
    let early = commit_at(21, &authored(other(), 21, vec![put(50)]));
    assert_eq!(replica.receive(early, 0), Err(ReplicaError::OutOfSequence));
}

#[test]
fn a_part_that_does_not_fit_ends_the_connection_and_drops_the_parts() {
    let (_, parts) = parts_at(at(20), 20);
    let mut replica = welcomed(at(20));
    receive_all(&mut replica, &parts[..2]);
    let ServerMsg::Snapshot(part) = parts[3].clone() else {
        panic!("a part");
    };
    let wrong = ServerMsg::Snapshot(SnapshotPart { count: 1, ..part });
    assert_eq!(replica.receive(wrong, 0), Err(ReplicaError::Snapshot));
    assert!(replica.board().is_empty());
    replica.disconnected(0);
    assert_eq!(
        hello_of(&mut replica).partial,
        None,
        "the next try starts anew"
    );
}

#[test]
fn a_part_that_was_not_announced_is_an_error() {
    let mut replica = online(Role::Edit);
    let (_, parts) = parts_at(at(20), 20);
    let unexpected = replica.receive(parts[0].clone(), 0);
    assert_eq!(unexpected, Err(ReplicaError::OutOfSequence));
}

#[test]
fn the_server_tells_how_far_it_has_opened_the_board() {
    let mut replica = Replica::new(key(1), Vec::new(), 1, 0);
    connect(&mut replica, 0);
    assert_eq!(replica.progress(), None);
    replica.receive(ServerMsg::Opening(420), 4_000).unwrap();
    assert_eq!(replica.progress(), Some(Progress::Opening { percent: 42 }));
    replica.handle_timeout(8_000);
    let timed_out = events(&mut replica).contains(&ReplicaEvent::TimedOut);
    assert!(!timed_out, "the server is at work");
    replica
        .receive(welcome(at(0), 0, Role::Edit, false), 8_000)
        .unwrap();
    assert_eq!(replica.progress(), Some(Progress::Receiving { percent: 0 }));
}
