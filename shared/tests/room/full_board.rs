//! Boards that are full or nearly so.

use super::*;
use shared::geometry::BoardPoint;
use shared::geometry::Ink;
use shared::limits::{
    FULL_SNAPSHOT_BYTES, MAX_BOARD_BYTES, MAX_ELEMENTS, MAX_OPS_PER_COMMIT, RING_BYTES,
};
use shared::model::{Body, Font, NewElement, Outline, Props};
use shared::op::{Commit, Op};
use shared::sync::log::{Batch, Head, LogEnd, LogState, decide};
use shared::sync::{Caller, Replica};
use testkit::fixtures::{self, commit};

/// A rectangle with many properties of its own: each of them gets a writer once
/// another person restores the rectangle.
fn rectangle(number: u64) -> NewElement {
    let props = Props::plain(
        OrderKey::first(),
        BoardPoint::new(1.0, 2.0),
        Color::Black,
        1.0,
        255,
    );
    let props = [
        Prop::Angle(1.0),
        Prop::Size([1.0, 1.0]),
        Prop::Corner(1.0),
        Prop::TextSize(1.0),
        Prop::Font(Font::Mono),
        Prop::Locked(true),
        Prop::Name("n".to_owned()),
    ]
    .into_iter()
    .fold(props, Props::with);
    NewElement::new(element_id(number), props, Body::Shape(Outline::Rectangle))
}

/// Rounds after which the snapshot of the board below is larger than what the store counts may be.
const ROUNDS: u64 = 182;

/// A room, and the bytes that its store counts.
struct Counted {
    test: TestRoom,
    bytes: u64,
}

impl Counted {
    fn new() -> Self {
        Self {
            test: TestRoom::new(),
            bytes: 0,
        }
    }

    /// Lets the store decide about a commit by its rules; the store must take it.
    fn store(&mut self, author: u8, commit: &Commit) {
        let commit = stored(author, commit);
        let position = self.test.room.at();
        let batch = Batch {
            epoch: EPOCH,
            known_seq: position.seq,
            fresh_epoch: EPOCH,
            max_bytes: MAX_BOARD_BYTES,
            commits: vec![commit.clone()],
        };
        let state = LogState {
            at: position,
            bytes: self.bytes,
            end: LogEnd::Certain,
        };
        let seq = position.seq + 1;
        let reply = decide(state, &batch, |_| commit.cno - 1);
        assert_eq!(reply, BatchReply::Done(vec![Outcome::Stored(seq)]));
        self.bytes += commit.payload.len() as u64;
        self.test.room.on_commits(EPOCH, seq, vec![commit]);
        self.test.collect_effects();
    }
}

#[test]
fn a_board_that_the_store_takes_can_be_opened_by_rooms_and_clients() {
    let mut board = Counted::new();
    let many = MAX_OPS_PER_COMMIT as u64;
    // One person draws and deletes, another one restores, a thousand elements at a time.
    for round in 1..=ROUNDS {
        let elements: Vec<NewElement> = (many * round..many * (round + 1)).map(rectangle).collect();
        let ids = elements.iter().map(|new| new.id).collect();
        let puts = elements.iter().cloned().map(fixtures::put).collect();
        let restores = elements
            .into_iter()
            .map(|new| Op::Restore(Box::new(new)))
            .collect();
        board.store(1, &commit(2 * round - 1, puts));
        board.store(1, &commit(2 * round, vec![Op::Delete { ids }]));
        board.store(2, &commit(round, restores));
    }
    let state = board.test.room.state();
    let snapshot = encode(state).unwrap();
    assert!(
        board.bytes <= MAX_BOARD_BYTES,
        "the store counts {}",
        board.bytes
    );
    assert!(
        snapshot.len() as u64 > MAX_BOARD_BYTES,
        "a snapshot of {} shows nothing",
        snapshot.len()
    );

    let mut test = TestRoom::opened(&Loaded {
        at: board.test.room.at(),
        snapshot: Some((board.test.room.at().seq, snapshot)),
        commits: Vec::new(),
        record_version: 1,
    });
    let session = test.join(1, &hello(3, 1, None), Role::View);
    let mut replica = Replica::new(key(3), Vec::new(), 1, 0);
    let caller = Caller {
        secret: shared::id::Secret::from_bytes([1; 16]),
        session: 1,
        profile: Profile::default(),
        view: None,
        device: None,
    };
    replica.connected(caller, 0);
    for message in test.sent_to(session) {
        replica.receive(message, 0).unwrap();
    }
    assert!(
        *replica.board() == state.board,
        "the client shows another board"
    );
}

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
