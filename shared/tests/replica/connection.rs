//! Messages that come twice, too late, from another epoch or not at all.

use super::*;

#[test]
fn a_reconnect_sends_only_the_commits_that_the_server_lacks() {
    let mut replica = online(Role::Edit);
    (1..=3).for_each(|id| assert!(replica.submit(vec![put(id)], Guard::Any, 0) > 0));
    assert_eq!(sent(&mut replica), [1, 2, 3]);
    replica.disconnected(10);
    replica.submit(vec![put(4)], Guard::Any, 10);
    assert_eq!(
        sent(&mut replica),
        Vec::<u64>::new(),
        "nothing is sent while the connection is down"
    );
    connect(&mut replica, 20);
    assert_eq!(
        sent(&mut replica),
        Vec::<u64>::new(),
        "nothing is sent before the welcome"
    );
    replica
        .receive(welcome(at(2), 2, Role::Edit, true), 20)
        .unwrap();
    assert_eq!(sent(&mut replica), [3, 4]);
    for cno in 1..=2 {
        let mine = authored(me(), cno, vec![put(cno as u8)]);
        replica.receive(commit_at(cno, &mine), 20).unwrap();
    }
    assert_eq!((replica.pending(), replica.board().len()), (2, 4));
}

#[test]
fn a_new_epoch_sends_lost_commits_again() {
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
        "the saved commits were lost"
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
fn a_gap_in_the_sequence_is_an_error() {
    let mut replica = online(Role::Edit);
    assert!(
        replica
            .receive(commit_at(2, &authored(other(), 1, vec![put(1)])), 0)
            .is_err()
    );
    assert!(replica.receive(heartbeat(1, 0), 0).is_err());
}

#[test]
fn a_commit_that_arrives_twice_counts_once() {
    let mut replica = online(Role::Edit);
    let theirs = authored(other(), 1, vec![put(1)]);
    replica.receive(commit_at(1, &theirs), 0).unwrap();
    replica.receive(commit_at(1, &theirs), 0).unwrap();
    assert_eq!((replica.at(), replica.board().len()), (Some(at(1)), 1));
}

#[test]
fn the_status_follows_connection_commits_and_store() {
    let mut replica = Replica::new(key(1), Vec::new(), 1, 0);
    assert_eq!(replica.status(0), Status::Connecting);
    connect(&mut replica, 0);
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
    replica.receive(heartbeat(0, 0), 2_100).unwrap();
    assert_eq!(replica.status(2_100), Status::Saving);
    replica.receive(heartbeat(0, 0), 3_900).unwrap();
    assert_eq!(
        replica.status(4_000),
        Status::NotSaved { changes: 1 },
        "two seconds unsaved"
    );
    replica
        .receive(ServerMsg::Ack { seq: 1, cno: 1 }, 4_000)
        .unwrap();
    replica
        .receive(ServerMsg::StoreStatus(StoreStatus::Down), 4_000)
        .unwrap();
    assert_eq!(replica.status(4_000), Status::NotSaved { changes: 0 });
    replica
        .receive(ServerMsg::StoreStatus(StoreStatus::Up), 4_000)
        .unwrap();
    assert_eq!(replica.status(4_000), Status::Saved { durable: false });
    replica.disconnected(4_000);
    assert_eq!(replica.status(4_000), Status::Reconnecting);
}

#[test]
fn a_client_that_only_watches_learns_that_the_store_cannot_save() {
    for role in [Role::Owner, Role::Edit, Role::View] {
        let mut replica = online(role);
        let before = replica.status(0);
        let down = ServerMsg::StoreStatus(StoreStatus::Down);
        replica.receive(down, 1_000).unwrap();
        let status = replica.status(1_000);
        assert_eq!(status, Status::NotSaved { changes: 0 }, "{role:?}");
        let up = ServerMsg::StoreStatus(StoreStatus::Up);
        replica.receive(up, 1_500).unwrap();
        assert_eq!(replica.status(1_500), before, "{role:?}");
    }
    assert_eq!(online(Role::View).status(0), Status::ReadOnly);
}

#[test]
fn a_connection_times_out_after_five_seconds_of_silence() {
    let mut replica = online(Role::Edit);
    events(&mut replica);
    replica.handle_timeout(4_999);
    assert_eq!(events(&mut replica), []);
    replica.handle_timeout(5_000);
    assert_eq!(events(&mut replica), [ReplicaEvent::TimedOut]);
}

/// A replica that heard heartbeats for six seconds and nothing else.
fn on_silent_board() -> Replica {
    let mut replica = online(Role::Edit);
    for now in [1_200, 2_400, 3_600, 4_800, 6_000] {
        replica.receive(heartbeat(0, 0), now).unwrap();
    }
    events(&mut replica);
    replica
}

#[test]
fn a_silent_board_may_be_silent_for_six_seconds() {
    let mut replica = on_silent_board();
    assert!(!replica.is_connection_in_doubt(6_000 + 5_999));
    assert!(replica.is_connection_in_doubt(6_000 + 6_000));
    assert_eq!(replica.poll_timeout(6_000), Some(12_000));
    replica.handle_timeout(6_000 + 8_999);
    assert_eq!(events(&mut replica), []);
    replica.handle_timeout(6_000 + 9_000);
    assert_eq!(events(&mut replica), [ReplicaEvent::TimedOut]);
}

#[test]
fn a_client_that_acts_on_a_silent_board_waits_no_longer_than_elsewhere() {
    let mut replica = on_silent_board();
    replica.send_live(LiveUpdate::Cursor(None));
    assert!(replica.poll_transmit().is_some());
    assert_eq!(replica.poll_timeout(7_000), Some(7_000));
    replica.handle_timeout(7_000);
    assert!(!replica.is_connection_in_doubt(8_999));
    assert!(replica.is_connection_in_doubt(9_000));
    replica.handle_timeout(12_000);
    assert_eq!(events(&mut replica), [ReplicaEvent::TimedOut]);
}

#[test]
fn a_board_on_which_others_draw_is_not_silent() {
    let mut replica = on_silent_board();
    replica.receive(ServerMsg::Live(Vec::new()), 7_000).unwrap();
    replica.receive(heartbeat(0, 0), 8_200).unwrap();
    assert!(replica.is_connection_in_doubt(10_200));
}

#[test]
fn a_renewed_replica_is_the_author_of_its_pending_commits() {
    let mut replica = online(Role::Edit);
    replica.submit(vec![put(1)], Guard::Any, 0);
    replica.renew(key(3));
    connect(&mut replica, 0);
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
fn the_status_is_not_current_while_a_snapshot_is_arriving() {
    let mut replica = Replica::new(key(1), Vec::new(), 1, 0);
    connect(&mut replica, 0);
    replica
        .receive(welcome(at(5), 0, Role::View, false), 0)
        .unwrap();
    assert_ne!(replica.status(0), Status::ReadOnly);
}

#[test]
fn a_viewer_sends_no_commits_and_is_rolled_back() {
    let mut replica = online(Role::View);
    replica.submit(vec![put(1)], Guard::Any, 0);
    assert_eq!(sent(&mut replica), Vec::<u64>::new());
    replica.disconnected(0);
    connect(&mut replica, 0);
    replica
        .receive(welcome(at(0), 0, Role::View, true), 0)
        .unwrap();
    assert_eq!((replica.board().len(), replica.pending()), (0, 0));
}

#[test]
fn live_ink_hides_only_the_stroke_of_its_author() {
    let mut replica = online(Role::Edit);
    let person = |number: u8, client| Person {
        peer: PeerNo(u32::from(number)),
        client,
        role: Role::Edit,
        profile: Profile::default(),
        device: None,
        program: None,
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
    let id = element_id(1);
    let style = StrokeStyle {
        brush: Brush::Pen,
        color: Color::Red,
        width: 1.0,
        opacity: 255,
        z: OrderKey::first(),
    };
    let begin = LiveUpdate::Begin { id, style };
    let begins = |peer| ServerMsg::Live(vec![(PeerNo(peer), begin.clone())]);
    replica.receive(begins(3), 0).unwrap();
    assert!(replica.presence().shows(id), "its author is not known yet");
    replica.receive(commit_at(1, &open), 0).unwrap();
    assert!(!replica.presence().shows(id), "another client drew it");
    replica.receive(begins(3), 0).unwrap();
    assert!(!replica.presence().shows(id));
    replica.receive(begins(2), 0).unwrap();
    assert!(replica.presence().shows(id));
}
