//! The commits of this replica until they are durable: shown, sent, refused.

use super::*;

#[test]
fn a_commit_shows_at_once_and_is_saved_with_its_ack() {
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
    replica.receive(heartbeat(1, 1), 0).unwrap();
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
fn a_commit_that_the_server_corrected_replaces_the_own_one() {
    let note = |signed: &str| {
        let signed = signed.to_owned();
        let mut new = stroke(element_id(1), ink([(1.0, 2.0)]));
        new.body = Body::Sticky { signed };
        fixtures::put(new)
    };
    let mut replica = online(Role::Edit);
    replica.submit(vec![note("Somebody else")], Guard::Any, 0);
    replica.submit(vec![put(2)], Guard::Any, 0);
    let corrected = authored(me(), 1, vec![note("Me")]);
    replica.receive(commit_at(1, &corrected), 0).unwrap();
    replica
        .receive(ServerMsg::Ack { seq: 2, cno: 2 }, 0)
        .unwrap();
    let events = events(&mut replica);
    assert!(!events.contains(&ReplicaEvent::IdentityLost));
    assert!(events.contains(&ReplicaEvent::Keep(corrected.commit.clone())));
    let truth = state(at(2), &[corrected, authored(me(), 2, vec![put(2)])]);
    assert_eq!(*replica.board(), truth.board);
}

#[test]
fn another_commit_under_the_own_number_is_no_correction() {
    let mut replica = online(Role::Edit);
    replica.submit(vec![put(1)], Guard::Any, 0);
    let other = authored(me(), 1, vec![put(2)]);
    replica.receive(commit_at(1, &other), 0).unwrap();
    assert!(events(&mut replica).contains(&ReplicaEvent::IdentityLost));
}

#[test]
fn a_pending_change_shows_above_commits_of_others_until_it_is_acknowledged() {
    let mut replica = online(Role::Edit);
    replica
        .receive(commit_at(1, &authored(other(), 1, vec![put(1)])), 0)
        .unwrap();
    replica.submit(vec![tint(1, Color::Red)], Guard::Any, 0);
    let theirs = authored(other(), 2, vec![tint(1, Color::Blue)]);
    replica.receive(commit_at(2, &theirs), 0).unwrap();
    assert_eq!(color_of(replica.board(), 1), Some(Color::Red));
    assert_eq!(color_of(&replica.confirmed_board(), 1), Some(Color::Blue));
    replica
        .receive(ServerMsg::Ack { seq: 3, cno: 1 }, 0)
        .unwrap();
    let later = authored(other(), 3, vec![tint(1, Color::Green)]);
    replica.receive(commit_at(4, &later), 0).unwrap();
    assert_eq!(color_of(replica.board(), 1), Some(Color::Green));
}

#[test]
fn commits_of_the_outbox_are_shown_and_sent() {
    let old = Commit {
        cno: 7,
        guard: Guard::Any,
        ops: vec![put(1)],
    };
    let mut replica = Replica::new(key(1), vec![old], 8, 0);
    assert_eq!(replica.board().len(), 1);
    connect(&mut replica, 0);
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
fn invalid_commits_of_the_outbox_are_refused() {
    let bad = set(element_id(1), Prop::Width(0.0));
    let kept = |cno, ops| authored(me(), cno, ops).commit;
    let outbox = vec![kept(4, vec![put(1), bad]), kept(5, vec![put(2)])];
    let mut replica = Replica::new(key(1), outbox, 1, 0);
    assert_eq!(replica.board().len(), 1);
    let events = events(&mut replica);
    assert!(events.contains(&ReplicaEvent::Refused(Refusal::Invalid)));
}

#[test]
fn an_invalid_commit_is_refused_at_once_and_blocks_no_other() {
    let mut replica = online(Role::Edit);
    let far = set(element_id(1), Prop::Width(f32::INFINITY));
    let large = |id: u8| {
        let point = |at| (f64::from(at * at % 9_001), f64::from(at * 37 % 997));
        let ink = ink((0..9_000).map(point));
        let id = element_id(id.into());
        let (from, end) = (0, true);
        Op::Extend { id, from, ink, end }
    };
    assert_eq!(replica.submit(vec![put(1), far], Guard::Any, 0), 1);
    assert!(replica.board().is_empty());
    let ops = (1..9).map(large).collect();
    assert_eq!(replica.submit(ops, Guard::Any, 0), 2);
    assert_eq!(replica.submit(vec![put(2)], Guard::Any, 0), 3);
    let events = events(&mut replica);
    let refusals = events
        .iter()
        .filter(|event| matches!(event, ReplicaEvent::Refused(Refusal::Invalid)));
    assert_eq!(refusals.count(), 2);
    for cno in [1, 2] {
        assert!(events.contains(&ReplicaEvent::Keep(refused_commit(cno))));
    }
    assert_eq!(sent(&mut replica), [1, 2, 3]);
    assert_eq!(replica.board().len(), 1);
}

#[test]
fn at_most_one_window_of_commits_is_unacknowledged() {
    let mut replica = online(Role::Edit);
    (0..100).for_each(|id| assert!(replica.submit(vec![put(id)], Guard::Any, 0) > 0));
    assert_eq!(sent(&mut replica).len(), shared::limits::COMMIT_WINDOW);
    replica
        .receive(ServerMsg::Ack { seq: 1, cno: 1 }, 0)
        .unwrap();
    assert_eq!(sent(&mut replica).len(), 1);
}

#[test]
fn a_missed_refusal_is_rolled_back_after_the_reconnect() {
    let mut replica = online(Role::Edit);
    replica.submit(vec![put(1)], Guard::Any, 0);
    sent(&mut replica);
    replica.disconnected(0);
    connect(&mut replica, 0);
    replica
        .receive(welcome(at(1), 1, Role::Edit, true), 0)
        .unwrap();
    let empty = AuthoredCommit {
        author: me(),
        commit: refused_commit(1),
    };
    replica.receive(commit_at(1, &empty), 0).unwrap();
    assert_eq!(*replica.board(), state(at(1), &[empty]).board);
}

#[test]
fn an_ack_out_of_order_changes_nothing() {
    let mut replica = online(Role::Edit);
    assert!(
        replica
            .receive(ServerMsg::Ack { seq: 1, cno: 5 }, 0)
            .is_err()
    );
    assert_eq!(replica.at(), Some(at(0)));
}

#[test]
fn the_largest_numbers_of_a_server_do_no_harm() {
    let most = u64::MAX;
    let messages = [
        ServerMsg::Missing { last_cno: most },
        ServerMsg::NewEpoch {
            epoch: LATER,
            last_cno: most,
        },
        heartbeat(most, most),
        commit_at(most, &authored(other(), most, vec![put(1)])),
    ];
    for message in messages {
        let mut replica = online(Role::Edit);
        replica.disconnected(0);
        connect(&mut replica, 0);
        let greeting = welcome(at(most), most, Role::Edit, true);
        let _ = replica.receive(greeting, 0);
        let _ = replica.receive(message, 0);
        replica.submit(vec![put(2)], Guard::Any, 0);
        assert!(replica.board().get(element_id(2)).is_some());
    }
}

#[test]
fn a_full_board_refuses_the_commits_of_a_new_author_and_says_why() {
    let refusal = ServerMsg::Refused {
        cno: 1,
        reason: Refusal::ViewOnly,
    };
    for (role, told) in [
        (Role::Edit, Refusal::BoardFull),
        (Role::View, Refusal::ViewOnly),
    ] {
        let mut replica = online(role);
        replica.submit(vec![put(1)], Guard::Any, 0);
        replica.receive(refusal.clone(), 0).unwrap();
        assert!(replica.board().is_empty());
        assert!(events(&mut replica).contains(&ReplicaEvent::Refused(told)));
    }
}
