//! The index follows the board.

use shared::geometry::{BoardPoint, BoardRect};
use shared::id::ElementId;
use shared::model::{OrderKey, Prop};
use shared::op::{Guard, Op};

use super::desk::{Desk, ME, element_id, line};
use crate::Index;

fn everywhere() -> BoardRect {
    BoardRect::new(-1e6, -1e6, 1e6, 1e6)
}

#[test]
fn it_finds_what_touches_a_region() {
    let mut desk = Desk::new();
    desk.put(ME, line(1, (0.0, 0.0), (10.0, 0.0)));
    desk.put(ME, line(2, (500.0, 0.0), (510.0, 0.0)));
    let near = desk
        .editor
        .index()
        .query(BoardRect::new(5.0, -5.0, 50.0, 5.0), &desk.board);
    assert_eq!(near, [element_id(1)]);
}

#[test]
fn it_lists_from_the_bottom_up() {
    let mut desk = Desk::new();
    for number in 1..=3 {
        desk.put(ME, line(number, (0.0, 0.0), (10.0, 0.0)));
    }
    let top = OrderKey::above(desk.board.top());
    desk.apply(
        ME,
        vec![Op::Set {
            id: element_id(1),
            prop: Prop::Z(top),
        }],
        Guard::Any,
    );
    let found = desk.editor.index().query(everywhere(), &desk.board);
    assert_eq!(found, [2, 3, 1].map(element_id));
}

#[test]
fn a_change_tells_where_it_was_and_where_it_is() {
    let mut desk = Desk::new();
    desk.put(ME, line(1, (0.0, 0.0), (10.0, 0.0)));
    let mut index = Index::of(&desk.board);
    let before = index.bounds_of(element_id(1)).unwrap();
    let away = Prop::At(BoardPoint::new(100.0, 0.0));
    desk.apply(
        ME,
        vec![Op::Set {
            id: element_id(1),
            prop: away,
        }],
        Guard::Any,
    );
    let regions = index.apply(&[element_id(1)], &desk.board);
    assert_eq!(regions, [before, before + shared_vec(100.0, 0.0)]);
    assert!(
        index.query(before, &desk.board).is_empty(),
        "it is no longer there"
    );
    desk.apply(
        ME,
        vec![Op::Delete {
            ids: vec![element_id(1)],
        }],
        Guard::Any,
    );
    assert_eq!(index.apply(&[element_id(1)], &desk.board).len(), 1);
    assert!(index.is_empty() && index.extent().is_none());
}

fn shared_vec(x: f64, y: f64) -> kurbo::Vec2 {
    kurbo::Vec2::new(x, y)
}

#[test]
fn following_and_starting_anew_agree() {
    let mut desk = Desk::new();
    for number in 0..200 {
        let at = (number * 37 % 101) as f64;
        desk.put(ME, line(number, (at, at * 2.0), (at + 10.0, at)));
    }
    let gone: Vec<ElementId> = (0..200).step_by(3).map(element_id).collect();
    desk.apply(ME, vec![Op::Delete { ids: gone }], Guard::Any);
    let anew = Index::of(&desk.board);
    let region = BoardRect::new(20.0, 20.0, 60.0, 90.0);
    assert_eq!(
        anew.query(region, &desk.board),
        desk.editor.index().query(region, &desk.board)
    );
    assert_eq!(anew.extent(), desk.editor.index().extent());
    assert_eq!(anew.len(), desk.board.len());
}
