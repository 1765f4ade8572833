//! Boards that are full or nearly so.

use super::*;
use shared::geometry::Ink;
use shared::limits::{
    FULL_SNAPSHOT_BYTES, MAX_BOARD_BYTES, MAX_ELEMENTS, MAX_OPS_PER_COMMIT, RING_BYTES,
};
use shared::model::NewElement;
use shared::op::{Commit, Op};
use shared::sync::log::Head;
use testkit::fixtures::{self, commit};

#[test]
fn a_room_that_opens_on_a_long_log_compacts_it_at_once() {
    let payload = |cno| stored(1, &commit(cno, vec![fixtures::put(long_stroke(cno))]));
    let commits: Vec<_> = (1..=250).map(|cno| (cno, payload(cno))).collect();
    let bytes: usize = commits.iter().map(|(_, it)| it.payload.len()).sum();
    assert!(bytes > 4 * 1024 * 1024, "a log of {bytes} is short");
    let mut test = TestRoom::opened(&Loaded {
        at: at(250),
        snapshot: None,
        commits,
        record_version: 1,
    });
    test.advance(1);
    assert!(
        test.effects
            .iter()
            .any(|effect| matches!(effect, RoomEffect::Compact { .. }))
    );
}

/// A stroke of some 20 KiB.
fn long_stroke(number: u64) -> NewElement {
    let zigzag = (0..5_000).map(|at| (f64::from(at), f64::from(at % 2) * 9_000.0));
    fixtures::stroke(element_id(number), fixtures::ink(zigzag))
}

#[test]
fn a_board_whose_snapshot_is_full_takes_only_deletions() {
    let mut test = TestRoom::new();
    let ann = test.join(1, &hello(1, 1, None), Role::Edit);
    test.commit(ann, put(1, 1));
    test.answer_batches();
    test.sent_to(ann);
    test.room.snapshot_measured(FULL_SNAPSHOT_BYTES + 1);
    test.commit(ann, put(2, 2));
    let ids = vec![element_id(1)];
    test.commit(ann, commit(3, vec![Op::Delete { ids }]));
    test.answer_batches();
    assert_eq!(refusals(&test.sent_to(ann)), [(2, Refusal::BoardFull)]);
    assert!(test.room.state().board.is_empty());
}

#[test]
fn a_board_whose_snapshot_is_full_takes_no_new_author_that_deletes_nothing() {
    let mut test = TestRoom::new();
    let ann = test.join(1, &hello(1, 1, None), Role::Edit);
    test.sent_to(ann);
    test.room.snapshot_measured(FULL_SNAPSHOT_BYTES + 1);
    let delete = |ids: &[u64]| {
        let ids = ids.iter().copied().map(element_id).collect();
        Op::Delete { ids }
    };
    let [put] = put(1, 1).ops.try_into().unwrap();
    for ops in [
        vec![put.clone()],
        vec![delete(&[9])],
        vec![delete(&[9]), put],
    ] {
        test.commit(ann, commit(1, ops));
        assert!(test.batches.is_empty(), "not even an empty commit");
        assert_eq!(refusals(&test.sent_to(ann)), [(1, Refusal::ViewOnly)]);
    }
}

#[test]
fn a_new_author_can_delete_elements_of_a_board_whose_snapshot_is_full() {
    let mut test = TestRoom::new();
    let ann = test.join(1, &hello(1, 1, None), Role::Edit);
    for number in 1..=2_u8 {
        test.commit(ann, put(number.into(), number));
    }
    test.answer_batches();
    test.room.leave(ann, test.now);
    test.room.snapshot_measured(FULL_SNAPSHOT_BYTES + 1);
    let ben = test.join(2, &hello(2, 1, None), Role::Edit);
    test.sent_to(ben);
    let delete = |number| {
        let ids = vec![element_id(number)];
        commit(number, vec![Op::Delete { ids }])
    };
    // The second commit comes before the first one is stored.
    test.commit(ben, delete(1));
    test.commit(ben, delete(2));
    test.answer_batches();
    assert_eq!(refusals(&test.sent_to(ben)), []);
    assert!(test.room.state().board.is_empty());
}

#[test]
fn a_board_whose_snapshot_is_full_takes_one_new_author_at_a_time() {
    let mut test = TestRoom::new();
    let ann = test.join(1, &hello(1, 1, None), Role::Edit);
    test.commit(ann, put(1, 1));
    test.answer_batches();
    test.room.snapshot_measured(FULL_SNAPSHOT_BYTES + 1);
    let ids = vec![element_id(1)];
    let delete = commit(1, vec![Op::Delete { ids }]);
    let [ben, cem] = [2, 3].map(|number| {
        let session = test.join(u64::from(number), &hello(number, 1, None), Role::Edit);
        test.sent_to(session);
        session
    });
    test.commit(ben, delete.clone());
    test.commit(cem, delete);
    test.answer_batches();
    assert_eq!(refusals(&test.sent_to(ben)), []);
    assert_eq!(refusals(&test.sent_to(cem)), [(1, Refusal::ViewOnly)]);
}

#[test]
fn a_full_board_is_compacted_after_each_change_so_that_it_is_measured_anew() {
    let mut test = TestRoom::new();
    let ann = test.join(1, &hello(1, 1, None), Role::Edit);
    test.commit(ann, put(1, 1));
    test.answer_batches();
    test.room.snapshot_measured(FULL_SNAPSHOT_BYTES + 1);
    test.effects.clear();
    let ids = vec![element_id(1)];
    test.commit(ann, commit(2, vec![Op::Delete { ids }]));
    test.answer_batches();
    let compacts = |effect: &RoomEffect| matches!(effect, RoomEffect::Compact { .. });
    assert!(test.effects.iter().any(compacts));
    test.room.snapshot_measured(FULL_SNAPSHOT_BYTES);
    test.commit(ann, put(3, 2));
    test.answer_batches();
    assert_eq!(refusals(&test.sent_to(ann)), []);
}

fn delete(cno: u64, ids: impl IntoIterator<Item = u64>) -> Commit {
    let ids = ids.into_iter().map(element_id).collect();
    commit(cno, vec![Op::Delete { ids }])
}

/// A room with elements 1 to `count`, drawn by one client, and a session of that client.
fn with_elements(count: u64) -> (TestRoom, SessionNo) {
    let mut test = TestRoom::new();
    let ann = test.join(1, &hello(1, 1, None), Role::Edit);
    let ids: Vec<u64> = (1..=count).collect();
    for (cno, ids) in (1..).zip(ids.chunks(MAX_OPS_PER_COMMIT)) {
        let element = |id: &u64| fixtures::put(fixtures::stroke(element_id(*id), short_ink()));
        test.commit(ann, commit(cno, ids.iter().map(element).collect()));
        test.answer_batches();
        test.sent_to(ann);
    }
    assert_eq!(test.room.state().board.len() as u64, count);
    (test, ann)
}

fn short_ink() -> Ink {
    fixtures::ink([(1.0, 2.0)])
}

#[test]
fn a_board_that_the_store_counts_as_full_takes_deletions_of_many_elements() {
    let (mut test, ann) = with_elements(500);
    test.store_bytes = MAX_BOARD_BYTES;
    // Nobody knows yet that the store is full, and both come in one batch.
    test.commit(ann, delete(2, 1..=400));
    test.commit(ann, commit(3, vec![fixtures::put(long_stroke(900))]));
    test.commit(ann, delete(4, 401..=450));
    test.answer_batches();
    assert_eq!(refusals(&test.sent_to(ann)), [(3, Refusal::BoardFull)]);
    assert_eq!(test.room.state().board.len(), 50);
    // Now it is known.
    test.commit(ann, delete(5, 451..=490));
    test.answer_batches();
    assert_eq!(refusals(&test.sent_to(ann)), []);
    assert_eq!(test.room.state().board.len(), 10);
}

#[test]
fn a_board_that_the_store_counts_as_full_is_compacted_after_a_change() {
    let (mut test, ann) = with_elements(10);
    let at = test.room.at();
    let counts = |bytes| Head {
        at,
        record_version: 1,
        bytes,
    };
    let compacts = |effect: &RoomEffect| matches!(effect, RoomEffect::Compact { .. });
    test.effects.clear();
    test.room
        .on_head(Some(counts(MAX_BOARD_BYTES / 2)), test.now);
    test.advance(1_000);
    assert!(!test.effects.iter().any(compacts));
    test.room.on_head(Some(counts(MAX_BOARD_BYTES)), test.now);
    test.commit(ann, delete(2, [1]));
    test.answer_batches();
    assert!(test.effects.iter().any(compacts));
}

#[test]
fn a_board_that_is_nearly_full_says_so_before_it_is_full() {
    let (mut test, ann) = with_elements(10);
    let at = test.room.at();
    let mut hears = |bytes, session| {
        let head = Head {
            at,
            record_version: 1,
            bytes,
        };
        test.room.on_head(Some(head), test.now);
        test.advance(1_000);
        let messages = test.sent_to(session);
        let told = messages.into_iter().filter_map(|message| match message {
            ServerMsg::Fullness(percent) => Some(percent),
            _ => None,
        });
        told.collect::<Vec<_>>()
    };
    let percent = |percent| MAX_BOARD_BYTES * percent / 100 + 1;
    assert!(hears(percent(79), ann).is_empty());
    assert_eq!(hears(percent(80), ann), [80]);
    assert!(hears(percent(80), ann).is_empty());
    assert_eq!(hears(percent(92), ann), [92]);
    assert_eq!(hears(percent(130), ann), [100]);
    assert_eq!(hears(percent(50), ann), [50]);
    assert!(hears(percent(40), ann).is_empty());
    test.room
        .snapshot_measured(FULL_SNAPSHOT_BYTES * 9 / 10 + 1);
    test.advance(1_000);
    let ben = test.join(2, &hello(2, 1, None), Role::Edit);
    let told = |message: &ServerMsg| *message == ServerMsg::Fullness(90);
    assert!(test.sent_to(ben).iter().any(told));
}

#[test]
fn a_log_of_large_commits_is_trimmed_to_what_the_room_keeps() {
    let mut test = TestRoom::new();
    let ann = test.join(1, &hello(1, 1, None), Role::Edit);
    let mut floor = None;
    for cno in 1..=600 {
        test.commit(ann, commit(cno, vec![fixtures::put(long_stroke(cno))]));
        test.answer_batches();
        test.sent_to(ann);
        for effect in test.effects.drain(..) {
            if let RoomEffect::Compact {
                floor: wanted,
                snapshot,
            } = effect
            {
                test.room.on_compacted(true, snapshot.at.seq);
                floor = Some((wanted, snapshot.at.seq));
            }
        }
        test.advance(10_000);
    }
    let (floor, seq) = floor.expect("a log of 12 MiB is compacted");
    let kept: usize = (floor + 1..=seq)
        .map(|seq| test.log[usize::try_from(seq - 1).unwrap()].payload.len())
        .sum();
    assert!(
        kept > 0 && kept <= RING_BYTES,
        "{kept} bytes stay in the log"
    );
}

#[test]
fn a_board_with_the_most_elements_takes_a_commit_that_deletes_as_many_as_it_puts() {
    let most = MAX_ELEMENTS as u64;
    let (mut test, ann) = with_elements(most);
    let cno = test.last[&fixtures::client_id(1)];
    let put = |id| fixtures::put(fixtures::stroke(element_id(id), short_ink()));
    let delete = |ids: &[u64]| {
        let ids = ids.iter().copied().map(element_id).collect();
        Op::Delete { ids }
    };
    test.commit(ann, commit(cno + 1, vec![put(most + 1)]));
    test.commit(
        ann,
        commit(cno + 2, vec![put(most + 2), delete(&[most + 9])]),
    );
    // The element is put before there is room for it.
    test.commit(ann, commit(cno + 3, vec![put(most + 3), delete(&[1])]));
    test.commit(ann, commit(cno + 4, vec![delete(&[1, 2]), put(most + 4)]));
    // All come before the board shows the others.
    test.commit(ann, commit(cno + 5, vec![put(most + 5), put(most + 6)]));
    test.commit(ann, commit(cno + 6, vec![put(most + 7)]));
    test.answer_batches();
    let full = [1, 2, 3, 5].map(|more| (cno + more, Refusal::BoardFull));
    assert_eq!(refusals(&test.sent_to(ann)), full);
    let board = &test.room.state().board;
    assert_eq!(board.len(), MAX_ELEMENTS);
    assert!(
        [4, 7]
            .iter()
            .all(|more| board.get(element_id(most + more)).is_some())
    );
}

#[test]
fn a_full_board_takes_deletions_that_also_unbind_lines_and_no_other_changes() {
    let (mut test, ann) = with_elements(10);
    test.room.snapshot_measured(FULL_SNAPSHOT_BYTES + 1);
    let set = |id| fixtures::set(element_id(id), Prop::Angle(1.0));
    let delete = |id| Op::Delete {
        ids: vec![element_id(id)],
    };
    test.commit(ann, commit(2, vec![set(2), set(3), delete(1)]));
    test.commit(ann, commit(3, vec![set(2)]));
    // This one deletes nothing, because element 1 is gone.
    test.commit(ann, commit(4, vec![set(2), delete(1)]));
    let many = (0..50).map(|_| set(3));
    test.commit(ann, commit(5, many.chain([delete(4)]).collect()));
    test.answer_batches();
    let refused = [3, 4, 5].map(|cno| (cno, Refusal::BoardFull));
    assert_eq!(refusals(&test.sent_to(ann)), refused);
    assert_eq!(test.room.state().board.len(), 9);
}

#[test]
fn a_new_author_can_delete_many_elements_of_a_full_board_at_once() {
    let (mut test, ann) = with_elements(100);
    test.room.leave(ann, test.now);
    test.room.snapshot_measured(FULL_SNAPSHOT_BYTES + 1);
    let ben = test.join(2, &hello(2, 1, None), Role::Edit);
    test.sent_to(ben);
    test.store_bytes = MAX_BOARD_BYTES;
    test.commit(ben, delete(1, 1..=90));
    test.answer_batches();
    assert_eq!(refusals(&test.sent_to(ben)), []);
    assert_eq!(test.room.state().board.len(), 10);
}
