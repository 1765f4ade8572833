//! The history: deltas, snapshots, gaps, epochs, and a store that lost a board.

use super::*;

#[test]
fn a_resuming_client_gets_a_delta_and_a_new_one_a_snapshot() {
    let mut test = TestRoom::new();
    let one = test.join(1, &hello(1, 1, None), Role::Edit);
    (1..=3).for_each(|cno| test.commit(one, put(cno, cno as u8)));
    test.answer_batches();
    let two = test.join(2, &hello(2, 1, Some(at(2))), Role::Edit);
    let sent = test.sent_to(two);
    assert!(welcomed_with_delta(&sent));
    assert_eq!((commits(&sent), snapshots(&sent)), (vec![(3, 1)], 0));
    let three = test.join(3, &hello(3, 1, None), Role::Edit);
    let sent = test.sent_to(three);
    assert!(!welcomed_with_delta(&sent));
    assert_eq!(snapshots(&sent), 1);
    let other = Position {
        epoch: Epoch::from_bytes([8; 16]),
        seq: 2,
    };
    let four = test.join(4, &hello(4, 1, Some(other)), Role::Edit);
    let sent = test.sent_to(four);
    assert!(!welcomed_with_delta(&sent));
    assert_eq!(snapshots(&sent), 1);
}

#[test]
fn a_reader_too_slow_for_the_ring_gets_a_snapshot() {
    let mut test = TestRoom::new();
    let one = test.join(1, &hello(1, 1, None), Role::Edit);
    let slow = test.join(2, &hello(2, 1, None), Role::Edit);
    test.sent_to(slow);
    let commits: Vec<StoredCommit> = (1..=RING_COMMITS as u64 + 10)
        .map(|cno| stored(9, &set(cno, 1, Prop::Opacity(1))))
        .collect();
    let last = commits.len() as u64;
    test.room.on_commits(EPOCH, 1, commits);
    test.collect_effects();
    let sent = test.sent_to(slow);
    assert_eq!(snapshots(&sent), 1);
    assert!(
        sent.iter()
            .any(|m| matches!(m, ServerMsg::NewEpoch { epoch, .. } if *epoch == EPOCH))
    );
    assert_eq!(test.room.at(), at(last));
    drop(test.sent_to(one));
}

#[test]
fn a_gap_is_read_once_and_filled() {
    let mut test = TestRoom::new();
    let all: Vec<StoredCommit> = (1..=3).map(|cno| stored(9, &put(cno, cno as u8))).collect();
    test.effects.clear();
    test.room.on_commits(EPOCH, 3, vec![all[2].clone()]);
    test.room.on_commits(EPOCH, 2, vec![all[1].clone()]);
    test.collect_effects();
    assert!(matches!(
        test.effects[..],
        [RoomEffect::ReadAfter(Position { seq: 0, .. })]
    ));
    test.room.on_tail(at(0), Some(vec![(1, all[0].clone())]));
    test.collect_effects();
    assert_eq!(test.room.at(), at(3));
    assert_eq!(test.room.state().board.len(), 3);
}

#[test]
fn an_older_title_that_is_read_late_is_ignored() {
    let mut test = TestRoom::new();
    let one = test.join(1, &hello(1, 1, None), Role::Edit);
    test.sent_to(one);
    test.room
        .set_record("new".into(), shared::sync::Access::default(), 3);
    test.room
        .set_record("old".into(), shared::sync::Access::default(), 2);
    let sent = test.sent_to(one);
    assert_eq!(sent, [ServerMsg::Title("new".into())]);
}

#[test]
fn a_record_that_the_store_lost_is_read_again() {
    let mut test = TestRoom::new();
    let one = test.join(1, &hello(1, 1, None), Role::Edit);
    test.sent_to(one);
    let none = shared::sync::Access::default();
    test.room.set_record("new".into(), none.clone(), 3);
    test.sent_to(one);
    test.effects.clear();
    let head = |record_version| {
        Some(Head {
            at: at(0),
            record_version,
            bytes: 0,
        })
    };
    test.room.on_head(head(3), 0);
    test.collect_effects();
    assert!(test.effects.is_empty());
    test.room.on_head(head(2), 0);
    test.collect_effects();
    assert!(matches!(test.effects[..], [RoomEffect::ReadRecord]));
    test.room.set_record("old".into(), none, 2);
    assert_eq!(test.sent_to(one), [ServerMsg::Title("old".into())]);
}

#[test]
fn commits_lost_by_a_new_epoch_are_stored_again_in_order() {
    let mut test = TestRoom::new();
    // The second author's id is below the first's or above: try both ways round.
    let log = [
        stored(1, &put(1, 1)),
        stored(2, &set(1, 1, Prop::Opacity(7))),
        stored(3, &put(1, 2)),
        stored(1, &set(2, 2, Prop::Opacity(8))),
    ];
    test.room.on_commits(EPOCH, 1, log.to_vec());
    test.collect_effects();
    let fresh = Epoch::from_bytes([10; 16]);
    let lost = Loaded {
        at: Position {
            epoch: fresh,
            seq: 0,
        },
        snapshot: None,
        commits: Vec::new(),
        record_version: 1,
    };
    test.room.on_epoch_changed();
    test.room.on_loaded(Some(replayed(&lost)));
    test.collect_effects();
    let sent: Vec<StoredCommit> = test
        .batches
        .iter()
        .flat_map(|batch| batch.commits.clone())
        .collect();
    assert_eq!(sent, log);
}

#[test]
fn a_board_that_the_store_lost_is_restored_once() {
    let mut test = TestRoom::new();
    test.effects.clear();
    for _ in 0..3 {
        test.room.on_head(None, test.now);
    }
    test.collect_effects();
    let restores = test
        .effects
        .iter()
        .filter(|it| matches!(it, RoomEffect::Restore { .. }))
        .count();
    assert_eq!(restores, 1);
}

#[test]
fn a_store_that_is_ahead_is_read_and_one_that_is_behind_begins_an_epoch() {
    let mut test = TestRoom::new();
    test.room.on_commits(EPOCH, 1, vec![stored(9, &put(1, 1))]);
    test.collect_effects();
    test.effects.clear();
    test.room.on_head(
        Some(Head {
            at: at(2),
            record_version: 0,
            bytes: 0,
        }),
        0,
    );
    test.collect_effects();
    assert!(matches!(
        test.effects[..],
        [RoomEffect::ReadAfter(Position { seq: 1, .. })]
    ));
    test.room.on_head(
        Some(Head {
            at: at(0),
            record_version: 0,
            bytes: 0,
        }),
        0,
    );
    test.collect_effects();
    assert!(
        matches!(&test.batches[..], [batch] if batch.known_seq == 1 && batch.commits.is_empty())
    );
}
