//! The eraser: whole elements, and parts of strokes.

use shared::geometry::{BoardPoint, BoardRect, InkPoint};
use shared::id::GroupId;
use shared::model::layout::visible_ink;
use shared::model::{Body, ErasedRange, Outline, Prop};
use shared::op::{Guard, Op};

use super::rig::{ME, OTHER, Rig, element_id, line, shape};
use crate::input::{InputEvent, PointerId};
use crate::{Prefs, ToolKind};

/// Three lines one below the other, at y = 100, 200, 300.
fn three_lines() -> Rig {
    let mut rig = Rig::new();
    for (number, y) in [(1, 100.0), (2, 200.0), (3, 300.0)] {
        rig.put(OTHER, line(number, (100.0, y), (300.0, y)));
    }
    rig.pick(ToolKind::Eraser);
    rig.log.clear();
    rig
}

#[test]
fn swept_elements_are_deleted_when_the_eraser_is_lifted() {
    let mut rig = three_lines();
    rig.down(150.0, 50.0);
    rig.drag(&[(150.0, 220.0)]);
    assert_eq!(rig.editor.erasing().iter().count(), 2);
    assert_eq!(rig.board.len(), 3);
    rig.up(150.0, 220.0);
    assert_eq!(rig.said(), "commit(delete)");
    assert!(rig.board.get(element_id(3)).is_some() && rig.board.len() == 1);
    assert!(rig.editor.erasing().is_empty());
}

#[test]
fn a_fast_sweep_misses_nothing_in_between() {
    let mut rig = three_lines();
    rig.down(150.0, 0.0);
    rig.up(150.0, 590.0);
    assert!(rig.board.is_empty());
}

#[test]
fn it_goes_around_corners() {
    let mut rig = three_lines();
    rig.down(150.0, 50.0);
    rig.drag(&[(400.0, 50.0), (400.0, 250.0)]);
    rig.drag(&[(320.0, 250.0)]);
    assert!(rig.editor.erasing().is_empty());
}

#[test]
fn it_erases_as_far_as_its_cursor_shows() {
    for (y, erased) in [(87.5, 0), (88.5, 1)] {
        // The line is 2 units thick on each side, the eraser 10.
        let mut rig = three_lines();
        rig.down(200.0, y);
        assert_eq!(rig.editor.erasing().len(), erased, "at {y}");
    }
}

#[test]
fn it_is_as_large_on_the_screen_at_any_zoom() {
    let mut rig = three_lines();
    let camera = *rig.editor.camera();
    rig.editor
        .set_camera(camera.zoomed_about(shared::geometry::ScreenPoint::default(), 0.1));
    rig.down(20.0, 2.0);
    assert_eq!(rig.editor.erasing().len(), 1);
}

#[test]
fn cancelling_keeps_everything() {
    let mut rig = three_lines();
    rig.down(150.0, 100.0);
    rig.key("Escape");
    assert!(rig.editor.erasing().is_empty());
    rig.up(150.0, 100.0);
    rig.down(150.0, 100.0);
    rig.send(InputEvent::PointerCancel(PointerId(1)));
    assert_eq!((rig.board.len(), rig.said().as_str()), (3, ""));
}

#[test]
fn elements_that_others_deleted_are_not_deleted_again() {
    let mut rig = three_lines();
    rig.down(150.0, 100.0);
    rig.apply(
        OTHER,
        vec![Op::Delete {
            ids: vec![element_id(1)],
        }],
        Guard::Any,
    );
    rig.up(150.0, 100.0);
    assert_eq!(rig.said(), "");
}

#[test]
fn many_elements_are_erased_in_few_commits_and_one_undo_restores_them() {
    let mut rig = Rig::new();
    for number in 0..2_500 {
        rig.put(ME, line(number, (100.0, 100.0), (110.0, 100.0)));
    }
    rig.pick(ToolKind::Eraser);
    rig.down(105.0, 100.0);
    rig.up(105.0, 100.0);
    assert!(rig.board.is_empty());
    let deleted: Vec<usize> = rig.commits().iter().map(|ops| ops.len()).collect();
    assert_eq!(deleted, [1, 1, 1], "a thousand ids in each");
    rig.run(crate::Command::UNDO);
    assert_eq!(rig.board.len(), 2_500);
    rig.run(crate::Command::REDO);
    assert!(rig.board.is_empty());
}

/// The same lines, and an eraser that takes parts of them.
fn erasing_parts() -> Rig {
    let mut rig = three_lines();
    rig.editor.set_prefs(Prefs {
        erase_parts: true,
        ..Prefs::default()
    });
    rig
}

/// Where ink of a stroke shows, from left to right.
fn shown(rig: &Rig, number: u64) -> Vec<(f64, f64)> {
    let element = rig.board.get(element_id(number)).expect("it is there");
    let ends = |piece: &Vec<InkPoint>| (piece[0].x.round(), piece[piece.len() - 1].x.round());
    visible_ink(element).iter().map(ends).collect()
}

fn set(rig: &mut Rig, number: u64, prop: Prop) {
    let id = element_id(number);
    rig.apply(OTHER, vec![Op::Set { id, prop }], Guard::Any);
}

#[test]
fn erasing_a_part_keeps_the_rest() {
    let mut rig = erasing_parts();
    rig.down(200.0, 60.0);
    rig.drag(&[(200.0, 150.0)]);
    let erased = rig.editor.overlay(0, &rig.board).erased_ranges;
    assert_eq!((erased.len(), erased[0].0), (1, element_id(1)));
    assert_eq!(shown(&rig, 1), [(100.0, 300.0)], "not before it is lifted");
    rig.up(200.0, 150.0);
    assert_eq!(rig.said(), "commit(cut)");
    // 10 units of the eraser and 2 of the ink to both sides.
    assert_eq!(shown(&rig, 1), [(100.0, 188.0), (212.0, 300.0)]);
    assert_eq!(shown(&rig, 2), [(100.0, 300.0)]);
    assert!(rig.editor.overlay(0, &rig.board).erased_ranges.is_empty());
}

#[test]
fn one_undo_restores_an_erased_part() {
    let mut rig = erasing_parts();
    rig.draw(&[(200.0, 60.0), (200.0, 340.0)]);
    assert_eq!(rig.said(), "commit(cut,cut,cut)");
    rig.run(crate::Command::UNDO);
    assert_eq!(
        [shown(&rig, 1), shown(&rig, 3)],
        [[(100.0, 300.0)], [(100.0, 300.0)]]
    );
    rig.run(crate::Command::REDO);
    assert_eq!(shown(&rig, 1).len(), 2);
}

#[test]
fn cancelling_erases_no_parts() {
    let mut rig = erasing_parts();
    rig.down(200.0, 100.0);
    rig.key("Escape");
    rig.up(200.0, 100.0);
    assert_eq!(rig.said(), "");
    assert_eq!(shown(&rig, 1), [(100.0, 300.0)]);
    assert!(rig.editor.overlay(0, &rig.board).erased_ranges.is_empty());
}

#[test]
fn two_people_erase_the_same_stroke_and_each_undoes_only_their_own_part() {
    let mut rig = erasing_parts();
    rig.draw(&[(180.0, 60.0), (180.0, 140.0)]);
    let spans: Vec<ErasedRange> = vec![[0.45, 0.75]];
    let id = element_id(1);
    rig.apply(OTHER, vec![Op::Erase { id, spans }], Guard::Any);
    assert_eq!(shown(&rig, 1), [(100.0, 168.0), (250.0, 300.0)]);
    rig.run(crate::Command::UNDO);
    assert_eq!(shown(&rig, 1), [(100.0, 190.0), (250.0, 300.0)]);
}

#[test]
fn erased_ranges_are_not_erased_again() {
    let mut rig = erasing_parts();
    rig.draw(&[(200.0, 60.0), (200.0, 140.0)]);
    rig.log.clear();
    rig.draw(&[(200.0, 60.0), (200.0, 140.0)]);
    assert_eq!(rig.said(), "");
}

#[test]
fn a_stroke_without_visible_parts_is_deleted() {
    let mut rig = erasing_parts();
    rig.draw(&[(90.0, 100.0), (200.0, 100.0), (310.0, 100.0)]);
    assert_eq!(rig.said(), "commit(delete)");
    let mut twice = erasing_parts();
    twice.draw(&[(90.0, 100.0), (200.0, 100.0)]);
    twice.draw(&[(180.0, 100.0), (310.0, 100.0)]);
    assert_eq!(twice.said(), "commit(cut) commit(delete)");
    twice.run(crate::Command::UNDO);
    assert_eq!(shown(&twice, 1), [(212.0, 300.0)]);
}

#[test]
fn short_remnants_are_erased_too() {
    let mut rig = erasing_parts();
    // Leaves the last unit of the line at both ends, and one between two sweeps.
    rig.draw(&[(113.0, 60.0), (113.0, 140.0), (138.0, 140.0), (138.0, 60.0)]);
    assert_eq!(shown(&rig, 1), [(150.0, 300.0)]);
}

#[test]
fn dots_and_other_elements_are_deleted_as_a_whole() {
    let mut rig = erasing_parts();
    rig.put(OTHER, line(8, (500.0, 100.0), (500.0, 100.0)));
    let rect = BoardRect::new(480.0, 200.0, 520.0, 240.0);
    rig.put(OTHER, shape(9, Outline::Rectangle, rect));
    rig.draw(&[(500.0, 90.0), (500.0, 205.0)]);
    assert_eq!(rig.said(), "commit(delete)");
    assert_eq!(rig.board.len(), 3);
}

#[test]
fn grouped_strokes_are_deleted_as_a_whole() {
    let mut rig = erasing_parts();
    set(
        &mut rig,
        1,
        Prop::Groups(vec![GroupId::from_bytes([7; 16])]),
    );
    rig.draw(&[(200.0, 60.0), (200.0, 140.0)]);
    assert_eq!(rig.said(), "commit(delete)");
}

#[test]
fn locked_elements_are_not_erased() {
    for mut rig in [three_lines(), erasing_parts()] {
        set(&mut rig, 1, Prop::Locked(true));
        rig.draw(&[(200.0, 60.0), (200.0, 140.0)]);
        assert_eq!((rig.said().as_str(), rig.board.len()), ("", 3));
    }
}

#[test]
fn erased_parts_move_with_a_stroke_that_another_user_moves() {
    let mut rig = erasing_parts();
    rig.down(200.0, 100.0);
    set(&mut rig, 1, Prop::At(BoardPoint::new(0.0, 40.0)));
    rig.drag(&[(240.0, 100.0)]);
    rig.drag(&[(240.0, 140.0)]);
    rig.up(240.0, 140.0);
    assert_eq!(
        shown(&rig, 1),
        [(100.0, 188.0), (212.0, 228.0), (252.0, 300.0)]
    );
}

#[test]
fn curved_ink_is_erased_where_the_eraser_was() {
    let mut rig = erasing_parts();
    rig.pick(ToolKind::Pen);
    let way: Vec<(f64, f64)> = super::pen::wave(130, 100);
    rig.draw(&way);
    let id = rig.newest().id;
    let (x, y) = way[50];
    rig.pick(ToolKind::Eraser);
    rig.click(x, y);
    let element = rig.board.get(id).unwrap();
    let Body::Stroke(stroke) = &element.body else {
        panic!()
    };
    assert_eq!(stroke.erased.len(), 1);
    let at = BoardPoint::new(x, y);
    let nearest = visible_ink(element)
        .iter()
        .flatten()
        .map(|point| point.position().distance(at))
        .fold(f64::INFINITY, f64::min);
    // The eraser and half of the ink, as thick or thin as the hand made it.
    assert!((10.2..15.0).contains(&nearest), "{nearest}");
}
