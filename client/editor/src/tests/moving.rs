//! Dragging what is selected: where it goes, what goes along, what it keeps to.

use shared::id::GroupId;
use shared::model::{Anchor, Body, NewElement, Prop, Transform};
use shared::op::{Guard, Op};
use std::collections::BTreeSet;

use super::desk::{Desk, ME, OTHER, boxed, element_id};
use super::row::*;
use crate::view::overlay::HandleKind;
use crate::{Command, Modifiers, PointerKind};

#[test]
fn a_drag_moves_at_its_end_and_is_one_undo_step() {
    let mut desk = row();
    desk.run(Command::SELECT_ALL);
    desk.log.clear();
    desk.now += 1_000;
    desk.down(150.0, 150.0);
    desk.drag(&[(160.0, 160.0), (170.0, 180.0)]);
    desk.frame();
    assert_eq!(desk.said(), "transform");
    assert_eq!(place(&desk, 1), [100, 100, 100, 100], "not yet");
    let overlay = desk.editor.overlay(desk.now, &desk.board);
    assert_eq!(overlay.transform, Some(Transform::Move([20.0, 30.0])));
    assert_eq!(overlay.lifted.len(), 3);
    desk.frame();
    desk.up(170.0, 180.0);
    assert_eq!(desk.said(), "transform commit(set,set,set) transformed");
    assert_eq!(place(&desk, 3), [520, 130, 100, 100]);
    desk.run(Command::UNDO);
    assert_eq!(place(&desk, 1), [100, 100, 100, 100]);
    assert_eq!(place(&desk, 3), [500, 100, 100, 100]);
}

#[test]
fn a_drag_from_something_that_is_not_selected_moves_that() {
    let mut desk = row();
    desk.click(550.0, 150.0);
    desk.now += 1_000;
    desk.draw(&[(150.0, 150.0), (170.0, 180.0)]);
    assert_eq!(place(&desk, 1), [120, 130, 100, 100]);
    assert_eq!(place(&desk, 3), [500, 100, 100, 100]);
}

#[test]
fn a_pointer_that_trembles_moves_nothing() {
    for (kind, id, slop) in [(PointerKind::Mouse, 1, 3.0), (PointerKind::Touch, 5, 7.0)] {
        let mut desk = row();
        let down = super::desk::pointer(kind, id, 150.0, 150.0, 0);
        desk.send(crate::InputEvent::PointerDown(down));
        desk.drag_as(kind, id, &[(150.0 + slop, 150.0)]);
        let up = super::desk::pointer(kind, id, 150.0 + slop, 150.0, 50);
        desk.send(crate::InputEvent::PointerUp(up));
        assert!(desk.commits().is_empty(), "{kind:?}");
    }
}

#[test]
fn shift_keeps_an_axis_also_while_the_pointer_rests() {
    let mut desk = row();
    desk.down(150.0, 150.0);
    desk.drag(&[(190.0, 160.0)]);
    let moved = |desk: &Desk| desk.editor.overlay(desk.now, &desk.board).transform;
    assert_eq!(moved(&desk), Some(Transform::Move([40.0, 10.0])));
    let mut key = crate::Key {
        key: "Shift".to_owned(),
        modifiers: SHIFT,
        ..crate::Key::default()
    };
    desk.send(crate::InputEvent::KeyDown(key.clone()));
    assert_eq!(moved(&desk), Some(Transform::Move([40.0, 0.0])));
    key.modifiers = Modifiers::default();
    desk.send(crate::InputEvent::KeyUp(key));
    assert_eq!(moved(&desk), Some(Transform::Move([40.0, 10.0])));
}

#[test]
fn escape_gives_a_move_up_here_and_for_others() {
    let mut desk = row();
    desk.down(150.0, 150.0);
    desk.drag(&[(190.0, 160.0)]);
    desk.frame();
    desk.key("Escape");
    desk.up(190.0, 160.0);
    assert_eq!(desk.said(), "told[1] transform transformed told[1]");
    assert_eq!(selected(&desk), ids(&[1]));
    assert_eq!(desk.editor.overlay(desk.now, &desk.board).transform, None);
}

#[test]
fn what_others_delete_drops_out_of_a_move_and_what_they_change_stays() {
    let mut desk = row();
    desk.run(Command::SELECT_ALL);
    desk.now += 1_000;
    desk.down(150.0, 150.0);
    desk.drag(&[(160.0, 150.0)]);
    let delete = Op::Delete {
        ids: vec![element_id(1)],
    };
    desk.apply(OTHER, vec![delete], Guard::Any);
    set(&mut desk, 2, Prop::Size([50.0, 50.0]));
    set(
        &mut desk,
        2,
        Prop::At(shared::geometry::BoardPoint::new(310.0, 100.0)),
    );
    desk.drag(&[(170.0, 150.0)]);
    desk.up(170.0, 150.0);
    assert_eq!(place(&desk, 2), [330, 100, 50, 50]);
    assert_eq!(place(&desk, 3), [520, 100, 100, 100]);
    assert_eq!(selected(&desk), ids(&[2, 3]));
}

#[test]
fn a_move_of_what_is_all_gone_ends_in_nothing() {
    let mut desk = row();
    desk.down(150.0, 150.0);
    desk.drag(&[(160.0, 150.0)]);
    let delete = Op::Delete {
        ids: vec![element_id(1)],
    };
    desk.apply(OTHER, vec![delete], Guard::Any);
    desk.drag(&[(170.0, 150.0)]);
    desk.frame();
    desk.up(170.0, 150.0);
    assert!(desk.commits().is_empty());
    assert!(!desk.editor.is_busy());
}

#[test]
fn with_alt_copies_are_moved() {
    let mut desk = row();
    group(&mut desk, &[1, 2], &[7]);
    desk.click(150.0, 150.0);
    desk.now += 1_000;
    desk.held = ALT;
    desk.down(150.0, 150.0);
    desk.drag(&[(150.0, 260.0), (150.0, 350.0)]);
    desk.frame();
    assert_eq!(desk.drafts().len(), 2);
    let shown: Vec<_> = desk.drafts().iter().map(|draft| draft.id).collect();
    desk.up(150.0, 350.0);
    assert!(
        desk.said().ends_with("commit(put-shape,put-shape) told[2]"),
        "{}",
        desk.said()
    );
    assert_eq!(place(&desk, 1), [100, 100, 100, 100]);
    let copies = selected(&desk);
    assert_eq!(copies, shown.into_iter().collect());
    let groups: BTreeSet<_> = copies
        .iter()
        .map(|id| desk.board.get(*id).unwrap().props.groups())
        .collect();
    assert_eq!(groups.len(), 1, "they are one group");
    assert!(
        !groups.contains(&vec![GroupId::from_bytes([7; 16])]),
        "and another one"
    );
    assert_eq!(desk.board.len(), 5);
    desk.run(Command::UNDO);
    assert_eq!(desk.board.len(), 3);
}

// Frames and lines.

#[test]
fn a_frame_takes_its_members_along_and_what_is_dropped_in_it_becomes_one() {
    let mut desk = row();
    let mut frame = boxed(8, Body::Frame, rect(80.0, 300.0, 200.0, 200.0));
    frame
        .props
        .set(Prop::Z(shared::model::OrderKey::below(desk.board.bottom())));
    desk.put(ME, frame);
    let frame_of = |desk: &Desk, number| desk.board.get(element_id(number)).unwrap().props.frame();
    desk.draw(&[(150.0, 150.0), (160.0, 200.0), (180.0, 390.0)]);
    assert_eq!(place(&desk, 1), [130, 340, 100, 100]);
    assert_eq!(frame_of(&desk, 1), Some(element_id(8)));
    // The frame by its edge.
    desk.now += 1_000;
    desk.draw(&[(80.0, 480.0), (90.0, 480.0), (100.0, 490.0)]);
    assert_eq!(place(&desk, 8), [100, 310, 200, 200]);
    assert_eq!(place(&desk, 1), [150, 350, 100, 100]);
    assert_eq!(frame_of(&desk, 1), Some(element_id(8)));
    // And out of it again.
    desk.now += 1_000;
    desk.draw(&[(200.0, 400.0), (200.0, 300.0), (200.0, 200.0)]);
    assert_eq!(frame_of(&desk, 1), None);
    desk.run(Command::UNDO);
    assert_eq!(frame_of(&desk, 1), Some(element_id(8)));
}

#[test]
fn a_frame_that_is_stretched_does_not_stretch_what_is_in_it_but_turns_it() {
    let mut desk = row();
    desk.put(ME, boxed(8, Body::Frame, rect(80.0, 80.0, 200.0, 200.0)));
    set(&mut desk, 1, Prop::Frame(Some(element_id(8))));
    desk.click(80.0, 250.0);
    assert_eq!(selected(&desk), ids(&[8]));
    desk.now += 1_000;
    let (x, y) = handle(&desk, LOWER_RIGHT);
    desk.down(x, y);
    desk.drag(&[(x + 50.0, y + 60.0)]);
    let lifted = desk.editor.overlay(desk.now, &desk.board).lifted;
    assert_eq!(lifted, [element_id(8)]);
    desk.up(x + 50.0, y + 60.0);
    assert_eq!(place(&desk, 8), [80, 80, 250, 260]);
    assert_eq!(place(&desk, 1), [100, 100, 100, 100]);
    pull(&mut desk, HandleKind::Turn, (40.0, 10.0));
    let angle = |number| desk.board.get(element_id(number)).unwrap().props.angle();
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
fn a_line_between_what_is_moved_goes_along_and_a_line_alone_lets_go() {
    let mut desk = row();
    desk.put(ME, arrow(8, Some(1), Some(2)));
    let ends = |desk: &Desk| {
        let line = desk.board.get(element_id(8)).unwrap().clone();
        let points = shared::model::place::line_points(&desk.board, &line);
        let rounded = points
            .into_iter()
            .map(|at| (at.x.round() as i64, at.y.round() as i64));
        (rounded.collect::<Vec<_>>(), line.props.start().is_some())
    };
    let (before, _) = ends(&desk);
    desk.click(150.0, 120.0);
    desk.held = SHIFT;
    desk.click(350.0, 120.0);
    desk.held = Modifiers::default();
    desk.now += 1_000;
    desk.draw(&[(150.0, 120.0), (150.0, 140.0), (150.0, 220.0)]);
    let (after, held) = ends(&desk);
    let down = |at: &(i64, i64)| (at.0, at.1 + 100);
    assert_eq!(after, before.iter().map(down).collect::<Vec<_>>());
    assert!(held);
    // Alone, by its middle.
    desk.click(20.0, 20.0);
    desk.now += 1_000;
    desk.draw(&[(260.0, 250.0), (260.0, 280.0), (260.0, 450.0)]);
    let (alone, held) = ends(&desk);
    let further = |at: &(i64, i64)| (at.0, at.1 + 200);
    assert_eq!(alone, after.iter().map(further).collect::<Vec<_>>());
    assert!(!held);
}

#[test]
fn points_of_a_line_are_dragged_made_and_taken_away() {
    let mut desk = row();
    let mut free = arrow(8, None, None);
    free.props
        .set(Prop::At(shared::geometry::BoardPoint::new(100.0, 400.0)));
    desk.put(ME, free);
    let points = |desk: &Desk| {
        let line = desk.board.get(element_id(8)).unwrap().clone();
        let points = shared::model::place::line_points(&desk.board, &line);
        points
            .into_iter()
            .map(|at| (at.x, at.y))
            .collect::<Vec<_>>()
    };
    desk.click(130.0, 400.0);
    desk.log.clear();
    pull(&mut desk, HandleKind::Middle(0), (0.0, 60.0));
    assert_eq!(
        points(&desk),
        [(100.0, 400.0), (200.0, 460.0), (300.0, 400.0)]
    );
    pull(&mut desk, HandleKind::Point(2), (50.0, 60.0));
    assert_eq!(points(&desk)[2], (350.0, 460.0));
    // An end that is dropped on something holds on to it.
    pull(&mut desk, HandleKind::Point(2), (0.0, -310.0));
    let line = desk.board.get(element_id(8)).unwrap();
    assert_eq!(
        line.props.end().map(|anchor| anchor.to),
        Some(element_id(2))
    );
    double_click(&mut desk, 200.0, 460.0);
    assert_eq!(points(&desk).len(), 2);
    desk.run(Command::UNDO);
    assert_eq!(points(&desk).len(), 3);
}

// Keeping to something.

#[test]
fn what_is_moved_keeps_to_what_is_near_unless_ctrl_is_held() {
    let mut desk = row();
    let mut prefs = *desk.editor.prefs();
    prefs.snap = true;
    desk.editor.set_prefs(prefs);
    desk.down(350.0, 150.0);
    desk.drag(&[(350.0, 250.0), (153.0, 352.0)]);
    let overlay = desk.editor.overlay(desk.now, &desk.board);
    assert_eq!(overlay.transform, Some(Transform::Move([-200.0, 202.0])));
    assert!(!overlay.guides.is_empty());
    desk.held = CTRL;
    desk.drag(&[(153.0, 352.0)]);
    let overlay = desk.editor.overlay(desk.now, &desk.board);
    assert_eq!(overlay.transform, Some(Transform::Move([-197.0, 202.0])));
    assert!(overlay.guides.is_empty());
}

#[test]
fn what_is_moved_or_stretched_keeps_to_the_grid() {
    let mut desk = row();
    let mut prefs = *desk.editor.prefs();
    prefs.grid = true;
    desk.editor.set_prefs(prefs);
    desk.draw(&[(150.0, 150.0), (158.0, 150.0), (167.0, 144.0)]);
    assert_eq!(place(&desk, 1), [120, 100, 100, 100]);
    pull(&mut desk, RIGHT, (27.0, 0.0));
    assert_eq!(place(&desk, 1), [120, 100, 120, 100]);
}
