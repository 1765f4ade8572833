//! Moving the selection by arrow keys.

use shared::model::{Body, Prop};

use super::arrange::{corner, rig};
use super::commands::{rect, rectangle};
use super::rig::{ME, Rig, boxed, element_id};
use crate::Command;

#[test]
fn arrow_keys_move_the_selection_by_screen_pixels() {
    let mut rig = rig(&[rect(100.0, 100.0, 50.0, 50.0)]);
    rig.key("ArrowRight");
    rig.run(Command::NUDGE_FAR_UP);
    assert_eq!(corner(&rig, 1), (101.0, 90.0));
    rig.run(Command::ZOOM_OUT);
    rig.key("ArrowLeft");
    assert_eq!(corner(&rig, 1), (99.75, 90.0));
}

#[test]
fn with_the_grid_arrow_keys_move_from_line_to_line() {
    let mut rig = rig(&[rect(103.0, 100.0, 50.0, 50.0)]);
    rig.run(Command::TOGGLE_GRID);
    for (key, at) in [
        ("ArrowRight", (120.0, 100.0)),
        ("ArrowRight", (140.0, 100.0)),
        ("ArrowUp", (140.0, 80.0)),
        ("ArrowLeft", (120.0, 80.0)),
    ] {
        rig.key(key);
        assert_eq!(corner(&rig, 1), at, "{key}");
    }
    rig.run(Command::NUDGE_FAR_LEFT);
    assert_eq!(corner(&rig, 1), (20.0, 80.0));
}

#[test]
fn quick_nudges_are_undone_as_one() {
    let mut rig = rig(&[rect(0.0, 0.0, 50.0, 50.0)]);
    for _ in 0..5 {
        rig.key("ArrowRight");
        rig.now += 300;
    }
    rig.now += 2_000;
    rig.key("ArrowRight");
    assert_eq!(corner(&rig, 1), (6.0, 0.0));
    rig.run(Command::UNDO);
    assert_eq!(corner(&rig, 1), (5.0, 0.0));
    rig.run(Command::UNDO);
    assert_eq!(corner(&rig, 1), (0.0, 0.0));
}

#[test]
fn a_nudge_does_not_join_a_step_that_was_undone_or_is_older() {
    let mut rig = rig(&[rect(0.0, 0.0, 50.0, 50.0)]);
    rig.key("ArrowRight");
    rig.run(Command::DUPLICATE);
    rig.select(&[1]);
    rig.key("ArrowRight");
    rig.run(Command::UNDO);
    assert_eq!(corner(&rig, 1), (1.0, 0.0));
    assert_eq!(rig.board.len(), 2);
}

#[test]
fn without_a_selection_arrow_keys_move_the_view() {
    let mut rig = Rig::new();
    let before = rig.editor.camera().origin();
    rig.key("ArrowRight");
    let after = rig.editor.camera().origin();
    assert!(after.x > before.x && after.y == before.y);
    assert_eq!(rig.said(), "camera");
}

#[test]
fn an_element_nudged_out_of_its_frame_leaves_it() {
    let mut rig = Rig::new();
    rig.put(ME, boxed(1, Body::Frame, rect(0.0, 0.0, 100.0, 100.0)));
    let mut member = rectangle(2, rect(85.0, 10.0, 20.0, 20.0));
    member.props.set(Prop::Frame(Some(element_id(1))));
    rig.put(ME, member);
    rig.select(&[2]);
    rig.run(Command::NUDGE_FAR_RIGHT);
    assert_eq!(rig.element(2).props.frame(), None);
    rig.run(Command::UNDO);
    assert_eq!(rig.element(2).props.frame(), Some(element_id(1)));
}
