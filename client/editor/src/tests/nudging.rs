//! Moving what is selected by keys.

use shared::model::{Body, Prop};

use super::actions::{rect, rectangle};
use super::arrange::{corner, desk};
use super::desk::{Desk, ME, boxed, element_id};
use crate::Command;

#[test]
fn arrows_move_what_is_selected_by_pixels_of_the_screen() {
    let mut desk = desk(&[rect(100.0, 100.0, 50.0, 50.0)]);
    desk.key("ArrowRight");
    desk.run(Command::NUDGE_FAR_UP);
    assert_eq!(corner(&desk, 1), (101.0, 90.0));
    desk.run(Command::ZOOM_OUT);
    desk.key("ArrowLeft");
    assert_eq!(corner(&desk, 1), (99.75, 90.0));
}

#[test]
fn with_the_grid_arrows_go_from_line_to_line() {
    let mut desk = desk(&[rect(103.0, 100.0, 50.0, 50.0)]);
    desk.run(Command::TOGGLE_GRID);
    for (key, at) in [
        ("ArrowRight", (120.0, 100.0)),
        ("ArrowRight", (140.0, 100.0)),
        ("ArrowUp", (140.0, 80.0)),
        ("ArrowLeft", (120.0, 80.0)),
    ] {
        desk.key(key);
        assert_eq!(corner(&desk, 1), at, "{key}");
    }
    desk.run(Command::NUDGE_FAR_LEFT);
    assert_eq!(corner(&desk, 1), (20.0, 80.0));
}

#[test]
fn quick_nudges_are_undone_as_one() {
    let mut desk = desk(&[rect(0.0, 0.0, 50.0, 50.0)]);
    for _ in 0..5 {
        desk.key("ArrowRight");
        desk.now += 300;
    }
    desk.now += 2_000;
    desk.key("ArrowRight");
    assert_eq!(corner(&desk, 1), (6.0, 0.0));
    desk.run(Command::UNDO);
    assert_eq!(corner(&desk, 1), (5.0, 0.0));
    desk.run(Command::UNDO);
    assert_eq!(corner(&desk, 1), (0.0, 0.0));
}

#[test]
fn a_nudge_does_not_join_what_was_undone_or_done_between() {
    let mut desk = desk(&[rect(0.0, 0.0, 50.0, 50.0)]);
    desk.key("ArrowRight");
    desk.run(Command::DUPLICATE);
    desk.select(&[1]);
    desk.key("ArrowRight");
    desk.run(Command::UNDO);
    assert_eq!(corner(&desk, 1), (1.0, 0.0));
    assert_eq!(desk.board.len(), 2);
}

#[test]
fn with_nothing_selected_arrows_move_the_view() {
    let mut desk = Desk::new();
    let before = desk.editor.camera().origin();
    desk.key("ArrowRight");
    let after = desk.editor.camera().origin();
    assert!(after.x > before.x && after.y == before.y);
    assert_eq!(desk.said(), "camera");
}

#[test]
fn what_is_nudged_out_of_its_frame_leaves_it() {
    let mut desk = Desk::new();
    desk.put(ME, boxed(1, Body::Frame, rect(0.0, 0.0, 100.0, 100.0)));
    let mut member = rectangle(2, rect(85.0, 10.0, 20.0, 20.0));
    member.props.set(Prop::Frame(Some(element_id(1))));
    desk.put(ME, member);
    desk.select(&[2]);
    desk.run(Command::NUDGE_FAR_RIGHT);
    assert_eq!(desk.element(2).props.frame(), None);
    desk.run(Command::UNDO);
    assert_eq!(desk.element(2).props.frame(), Some(element_id(1)));
}
