//! Laws of the board: ops are total, can be undone exactly, and have the same effect everywhere.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "a test fails by panicking"
)]

use proptest::prelude::*;
use shared::geometry::{BoardPoint, Ink};
use shared::id::{ClientId, ElementId, Epoch, Position};
use shared::limits::{MAX_ORDER_KEY_BYTES, MAX_TOMBSTONES};
use shared::model::{Anchor, Board, Body, Color, ErasedRange, NewElement, OrderKey, Prop};
use shared::op::{AuthoredCommit, Commit, Guard, Op, apply_commit};
use shared::protocol::{decode, encode};
use shared::sync::{ConfirmedState, Snapshot};
use testkit::fixtures::{commit, ink, stroke};

fn id(number: u16) -> ElementId {
    let [high, low] = number.to_be_bytes();
    ElementId::from_bytes([high, low, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1])
}

fn author(number: u8) -> ClientId {
    ClientId::from_bytes([number; 16])
}

fn level(points: u8) -> Ink {
    ink((0..points).map(|at| (f64::from(at), 1.0)))
}

fn new(number: u16, z: u8, open: bool) -> Box<NewElement> {
    let mut new = stroke(id(number), level(2));
    new.props.z = OrderKey::from_bytes(vec![z.max(1)]).unwrap();
    if let Body::Stroke(stroke) = &mut new.body {
        stroke.open = open;
    }
    Box::new(new)
}

fn prop() -> impl Strategy<Value = Prop> {
    prop_oneof![
        (1_u8..=9).prop_map(|z| Prop::Z(OrderKey::from_bytes(vec![z]).unwrap())),
        (0_usize..10).prop_map(|color| Prop::Color(Color::ALL[color])),
        any::<u8>().prop_map(Prop::Opacity),
        (-9.0..9.0).prop_map(|x| Prop::At(BoardPoint::new(x, 0.0))),
        (0_u16..7).prop_map(|to| Prop::Start(anchor(to))),
        (0_u16..7).prop_map(|to| Prop::End(anchor(to))),
        (0_u16..7).prop_map(|to| Prop::Frame((to < 6).then(|| id(to)))),
        (0_u8..3).prop_map(|by| Prop::Angle(f32::from(by))),
    ]
}

/// An anchor at one of the six elements, or none.
fn anchor(to: u16) -> Option<Anchor> {
    (to < 6).then(|| Anchor {
        to: id(to),
        at: [0.5, 0.5],
    })
}

/// Ranges of a stroke with two points.
fn erased_spans() -> impl Strategy<Value = Vec<ErasedRange>> {
    (0_u8..3, 1_u8..3).prop_map(|(from, len)| {
        let from = f32::from(from) / 4.0;
        vec![[from, from + f32::from(len) / 4.0]]
    })
}

fn op() -> impl Strategy<Value = Op> {
    let number = 0_u16..6;
    prop_oneof![
        (number.clone(), 1_u8..9, any::<bool>()).prop_map(|(n, z, open)| Op::Put(new(n, z, open))),
        (number.clone(), 0_u32..6, 0_u8..3, any::<bool>()).prop_map(|(n, from, more, end)| {
            Op::Extend {
                id: id(n),
                from,
                ink: level(more),
                end,
            }
        }),
        (number.clone(), prop()).prop_map(|(n, prop)| Op::Set { id: id(n), prop }),
        proptest::collection::vec(number.clone(), 0..4).prop_map(|ids| Op::Delete {
            ids: ids.into_iter().map(id).collect()
        }),
        (number.clone(), 1_u8..9).prop_map(|(n, z)| Op::Restore(new(n, z, false))),
        (number.clone(), erased_spans()).prop_map(|(n, spans)| Op::Erase { id: id(n), spans }),
        (number, erased_spans()).prop_map(|(n, spans)| Op::Unerase { id: id(n), spans }),
    ]
}

fn commits() -> impl Strategy<Value = Vec<AuthoredCommit>> {
    let commit = (
        0_u8..3,
        any::<bool>(),
        proptest::collection::vec(op(), 0..5),
    );
    proptest::collection::vec(commit, 0..40).prop_map(|commits| {
        (1..)
            .zip(commits)
            .map(|(cno, (who, mine, ops))| {
                let guard = if mine { Guard::MineOnly } else { Guard::Any };
                AuthoredCommit {
                    author: author(who),
                    commit: Commit { cno, guard, ops },
                }
            })
            .collect()
    })
}

fn history_of(commits: &[AuthoredCommit]) -> ConfirmedState {
    let mut history = ConfirmedState::empty(Position {
        epoch: Epoch::from_bytes([1; 16]),
        seq: 0,
    });
    for commit in commits {
        history.push(commit);
    }
    history
}

proptest! {
    #[test]
    fn the_same_commits_make_the_same_board(commits in commits()) {
        prop_assert_eq!(history_of(&commits), history_of(&commits));
        prop_assert_eq!(history_of(&commits).board().check_invariants(), Ok(()));
    }

    #[test]
    fn undo_restores_the_exact_state(commits in commits()) {
        let mut board = Board::new();
        let mut steps = Vec::new();
        for AuthoredCommit { author, commit } in &commits {
            let before = board.clone();
            steps.push((before, apply_commit(&mut board, *author, commit)));
        }
        while let Some((before, undo)) = steps.pop() {
            undo.roll_back(&mut board);
            prop_assert_eq!(&board, &before);
            prop_assert_eq!(board.check_invariants(), Ok(()));
        }
    }

    #[test]
    fn a_board_from_a_snapshot_evolves_like_the_original(first in commits(), rest in commits()) {
        let mut original = history_of(&first);
        let bytes = encode(original.state()).unwrap();
        let copy: Snapshot = decode(&bytes, 1 << 30).unwrap();
        prop_assert_eq!(&copy, original.state());
        let mut copy = ConfirmedState::new(copy);
        for commit in &rest {
            original.push(commit);
            copy.push(commit);
        }
        prop_assert_eq!(copy, original);
    }

    #[test]
    fn decoded_ops_have_the_same_effect(commits in commits()) {
        let bytes = encode(&commits).unwrap();
        let copy: Vec<AuthoredCommit> = decode(&bytes, 1 << 30).unwrap();
        prop_assert_eq!(history_of(&copy), history_of(&commits));
    }

    #[test]
    fn a_guarded_op_never_overwrites_the_last_write_of_another_user(commits in commits(), prop in prop()) {
        let mut board = history_of(&commits).board().clone();
        let before = board.clone();
        let key = prop.key();
        let ops = (0..6).map(|n| Op::Set { id: id(n), prop: prop.clone() }).collect();
        apply_commit(&mut board, author(0), &Commit { cno: 1, guard: Guard::MineOnly, ops });
        for element in before.elements().filter(|it| it.writer(key) != author(0)) {
            prop_assert_eq!(board.get(element.id), Some(element));
        }
    }
}

#[test]
fn followers_of_an_element_are_known_whatever_made_them() {
    let set = |n, prop| Op::Set { id: id(n), prop };
    let mut board = Board::new();
    let apply = |board: &mut Board, ops| {
        let guard = Guard::Any;
        apply_commit(board, author(1), &Commit { cno: 1, guard, ops })
    };
    let followers =
        |board: &Board| -> Vec<_> { board.dependents(id(0)).map(|element| element.id).collect() };
    // An anchor may refer to an element that does not exist yet.
    let ops = vec![
        Op::Put(new(1, 1, false)),
        Op::Put(new(2, 1, false)),
        set(1, Prop::End(anchor(0))),
        set(2, Prop::Frame(Some(id(0)))),
        Op::Put(new(0, 1, false)),
    ];
    apply(&mut board, ops);
    assert_eq!(followers(&board), [id(1), id(2)]);
    let undo = apply(&mut board, vec![set(1, Prop::End(None))]);
    assert_eq!(followers(&board), [id(2)]);
    undo.roll_back(&mut board);
    apply(&mut board, vec![Op::Delete { ids: vec![id(2)] }]);
    assert_eq!(followers(&board), [id(1)]);
    assert_eq!(board.check_invariants(), Ok(()));
}

#[test]
fn the_oldest_tombstone_is_dropped_and_undo_restores_it() {
    let mut board = Board::new();
    let numbers = 0..=u16::try_from(MAX_TOMBSTONES).unwrap();
    let mut last = None;
    for number in numbers {
        let ops = vec![
            Op::Put(new(number, 1, false)),
            Op::Delete {
                ids: vec![id(number)],
            },
        ];
        let before = (number == u16::try_from(MAX_TOMBSTONES).unwrap()).then(|| board.clone());
        let undo = apply_commit(
            &mut board,
            author(1),
            &Commit {
                cno: 1,
                guard: Guard::Any,
                ops,
            },
        );
        last = before.map(|before| (before, undo));
    }
    assert_eq!(board.tombstones().count(), MAX_TOMBSTONES);
    assert!(board.tombstones().all(|(dead, _)| dead != id(0)));
    let (before, undo) = last.unwrap();
    undo.roll_back(&mut board);
    assert_eq!(board, before);
}

#[test]
fn an_order_key_of_full_length_leaves_room_above_and_below() {
    let top = OrderKey::from_bytes(vec![0xff; MAX_ORDER_KEY_BYTES]).unwrap();
    let mut lowest = vec![0; MAX_ORDER_KEY_BYTES - 1];
    lowest.push(1);
    let bottom = OrderKey::from_bytes(lowest).unwrap();
    for key in [OrderKey::above(Some(&top)), OrderKey::below(Some(&bottom))] {
        let bytes = encode(&key).unwrap();
        assert_eq!(decode::<OrderKey>(&bytes, 1 << 10).unwrap(), key);
    }
}

#[test]
fn an_element_is_deleted_after_any_number_of_deletions() {
    let mut board = Board::new();
    apply_commit(
        &mut board,
        author(1),
        &commit(1, vec![Op::Put(new(1, 1, false))]),
    );
    board.set_deletions(u64::MAX);
    let before = board.clone();
    let delete = commit(1, vec![Op::Delete { ids: vec![id(1)] }]);
    let rollback = apply_commit(&mut board, author(1), &delete);
    assert!(board.is_empty());
    rollback.roll_back(&mut board);
    assert_eq!(board, before);
}
