//! The index follows the board.

use shared::geometry::{BoardPoint, BoardRect};
use shared::id::ElementId;
use shared::model::{OrderKey, Prop};
use shared::op::{Guard, Op};

use super::rig::{ME, Rig, element_id, line};
use crate::Index;

fn everywhere() -> BoardRect {
    BoardRect::new(-1e6, -1e6, 1e6, 1e6)
}

#[test]
fn it_finds_elements_that_touch_a_region() {
    let mut rig = Rig::new();
    rig.put(ME, line(1, (0.0, 0.0), (10.0, 0.0)));
    rig.put(ME, line(2, (500.0, 0.0), (510.0, 0.0)));
    let near = rig
        .editor
        .index()
        .query(BoardRect::new(5.0, -5.0, 50.0, 5.0), &rig.board);
    assert_eq!(near, [element_id(1)]);
}

#[test]
fn it_lists_from_the_bottom_up() {
    let mut rig = Rig::new();
    for number in 1..=3 {
        rig.put(ME, line(number, (0.0, 0.0), (10.0, 0.0)));
    }
    let top = OrderKey::above(rig.board.top());
    rig.apply(
        ME,
        vec![Op::Set {
            id: element_id(1),
            prop: Prop::Z(top),
        }],
        Guard::Any,
    );
    let found = rig.editor.index().query(everywhere(), &rig.board);
    assert_eq!(found, [2, 3, 1].map(element_id));
}

#[test]
fn a_change_returns_the_old_and_the_new_region() {
    let mut rig = Rig::new();
    rig.put(ME, line(1, (0.0, 0.0), (10.0, 0.0)));
    let mut index = Index::of(&rig.board);
    let before = index.bounds_of(element_id(1)).unwrap();
    let away = Prop::At(BoardPoint::new(100.0, 0.0));
    rig.apply(
        ME,
        vec![Op::Set {
            id: element_id(1),
            prop: away,
        }],
        Guard::Any,
    );
    let regions = index.apply(&[element_id(1)], &rig.board);
    assert_eq!(regions, [before, before + shared_vec(100.0, 0.0)]);
    assert!(
        index.query(before, &rig.board).is_empty(),
        "it is no longer there"
    );
    rig.apply(
        ME,
        vec![Op::Delete {
            ids: vec![element_id(1)],
        }],
        Guard::Any,
    );
    assert_eq!(index.apply(&[element_id(1)], &rig.board).len(), 1);
    assert!(index.is_empty() && index.extent().is_none());
}

fn shared_vec(x: f64, y: f64) -> kurbo::Vec2 {
    kurbo::Vec2::new(x, y)
}

#[test]
fn a_followed_index_equals_a_new_one() {
    let mut rig = Rig::new();
    for number in 0..200 {
        let at = (number * 37 % 101) as f64;
        rig.put(ME, line(number, (at, at * 2.0), (at + 10.0, at)));
    }
    let gone: Vec<ElementId> = (0..200).step_by(3).map(element_id).collect();
    rig.apply(ME, vec![Op::Delete { ids: gone }], Guard::Any);
    let anew = Index::of(&rig.board);
    let region = BoardRect::new(20.0, 20.0, 60.0, 90.0);
    assert_eq!(
        anew.query(region, &rig.board),
        rig.editor.index().query(region, &rig.board)
    );
    assert_eq!(anew.extent(), rig.editor.index().extent());
    assert_eq!(anew.len(), rig.board.len());
}

#[test]
fn elements_too_small_to_be_seen_are_left_out() {
    let mut rig = Rig::new();
    rig.put(ME, line(1, (0.0, 0.0), (100.0, 0.0)));
    rig.put(ME, line(2, (0.0, 0.0), (1.0, 0.0)));
    let larger = |min_size: f64| {
        let index = rig.editor.index();
        index.query_larger(everywhere(), min_size, &rig.board)
    };
    assert_eq!(larger(0.2), [element_id(1), element_id(2)]);
    assert_eq!(larger(20.0), [element_id(1)]);
}
