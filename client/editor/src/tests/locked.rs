//! Elements that others lock during a gesture, locked elements in frames, and protected elements.

use shared::geometry::BoardRect;
use shared::model::{Body, Outline, Prop};
use shared::op::{Guard, Op};

use super::rig::{ME, OTHER, Rig, boxed, element_id, line, shape};
use super::row::*;
use crate::view::overlay::HandleKind;
use crate::{Command, Prefs, ToolKind};

/// Another user locks an element.
fn lock(rig: &mut Rig, number: u64) {
    let id = element_id(number);
    let prop = Prop::Locked(true);
    rig.apply(OTHER, vec![Op::Set { id, prop }], Guard::Any);
}

#[test]
fn elements_locked_under_the_eraser_stay() {
    let mut rig = Rig::new();
    for (number, y) in [(1, 100.0), (2, 200.0)] {
        rig.put(OTHER, line(number, (100.0, y), (300.0, y)));
    }
    rig.pick(ToolKind::Eraser);
    rig.down(150.0, 50.0);
    rig.drag(&[(150.0, 220.0)]);
    assert_eq!(rig.editor.erasing().len(), 2);
    lock(&mut rig, 1);
    rig.up(150.0, 220.0);
    assert!(rig.board.get(element_id(1)).is_some());
    assert!(rig.board.get(element_id(2)).is_none());
}

#[test]
fn no_part_of_a_stroke_locked_meanwhile_is_erased() {
    let mut rig = Rig::new();
    rig.put(OTHER, line(1, (100.0, 100.0), (300.0, 100.0)));
    rig.editor.set_prefs(Prefs {
        erase_parts: true,
        ..Prefs::default()
    });
    rig.pick(ToolKind::Eraser);
    rig.down(200.0, 100.0);
    lock(&mut rig, 1);
    rig.log.clear();
    rig.up(200.0, 100.0);
    assert!(rig.commits().is_empty(), "{}", rig.said());
}

#[test]
fn elements_locked_meanwhile_drop_out_of_a_move() {
    let mut rig = row();
    rig.run(Command::SELECT_ALL);
    rig.now += 1_000;
    rig.down(150.0, 150.0);
    rig.drag(&[(160.0, 160.0), (170.0, 180.0)]);
    lock(&mut rig, 2);
    let overlay = rig.editor.overlay(rig.now, &rig.board);
    assert!(
        !overlay.transformed.contains(&element_id(2)),
        "seen at once"
    );
    rig.up(170.0, 180.0);
    assert_eq!(place(&rig, 1), [120, 130, 100, 100]);
    assert_eq!(place(&rig, 2), [300, 100, 100, 100]);
}

#[test]
fn the_corners_of_a_rectangle_locked_meanwhile_stay() {
    let mut rig = Rig::new();
    let rect = BoardRect::new(100.0, 100.0, 300.0, 300.0);
    rig.put(ME, shape(1, Outline::Rectangle, rect));
    rig.pick(ToolKind::Select);
    rig.select(&[1]);
    let (x, y) = handle(&rig, HandleKind::Corner);
    rig.down(x, y);
    rig.drag(&[(x + 10.0, y + 10.0), (x + 20.0, y + 20.0)]);
    lock(&mut rig, 1);
    rig.up(x + 20.0, y + 20.0);
    assert!(rig.element(1).props.corner().abs() < 1e-6);
}

#[test]
fn a_frame_takes_its_locked_contents_along() {
    let mut rig = Rig::new();
    let rect = BoardRect::new(100.0, 100.0, 400.0, 400.0);
    rig.put(ME, boxed(1, Body::Frame, rect));
    let inside = BoardRect::new(150.0, 150.0, 200.0, 200.0);
    let mut member = shape(2, Outline::Ellipse, inside);
    member.props.set(Prop::Frame(Some(element_id(1))));
    member.props.set(Prop::Locked(true));
    rig.put(ME, member);
    rig.select(&[1]);
    rig.key("ArrowRight");
    assert_eq!(place(&rig, 1), [101, 100, 300, 300]);
    assert_eq!(place(&rig, 2), [151, 150, 50, 50]);
    rig.select(&[2]);
    rig.key("ArrowRight");
    assert_eq!(place(&rig, 2), [151, 150, 50, 50], "by itself it stays");
}

/// An owner protects an element.
fn protect(rig: &mut Rig, number: u64) {
    let id = element_id(number);
    let props = [Prop::Locked(true), Prop::Protected(true)];
    let set = |prop| Op::Set { id, prop };
    rig.apply(OTHER, props.map(set).to_vec(), Guard::Any);
}

#[test]
fn only_owners_protect_elements_and_end_that() {
    let mut rig = row();
    rig.select(&[1, 2]);
    rig.run(Command::TOGGLE_PROTECTION);
    assert!(rig.commits().is_empty(), "an editor protects nothing");
    rig.become_owner();
    rig.run(Command::TOGGLE_PROTECTION);
    for number in [1, 2] {
        let props = &rig.element(number).props;
        assert!(props.protected() && props.locked());
    }
    rig.run(Command::UNLOCK_ALL);
    rig.run(Command::TOGGLE_LOCK);
    assert!(rig.element(1).props.protected() && rig.element(1).props.locked());
    rig.run(Command::TOGGLE_PROTECTION);
    assert!(!rig.element(1).props.protected() && !rig.element(1).props.locked());
    rig.run(Command::UNDO);
    assert!(rig.element(1).props.protected() && rig.element(1).props.locked());
}

#[test]
fn no_gesture_of_an_editor_changes_a_protected_element() {
    let mut rig = row();
    protect(&mut rig, 2);
    rig.run(Command::SELECT_ALL);
    assert!(!rig.editor.selection().ids.contains(&element_id(2)));
    rig.select(&[2]);
    let before = rig.element(2).clone();
    for command in [
        Command::TOGGLE_LOCK,
        Command::UNLOCK_ALL,
        Command::DELETE,
        Command::NUDGE_RIGHT,
        Command::TO_FRONT,
    ] {
        rig.run(command);
    }
    rig.select(&[1, 2, 3]);
    rig.key("ArrowRight");
    assert_eq!(*rig.element(2), before);
}

#[test]
fn a_frame_leaves_its_protected_contents_where_they_are() {
    let mut rig = Rig::new();
    let rect = BoardRect::new(100.0, 100.0, 400.0, 400.0);
    rig.put(ME, boxed(1, Body::Frame, rect));
    let inside = BoardRect::new(150.0, 150.0, 200.0, 200.0);
    let mut member = shape(2, Outline::Ellipse, inside);
    member.props.set(Prop::Frame(Some(element_id(1))));
    rig.put(ME, member);
    protect(&mut rig, 2);
    let before = rig.element(2).clone();
    rig.select(&[1]);
    rig.key("ArrowRight");
    assert_eq!(place(&rig, 1), [101, 100, 300, 300]);
    assert_eq!(*rig.element(2), before);
    rig.run(Command::DELETE);
    assert_eq!(*rig.element(2), before);
}
