//! What a room counts for the metrics of its server.

use shared::sync::RoomCounts;

use super::*;

#[test]
fn commits_are_counted_with_the_time_until_their_author_is_told() {
    let mut test = TestRoom::new();
    let ann = test.join(1, &hello(1, 1, None), Role::Edit);
    let eve = test.join(2, &hello(2, 1, None), Role::View);
    test.commit(ann, put(1, 1));
    test.commit(ann, unsound(2));
    test.commit(eve, put(1, 3));
    test.now += 7;
    test.answer_batches();
    test.sent_to(ann);
    let counts = test.room.take_counts();
    assert_eq!((counts.commits_received, counts.commits_accepted), (3, 1));
    assert_eq!(
        counts.commits_refused,
        [Refusal::Invalid, Refusal::ViewOnly]
    );
    assert_eq!(
        (&counts.saved[..], &counts.durable[..]),
        (&[7][..], &[][..])
    );
    test.now += 5;
    test.room
        .on_durability(test.room.at(), Durability::Confirmed);
    test.sent_to(ann);
    let expected = RoomCounts {
        durable: vec![12],
        ..RoomCounts::default()
    };
    assert_eq!(test.room.take_counts(), expected);
}

#[test]
fn a_slow_reader_is_counted_when_it_begins_again() {
    let mut test = TestRoom::new();
    let ann = test.join(1, &hello(1, 1, None), Role::Edit);
    let slow = test.join(2, &hello(2, 1, None), Role::Edit);
    drop((test.sent_to(ann), test.sent_to(slow)));
    for number in 0..100 {
        test.send(ann, ClientMsg::Live(LiveUpdate::Cursor(Some([1.0, 1.0]))));
        let newer = LiveUpdate::Cursor(Some([2.0, number as f32]));
        test.send(ann, ClientMsg::Live(newer));
        test.advance(20);
    }
    test.sent_to(slow);
    let counts = test.room.take_counts();
    assert!(counts.live_skipped > 0 && counts.live_coalesced > 0);
    let commits: Vec<StoredCommit> = (1..=RING_COMMITS as u64 + 10)
        .map(|cno| stored(9, &set(cno, 1, Prop::Opacity(1))))
        .collect();
    test.room.on_commits(EPOCH, 1, commits);
    test.collect_effects();
    test.sent_to(slow);
    assert_eq!(test.room.take_counts().sessions_restarted, 1);
}

#[test]
fn a_gap_is_counted_once_however_many_reads_fill_it() {
    let mut test = TestRoom::new();
    let all: Vec<StoredCommit> = (1..=3).map(|cno| stored(9, &put(cno, cno as u8))).collect();
    test.room.on_commits(EPOCH, 3, vec![all[2].clone()]);
    let page = |seq: usize| Some(vec![(seq as u64, all[seq - 1].clone())]);
    test.room.on_tail(at(0), page(1));
    test.room.on_tail(at(1), page(2));
    let counts = test.room.take_counts();
    assert_eq!((counts.gaps_found, counts.gaps_filled), (1, 0));
    test.room.on_tail(at(3), Some(Vec::new()));
    test.collect_effects();
    let counts = test.room.take_counts();
    assert_eq!((counts.gaps_found, counts.gaps_filled), (0, 1));
    assert_eq!(test.room.at(), at(3));
}
