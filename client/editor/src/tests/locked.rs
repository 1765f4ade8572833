//! What others lock in the middle of a gesture, and what is locked in a frame.

use shared::geometry::BoardRect;
use shared::model::{Body, Outline, Prop};
use shared::op::{Guard, Op};

use super::desk::{Desk, ME, OTHER, boxed, element_id, line, shape};
use super::row::*;
use crate::view::overlay::HandleKind;
use crate::{Command, Prefs, ToolKind};

/// Somebody else locks an element.
fn lock(desk: &mut Desk, number: u64) {
    let id = element_id(number);
    let prop = Prop::Locked(true);
    desk.apply(OTHER, vec![Op::Set { id, prop }], Guard::Any);
}

#[test]
fn what_somebody_locks_under_the_eraser_stays() {
    let mut desk = Desk::new();
    for (number, y) in [(1, 100.0), (2, 200.0)] {
        desk.put(OTHER, line(number, (100.0, y), (300.0, y)));
    }
    desk.pick(ToolKind::Eraser);
    desk.down(150.0, 50.0);
    desk.drag(&[(150.0, 220.0)]);
    assert_eq!(desk.editor.erasing().len(), 2);
    lock(&mut desk, 1);
    desk.up(150.0, 220.0);
    assert!(desk.board.get(element_id(1)).is_some());
    assert!(desk.board.get(element_id(2)).is_none());
}

#[test]
fn nothing_is_rubbed_out_of_what_somebody_locked() {
    let mut desk = Desk::new();
    desk.put(OTHER, line(1, (100.0, 100.0), (300.0, 100.0)));
    desk.editor.set_prefs(Prefs {
        erase_parts: true,
        ..Prefs::default()
    });
    desk.pick(ToolKind::Eraser);
    desk.down(200.0, 100.0);
    lock(&mut desk, 1);
    desk.log.clear();
    desk.up(200.0, 100.0);
    assert!(desk.commits().is_empty(), "{}", desk.said());
}

#[test]
fn what_somebody_locks_drops_out_of_a_move() {
    let mut desk = row();
    desk.run(Command::SELECT_ALL);
    desk.now += 1_000;
    desk.down(150.0, 150.0);
    desk.drag(&[(160.0, 160.0), (170.0, 180.0)]);
    lock(&mut desk, 2);
    let overlay = desk.editor.overlay(desk.now, &desk.board);
    assert!(!overlay.lifted.contains(&element_id(2)), "seen at once");
    desk.up(170.0, 180.0);
    assert_eq!(place(&desk, 1), [120, 130, 100, 100]);
    assert_eq!(place(&desk, 2), [300, 100, 100, 100]);
}

#[test]
fn the_corners_of_what_somebody_locks_stay_as_they_are() {
    let mut desk = Desk::new();
    let rect = BoardRect::new(100.0, 100.0, 300.0, 300.0);
    desk.put(ME, shape(1, Outline::Rectangle, rect));
    desk.pick(ToolKind::Select);
    desk.select(&[1]);
    let (x, y) = handle(&desk, HandleKind::Corner);
    desk.down(x, y);
    desk.drag(&[(x + 10.0, y + 10.0), (x + 20.0, y + 20.0)]);
    lock(&mut desk, 1);
    desk.up(x + 20.0, y + 20.0);
    assert!(desk.element(1).props.corner().abs() < 1e-6);
}

#[test]
fn a_frame_takes_along_what_is_locked_in_it() {
    let mut desk = Desk::new();
    let rect = BoardRect::new(100.0, 100.0, 400.0, 400.0);
    desk.put(ME, boxed(1, Body::Frame, rect));
    let inside = BoardRect::new(150.0, 150.0, 200.0, 200.0);
    let mut member = shape(2, Outline::Ellipse, inside);
    member.props.set(Prop::Frame(Some(element_id(1))));
    member.props.set(Prop::Locked(true));
    desk.put(ME, member);
    desk.select(&[1]);
    desk.key("ArrowRight");
    assert_eq!(place(&desk, 1), [101, 100, 300, 300]);
    assert_eq!(place(&desk, 2), [151, 150, 50, 50]);
    desk.select(&[2]);
    desk.key("ArrowRight");
    assert_eq!(place(&desk, 2), [151, 150, 50, 50], "by itself it stays");
}
