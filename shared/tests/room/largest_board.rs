//! The largest board that a store takes can be opened by rooms and clients.

use super::*;
use shared::geometry::BoardPoint;
use shared::limits::{MAX_BOARD_BYTES, MAX_OPS_PER_COMMIT};
use shared::model::{Body, Font, NewElement, Outline, Props};
use shared::op::{Commit, Op};
use shared::sync::log::{Batch, LogEnd, LogState, decide};
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
