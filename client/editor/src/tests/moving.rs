//! Dragging the selection: the elements that move with it, and snapping.

use shared::id::GroupId;
use shared::model::{Anchor, Body, NewElement, Prop, Transform};
use shared::op::{Guard, Op};
use std::collections::BTreeSet;

use super::rig::{ME, OTHER, Rig, boxed, element_id};
use super::row::*;
use crate::view::overlay::HandleKind;
use crate::{Command, Modifiers, PointerKind};

#[test]
fn a_drag_moves_at_its_end_and_is_one_undo_step() {
    let mut rig = row();
    rig.run(Command::SELECT_ALL);
    rig.log.clear();
    rig.now += 1_000;
    rig.down(150.0, 150.0);
    rig.drag(&[(160.0, 160.0), (170.0, 180.0)]);
    rig.animation_frame();
    assert_eq!(rig.said(), "transform");
    assert_eq!(place(&rig, 1), [100, 100, 100, 100], "not yet");
    let overlay = rig.editor.overlay(rig.now, &rig.board);
    assert_eq!(overlay.transform, Some(Transform::Move([20.0, 30.0])));
    assert_eq!(overlay.transformed.len(), 3);
    rig.animation_frame();
    rig.up(170.0, 180.0);
    assert_eq!(rig.said(), "transform commit(set,set,set) transformed");
    assert_eq!(place(&rig, 3), [520, 130, 100, 100]);
    rig.run(Command::UNDO);
    assert_eq!(place(&rig, 1), [100, 100, 100, 100]);
    assert_eq!(place(&rig, 3), [500, 100, 100, 100]);
}

#[test]
fn a_drag_from_an_unselected_element_moves_that() {
    let mut rig = row();
    rig.click(550.0, 150.0);
    rig.now += 1_000;
    rig.draw(&[(150.0, 150.0), (170.0, 180.0)]);
    assert_eq!(place(&rig, 1), [120, 130, 100, 100]);
    assert_eq!(place(&rig, 3), [500, 100, 100, 100]);
}

#[test]
fn a_pointer_that_trembles_moves_nothing() {
    for (kind, id, slop) in [(PointerKind::Mouse, 1, 3.0), (PointerKind::Touch, 5, 7.0)] {
        let mut rig = row();
        let down = super::rig::pointer(kind, id, 150.0, 150.0, 0);
        rig.send(crate::InputEvent::PointerDown(down));
        rig.drag_as(kind, id, &[(150.0 + slop, 150.0)]);
        let up = super::rig::pointer(kind, id, 150.0 + slop, 150.0, 50);
        rig.send(crate::InputEvent::PointerUp(up));
        assert!(rig.commits().is_empty(), "{kind:?}");
    }
}

#[test]
fn shift_keeps_an_axis_also_while_the_pointer_rests() {
    let mut rig = row();
    rig.down(150.0, 150.0);
    rig.drag(&[(190.0, 160.0)]);
    let moved = |rig: &Rig| rig.editor.overlay(rig.now, &rig.board).transform;
    assert_eq!(moved(&rig), Some(Transform::Move([40.0, 10.0])));
    let mut key = crate::Key {
        key: "Shift".to_owned(),
        modifiers: SHIFT,
        ..crate::Key::default()
    };
    rig.send(crate::InputEvent::KeyDown(key.clone()));
    assert_eq!(moved(&rig), Some(Transform::Move([40.0, 0.0])));
    key.modifiers = Modifiers::default();
    rig.send(crate::InputEvent::KeyUp(key));
    assert_eq!(moved(&rig), Some(Transform::Move([40.0, 10.0])));
}

#[test]
fn escape_cancels_a_move_here_and_for_others() {
    let mut rig = row();
    rig.down(150.0, 150.0);
    rig.drag(&[(190.0, 160.0)]);
    rig.animation_frame();
    rig.key("Escape");
    rig.up(190.0, 160.0);
    assert_eq!(rig.said(), "told[1] transform transformed told[1]");
    assert_eq!(selected(&rig), ids(&[1]));
    assert_eq!(rig.editor.overlay(rig.now, &rig.board).transform, None);
}

#[test]
fn elements_that_others_delete_drop_out_of_a_move_and_other_changes_stay() {
    let mut rig = row();
    rig.run(Command::SELECT_ALL);
    rig.now += 1_000;
    rig.down(150.0, 150.0);
    rig.drag(&[(160.0, 150.0)]);
    let delete = Op::Delete {
        ids: vec![element_id(1)],
    };
    rig.apply(OTHER, vec![delete], Guard::Any);
    set(&mut rig, 2, Prop::Size([50.0, 50.0]));
    set(
        &mut rig,
        2,
        Prop::At(shared::geometry::BoardPoint::new(310.0, 100.0)),
    );
    rig.drag(&[(170.0, 150.0)]);
    rig.up(170.0, 150.0);
    assert_eq!(place(&rig, 2), [330, 100, 50, 50]);
    assert_eq!(place(&rig, 3), [520, 100, 100, 100]);
    assert_eq!(selected(&rig), ids(&[2, 3]));
}

#[test]
fn a_move_of_deleted_elements_commits_nothing() {
    let mut rig = row();
    rig.down(150.0, 150.0);
    rig.drag(&[(160.0, 150.0)]);
    let delete = Op::Delete {
        ids: vec![element_id(1)],
    };
    rig.apply(OTHER, vec![delete], Guard::Any);
    rig.drag(&[(170.0, 150.0)]);
    rig.animation_frame();
    rig.up(170.0, 150.0);
    assert!(rig.commits().is_empty());
    assert!(!rig.editor.is_busy());
}

#[test]
fn with_alt_copies_are_moved() {
    let mut rig = row();
    group(&mut rig, &[1, 2], &[7]);
    rig.click(150.0, 150.0);
    rig.now += 1_000;
    rig.held = ALT;
    rig.down(150.0, 150.0);
    rig.drag(&[(150.0, 260.0), (150.0, 350.0)]);
    rig.animation_frame();
    assert_eq!(rig.drafts().len(), 2);
    let shown: Vec<_> = rig.drafts().iter().map(|draft| draft.id).collect();
    rig.up(150.0, 350.0);
    assert!(
        rig.said().ends_with("commit(put-shape,put-shape) told[2]"),
        "{}",
        rig.said()
    );
    assert_eq!(place(&rig, 1), [100, 100, 100, 100]);
    let copies = selected(&rig);
    assert_eq!(copies, shown.into_iter().collect());
    let groups: BTreeSet<_> = copies
        .iter()
        .map(|id| rig.board.get(*id).unwrap().props.groups())
        .collect();
    assert_eq!(groups.len(), 1, "they are one group");
    assert!(
        !groups.contains(&vec![GroupId::from_bytes([7; 16])]),
        "and another one"
    );
    assert_eq!(rig.board.len(), 5);
    rig.run(Command::UNDO);
    assert_eq!(rig.board.len(), 3);
}

// Frames and lines.

#[test]
fn a_frame_takes_its_contents_along_and_gets_dropped_elements() {
    let mut rig = row();
    let mut frame = boxed(8, Body::Frame, rect(80.0, 300.0, 200.0, 200.0));
    frame
        .props
        .set(Prop::Z(shared::model::OrderKey::below(rig.board.bottom())));
    rig.put(ME, frame);
    let frame_of = |rig: &Rig, number| rig.board.get(element_id(number)).unwrap().props.frame();
    rig.draw(&[(150.0, 150.0), (160.0, 200.0), (180.0, 390.0)]);
    assert_eq!(place(&rig, 1), [130, 340, 100, 100]);
    assert_eq!(frame_of(&rig, 1), Some(element_id(8)));
    // The frame by its edge.
    rig.now += 1_000;
    rig.draw(&[(80.0, 480.0), (90.0, 480.0), (100.0, 490.0)]);
    assert_eq!(place(&rig, 8), [100, 310, 200, 200]);
    assert_eq!(place(&rig, 1), [150, 350, 100, 100]);
    assert_eq!(frame_of(&rig, 1), Some(element_id(8)));
    // And out of it again.
    rig.now += 1_000;
    rig.draw(&[(200.0, 400.0), (200.0, 300.0), (200.0, 200.0)]);
    assert_eq!(frame_of(&rig, 1), None);
    rig.run(Command::UNDO);
    assert_eq!(frame_of(&rig, 1), Some(element_id(8)));
}

/// Drags the lower right corner of the selection to a place.
fn stretch_to(rig: &mut Rig, (x, y): (f64, f64)) {
    rig.now += 1_000;
    let (from_x, from_y) = handle(rig, LOWER_RIGHT);
    rig.down(from_x, from_y);
    rig.drag(&[(x, y)]);
    rig.up(x, y);
}

#[test]
fn elements_enter_and_leave_a_stretched_frame() {
    let mut rig = row();
    rig.put(ME, boxed(8, Body::Frame, rect(80.0, 80.0, 200.0, 200.0)));
    set(&mut rig, 1, Prop::Frame(Some(element_id(8))));
    let frame_of = |rig: &Rig, number| rig.board.get(element_id(number)).unwrap().props.frame();
    rig.click(80.0, 250.0);
    stretch_to(&mut rig, (790.0, 300.0));
    assert_eq!(frame_of(&rig, 1), Some(element_id(8)));
    assert_eq!(frame_of(&rig, 2), Some(element_id(8)), "it lies inside now");
    rig.run(Command::UNDO);
    assert_eq!(frame_of(&rig, 2), None);
    stretch_to(&mut rig, (120.0, 120.0));
    assert_eq!(frame_of(&rig, 1), None, "the frame would hide it");
    rig.run(Command::UNDO);
    assert_eq!(frame_of(&rig, 1), Some(element_id(8)));
}

#[test]
fn a_stretched_frame_leaves_the_members_of_other_frames_alone() {
    let mut rig = row();
    rig.put(ME, boxed(8, Body::Frame, rect(80.0, 80.0, 200.0, 200.0)));
    rig.put(ME, boxed(9, Body::Frame, rect(90.0, 90.0, 350.0, 150.0)));
    set(&mut rig, 1, Prop::Frame(Some(element_id(8))));
    set(&mut rig, 2, Prop::Frame(Some(element_id(9))));
    let frame_of = |rig: &Rig, number| rig.element(number).props.frame();
    rig.click(80.0, 250.0);
    stretch_to(&mut rig, (790.0, 300.0));
    assert_eq!(frame_of(&rig, 2), Some(element_id(9)));
    assert_eq!(frame_of(&rig, 3), Some(element_id(8)));
    rig.run(Command::UNDO);
    stretch_to(&mut rig, (120.0, 120.0));
    assert_eq!(frame_of(&rig, 1), Some(element_id(9)), "it lies there now");
}

#[test]
fn stretching_a_frame_keeps_its_contents_and_turning_turns_them() {
    let mut rig = row();
    rig.put(ME, boxed(8, Body::Frame, rect(80.0, 80.0, 200.0, 200.0)));
    set(&mut rig, 1, Prop::Frame(Some(element_id(8))));
    rig.click(80.0, 250.0);
    assert_eq!(selected(&rig), ids(&[8]));
    rig.now += 1_000;
    let (x, y) = handle(&rig, LOWER_RIGHT);
    rig.down(x, y);
    rig.drag(&[(x + 50.0, y + 60.0)]);
    let lifted = rig.editor.overlay(rig.now, &rig.board).transformed;
    assert!(lifted.iter().eq([&element_id(8)]));
    rig.up(x + 50.0, y + 60.0);
    assert_eq!(place(&rig, 8), [80, 80, 250, 260]);
    assert_eq!(place(&rig, 1), [100, 100, 100, 100]);
    pull(&mut rig, HandleKind::Turn, (40.0, 10.0));
    let angle = |number| rig.board.get(element_id(number)).unwrap().props.angle();
    assert!(angle(8) > 0.1 && (angle(8) - angle(1)).abs() < 1e-6);
}

fn arrow(number: u64, start: Option<u64>, end: Option<u64>) -> NewElement {
    let anchor = |number: Option<u64>| {
        number.map(|number| Anchor {
            to: element_id(number),
            at: [0.5, 0.5],
        })
    };
    let mut new = boxed(number, Body::Line, rect(150.0, 150.0, 0.0, 0.0));
    new.props.set(Prop::Size([0.0, 0.0]));
    new.props.set(Prop::Points(vec![[0.0, 0.0], [200.0, 0.0]]));
    new.props.set(Prop::Start(anchor(start)));
    new.props.set(Prop::End(anchor(end)));
    new
}

#[test]
fn a_line_between_moved_elements_goes_along_and_a_line_alone_is_unbound() {
    let mut rig = row();
    rig.put(ME, arrow(8, Some(1), Some(2)));
    let ends = |rig: &Rig| {
        let line = rig.board.get(element_id(8)).unwrap().clone();
        let points = shared::model::layout::line_points(&rig.board, &line);
        let rounded = points
            .into_iter()
            .map(|at| (at.x.round() as i64, at.y.round() as i64));
        (rounded.collect::<Vec<_>>(), line.props.start().is_some())
    };
    let (before, _) = ends(&rig);
    rig.click(150.0, 120.0);
    rig.held = SHIFT;
    rig.click(350.0, 120.0);
    rig.held = Modifiers::default();
    rig.now += 1_000;
    rig.draw(&[(150.0, 120.0), (150.0, 140.0), (150.0, 220.0)]);
    let (after, held) = ends(&rig);
    let down = |at: &(i64, i64)| (at.0, at.1 + 100);
    assert_eq!(after, before.iter().map(down).collect::<Vec<_>>());
    assert!(held);
    // Alone, by its middle.
    rig.click(20.0, 20.0);
    rig.now += 1_000;
    rig.draw(&[(260.0, 250.0), (260.0, 280.0), (260.0, 450.0)]);
    let (alone, held) = ends(&rig);
    let further = |at: &(i64, i64)| (at.0, at.1 + 200);
    assert_eq!(alone, after.iter().map(further).collect::<Vec<_>>());
    assert!(!held);
}

#[test]
fn points_of_a_line_are_dragged_added_and_deleted() {
    let mut rig = row();
    let mut free = arrow(8, None, None);
    free.props
        .set(Prop::At(shared::geometry::BoardPoint::new(100.0, 400.0)));
    rig.put(ME, free);
    let points = |rig: &Rig| {
        let line = rig.board.get(element_id(8)).unwrap().clone();
        let points = shared::model::layout::line_points(&rig.board, &line);
        points
            .into_iter()
            .map(|at| (at.x, at.y))
            .collect::<Vec<_>>()
    };
    rig.click(130.0, 400.0);
    rig.log.clear();
    pull(&mut rig, HandleKind::Middle(0), (0.0, 60.0));
    assert_eq!(
        points(&rig),
        [(100.0, 400.0), (200.0, 460.0), (300.0, 400.0)]
    );
    pull(&mut rig, HandleKind::Point(2), (50.0, 60.0));
    assert_eq!(points(&rig)[2], (350.0, 460.0));
    // An end that is dropped on an element is bound to it.
    pull(&mut rig, HandleKind::Point(2), (0.0, -310.0));
    let line = rig.board.get(element_id(8)).unwrap();
    assert_eq!(
        line.props.end().map(|anchor| anchor.to),
        Some(element_id(2))
    );
    double_click(&mut rig, 200.0, 460.0);
    assert_eq!(points(&rig).len(), 2);
    rig.run(Command::UNDO);
    assert_eq!(points(&rig).len(), 3);
}

// Snapping.

#[test]
fn moved_elements_snap_to_near_ones_unless_ctrl_is_held() {
    let mut rig = row();
    let mut prefs = *rig.editor.prefs();
    prefs.snap = true;
    rig.editor.set_prefs(prefs);
    rig.down(350.0, 150.0);
    rig.drag(&[(350.0, 250.0), (153.0, 352.0)]);
    let overlay = rig.editor.overlay(rig.now, &rig.board);
    assert_eq!(overlay.transform, Some(Transform::Move([-200.0, 202.0])));
    assert!(!overlay.guides.is_empty());
    rig.held = CTRL;
    rig.drag(&[(153.0, 352.0)]);
    let overlay = rig.editor.overlay(rig.now, &rig.board);
    assert_eq!(overlay.transform, Some(Transform::Move([-197.0, 202.0])));
    assert!(overlay.guides.is_empty());
}

#[test]
fn moved_and_stretched_elements_snap_to_the_grid() {
    let mut rig = row();
    let mut prefs = *rig.editor.prefs();
    prefs.grid = true;
    rig.editor.set_prefs(prefs);
    rig.draw(&[(150.0, 150.0), (158.0, 150.0), (167.0, 144.0)]);
    assert_eq!(place(&rig, 1), [120, 100, 100, 100]);
    pull(&mut rig, RIGHT, (27.0, 0.0));
    assert_eq!(place(&rig, 1), [120, 100, 120, 100]);
}
