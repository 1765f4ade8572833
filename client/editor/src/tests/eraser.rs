//! What the eraser takes away.

use shared::op::{Guard, Op};

use super::desk::{Desk, ME, OTHER, element_id, line};
use crate::ToolKind;
use crate::input::InputEvent;
use crate::input::PointerId;

/// Three lines one below the other, at y = 100, 200, 300.
fn lined() -> Desk {
    let mut desk = Desk::new();
    for (number, y) in [(1, 100.0), (2, 200.0), (3, 300.0)] {
        desk.put(OTHER, line(number, (100.0, y), (300.0, y)));
    }
    desk.pick(ToolKind::Eraser);
    desk.log.clear();
    desk
}

#[test]
fn what_it_sweeps_over_goes_when_it_is_lifted() {
    let mut desk = lined();
    desk.down(150.0, 50.0);
    desk.drag(&[(150.0, 220.0)]);
    assert_eq!(desk.editor.erasing().iter().count(), 2);
    assert_eq!(desk.board.len(), 3);
    desk.up(150.0, 220.0);
    assert_eq!(desk.said(), "commit(delete)");
    assert!(desk.board.get(element_id(3)).is_some() && desk.board.len() == 1);
    assert!(desk.editor.erasing().is_empty());
}

#[test]
fn one_long_hop_misses_nothing_in_between() {
    let mut desk = lined();
    desk.down(150.0, 0.0);
    desk.up(150.0, 590.0);
    assert!(desk.board.is_empty());
}

#[test]
fn it_goes_around_corners() {
    let mut desk = lined();
    desk.down(150.0, 50.0);
    desk.drag(&[(400.0, 50.0), (400.0, 250.0)]);
    desk.drag(&[(320.0, 250.0)]);
    assert!(desk.editor.erasing().is_empty());
}

#[test]
fn it_reaches_as_far_as_it_looks() {
    for (y, erased) in [(87.5, 0), (88.5, 1)] {
        // The line is 2 units thick on each side, the eraser 10.
        let mut desk = lined();
        desk.down(200.0, y);
        assert_eq!(desk.editor.erasing().len(), erased, "at {y}");
    }
}

#[test]
fn it_is_as_large_on_the_screen_at_any_zoom() {
    let mut desk = lined();
    let camera = *desk.editor.camera();
    desk.editor
        .set_camera(camera.zoomed_about(shared::geometry::ScreenPoint::default(), 0.1));
    desk.down(20.0, 2.0);
    assert_eq!(desk.editor.erasing().len(), 1);
}

#[test]
fn giving_up_keeps_everything() {
    let mut desk = lined();
    desk.down(150.0, 100.0);
    desk.key("Escape");
    assert!(desk.editor.erasing().is_empty());
    desk.up(150.0, 100.0);
    desk.down(150.0, 100.0);
    desk.send(InputEvent::PointerCancel(PointerId(1)));
    assert_eq!((desk.board.len(), desk.said().as_str()), (3, ""));
}

#[test]
fn what_others_deleted_meanwhile_is_not_deleted_again() {
    let mut desk = lined();
    desk.down(150.0, 100.0);
    desk.apply(
        OTHER,
        vec![Op::Delete {
            ids: vec![element_id(1)],
        }],
        Guard::Any,
    );
    desk.up(150.0, 100.0);
    assert_eq!(desk.said(), "");
}

#[test]
fn a_crowd_goes_in_few_commits_and_comes_back_with_one_undo() {
    let mut desk = Desk::new();
    for number in 0..2_500 {
        desk.put(ME, line(number, (100.0, 100.0), (110.0, 100.0)));
    }
    desk.pick(ToolKind::Eraser);
    desk.down(105.0, 100.0);
    desk.up(105.0, 100.0);
    assert!(desk.board.is_empty());
    assert_eq!(desk.commits().len(), 1);
    assert_eq!(desk.commits()[0].len(), 3);
    desk.run(crate::Action::Undo);
    assert_eq!(desk.board.len(), 2_500);
    desk.run(crate::Action::Redo);
    assert!(desk.board.is_empty());
}
