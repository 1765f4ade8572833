//! Getting and keeping the history: deltas, snapshots, holes, epochs, a store that lost it.

use super::*;

#[test]
fn whoever_resumes_gets_a_delta_and_a_stranger_a_snapshot() {
    let mut desk = Desk::new();
    let one = desk.join(1, &hello(1, 1, None), Role::Edit);
    (1..=3).for_each(|cno| desk.commit(one, put(cno, cno as u8)));
    desk.store_answers();
    let two = desk.join(2, &hello(2, 1, Some(at(2))), Role::Edit);
    let heard = desk.hears(two);
    assert!(welcomed_with_delta(&heard));
    assert_eq!((commits(&heard), snapshots(&heard)), (vec![(3, 1)], 0));
    let three = desk.join(3, &hello(3, 1, None), Role::Edit);
    let heard = desk.hears(three);
    assert!(!welcomed_with_delta(&heard));
    assert_eq!(snapshots(&heard), 1);
    let other = Position {
        epoch: Epoch::from_bytes([8; 16]),
        seq: 2,
    };
    let four = desk.join(4, &hello(4, 1, Some(other)), Role::Edit);
    let heard = desk.hears(four);
    assert!(!welcomed_with_delta(&heard));
    assert_eq!(snapshots(&heard), 1);
}

#[test]
fn a_reader_too_slow_for_the_ring_gets_a_snapshot() {
    let mut desk = Desk::new();
    let one = desk.join(1, &hello(1, 1, None), Role::Edit);
    let slow = desk.join(2, &hello(2, 1, None), Role::Edit);
    desk.hears(slow);
    let commits: Vec<StoredCommit> = (1..=RING_COMMITS as u64 + 10)
        .map(|cno| stored(9, &set(cno, 1, Prop::Opacity(1))))
        .collect();
    let last = commits.len() as u64;
    desk.room.on_commits(EPOCH, 1, commits);
    let heard = desk.hears(slow);
    assert_eq!(snapshots(&heard), 1);
    assert!(
        heard
            .iter()
            .any(|m| matches!(m, ServerMsg::NewEpoch { epoch, .. } if *epoch == EPOCH))
    );
    assert_eq!(desk.room.at(), at(last));
    drop(desk.hears(one));
}

#[test]
fn a_hole_is_read_once_and_filled() {
    let mut desk = Desk::new();
    let all: Vec<StoredCommit> = (1..=3).map(|cno| stored(9, &put(cno, cno as u8))).collect();
    desk.others.clear();
    desk.room.on_commits(EPOCH, 3, vec![all[2].clone()]);
    desk.room.on_commits(EPOCH, 2, vec![all[1].clone()]);
    desk.gather();
    assert!(matches!(
        desk.others[..],
        [RoomEffect::ReadAfter(Position { seq: 0, .. })]
    ));
    desk.room.on_tail(at(0), Some(vec![(1, all[0].clone())]));
    assert_eq!(desk.room.at(), at(3));
    assert_eq!(desk.room.state().board.len(), 3);
}

#[test]
fn an_older_title_read_late_does_not_come_back() {
    let mut desk = Desk::new();
    let one = desk.join(1, &hello(1, 1, None), Role::Edit);
    desk.hears(one);
    desk.room.set_title("new".into(), 3);
    desk.room.set_title("old".into(), 2);
    let heard = desk.hears(one);
    assert_eq!(heard, [ServerMsg::Title("new".into())]);
}

#[test]
fn what_a_new_epoch_lost_is_stored_again_in_its_old_order() {
    let mut desk = Desk::new();
    // The second author's id is below the first's or above: try both ways round.
    let log = [
        stored(1, &put(1, 1)),
        stored(2, &set(1, 1, Prop::Opacity(7))),
        stored(3, &put(1, 2)),
        stored(1, &set(2, 2, Prop::Opacity(8))),
    ];
    desk.room.on_commits(EPOCH, 1, log.to_vec());
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
    desk.room.on_epoch_changed();
    desk.room.on_loaded(Some(&lost)).unwrap();
    desk.gather();
    let sent: Vec<StoredCommit> = desk
        .batches
        .iter()
        .flat_map(|batch| batch.commits.clone())
        .collect();
    assert_eq!(sent, log);
}

#[test]
fn a_board_the_store_lost_is_brought_back_once() {
    let mut desk = Desk::new();
    desk.others.clear();
    for _ in 0..3 {
        desk.room.on_head(None, desk.now);
    }
    desk.gather();
    let restores = desk
        .others
        .iter()
        .filter(|it| matches!(it, RoomEffect::Restore { .. }))
        .count();
    assert_eq!(restores, 1);
}

#[test]
fn a_store_that_is_ahead_is_read_and_one_that_is_behind_begins_anew() {
    let mut desk = Desk::new();
    desk.room.on_commits(EPOCH, 1, vec![stored(9, &put(1, 1))]);
    desk.gather();
    desk.others.clear();
    desk.room.on_head(
        Some(Head {
            at: at(2),
            record_version: 0,
        }),
        0,
    );
    desk.gather();
    assert!(matches!(
        desk.others[..],
        [RoomEffect::ReadAfter(Position { seq: 1, .. })]
    ));
    desk.room.on_head(
        Some(Head {
            at: at(0),
            record_version: 0,
        }),
        0,
    );
    desk.gather();
    assert!(
        matches!(&desk.batches[..], [batch] if batch.known_seq == 1 && batch.commits.is_empty())
    );
}
