//! What the eraser takes away: whole elements, and parts of strokes.

use shared::geometry::{BoardPoint, BoardRect, InkPoint};
use shared::id::GroupId;
use shared::model::place::ink_pieces;
use shared::model::{Body, CutSpan, Outline, Prop};
use shared::op::{Guard, Op};

use super::desk::{Desk, ME, OTHER, element_id, line, shape};
use crate::input::{InputEvent, PointerId};
use crate::{Prefs, ToolKind};

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
    desk.run(crate::Command::UNDO);
    assert_eq!(desk.board.len(), 2_500);
    desk.run(crate::Command::REDO);
    assert!(desk.board.is_empty());
}

/// The same lines, and an eraser that takes parts of them.
fn rubbing() -> Desk {
    let mut desk = lined();
    desk.editor.set_prefs(Prefs {
        erase_parts: true,
        ..Prefs::default()
    });
    desk
}

/// Where ink of a stroke shows, from left to right.
fn shown(desk: &Desk, number: u64) -> Vec<(f64, f64)> {
    let element = desk.board.get(element_id(number)).expect("it is there");
    let ends = |piece: &Vec<InkPoint>| (piece[0].x.round(), piece[piece.len() - 1].x.round());
    ink_pieces(element).iter().map(ends).collect()
}

fn set(desk: &mut Desk, number: u64, prop: Prop) {
    let id = element_id(number);
    desk.apply(OTHER, vec![Op::Set { id, prop }], Guard::Any);
}

#[test]
fn a_part_is_rubbed_out_and_the_rest_stays() {
    let mut desk = rubbing();
    desk.down(200.0, 60.0);
    desk.drag(&[(200.0, 150.0)]);
    let cuts = desk.editor.overlay(0, &desk.board).cuts;
    assert_eq!((cuts.len(), cuts[0].0), (1, element_id(1)));
    assert_eq!(shown(&desk, 1), [(100.0, 300.0)], "not before it is lifted");
    desk.up(200.0, 150.0);
    assert_eq!(desk.said(), "commit(cut)");
    // 10 units of the eraser and 2 of the ink to both sides.
    assert_eq!(shown(&desk, 1), [(100.0, 188.0), (212.0, 300.0)]);
    assert_eq!(shown(&desk, 2), [(100.0, 300.0)]);
    assert!(desk.editor.overlay(0, &desk.board).cuts.is_empty());
}

#[test]
fn one_undo_brings_the_part_back() {
    let mut desk = rubbing();
    desk.draw(&[(200.0, 60.0), (200.0, 340.0)]);
    assert_eq!(desk.said(), "commit(cut,cut,cut)");
    desk.run(crate::Command::UNDO);
    assert_eq!(
        [shown(&desk, 1), shown(&desk, 3)],
        [[(100.0, 300.0)], [(100.0, 300.0)]]
    );
    desk.run(crate::Command::REDO);
    assert_eq!(shown(&desk, 1).len(), 2);
}

#[test]
fn giving_up_rubs_nothing_out() {
    let mut desk = rubbing();
    desk.down(200.0, 100.0);
    desk.key("Escape");
    desk.up(200.0, 100.0);
    assert_eq!(desk.said(), "");
    assert_eq!(shown(&desk, 1), [(100.0, 300.0)]);
    assert!(desk.editor.overlay(0, &desk.board).cuts.is_empty());
}

#[test]
fn two_people_rub_out_the_same_stroke_and_each_takes_back_only_their_own() {
    let mut desk = rubbing();
    desk.draw(&[(180.0, 60.0), (180.0, 140.0)]);
    let spans: Vec<CutSpan> = vec![[0.45, 0.75]];
    let id = element_id(1);
    desk.apply(OTHER, vec![Op::Cut { id, spans }], Guard::Any);
    assert_eq!(shown(&desk, 1), [(100.0, 168.0), (250.0, 300.0)]);
    desk.run(crate::Command::UNDO);
    assert_eq!(shown(&desk, 1), [(100.0, 190.0), (250.0, 300.0)]);
}

#[test]
fn what_was_rubbed_out_already_is_passed_over() {
    let mut desk = rubbing();
    desk.draw(&[(200.0, 60.0), (200.0, 140.0)]);
    desk.log.clear();
    desk.draw(&[(200.0, 60.0), (200.0, 140.0)]);
    assert_eq!(desk.said(), "");
}

#[test]
fn a_stroke_of_which_nothing_is_left_is_deleted() {
    let mut desk = rubbing();
    desk.draw(&[(90.0, 100.0), (200.0, 100.0), (310.0, 100.0)]);
    assert_eq!(desk.said(), "commit(delete)");
    let mut twice = rubbing();
    twice.draw(&[(90.0, 100.0), (200.0, 100.0)]);
    twice.draw(&[(180.0, 100.0), (310.0, 100.0)]);
    assert_eq!(twice.said(), "commit(cut) commit(delete)");
    twice.run(crate::Command::UNDO);
    assert_eq!(shown(&twice, 1), [(212.0, 300.0)]);
}

#[test]
fn crumbs_go_too() {
    let mut desk = rubbing();
    // Leaves the last unit of the line at both ends, and one between two sweeps.
    desk.draw(&[(113.0, 60.0), (113.0, 140.0), (138.0, 140.0), (138.0, 60.0)]);
    assert_eq!(shown(&desk, 1), [(150.0, 300.0)]);
}

#[test]
fn dots_and_what_is_no_stroke_go_as_a_whole() {
    let mut desk = rubbing();
    desk.put(OTHER, line(8, (500.0, 100.0), (500.0, 100.0)));
    let rect = BoardRect::new(480.0, 200.0, 520.0, 240.0);
    desk.put(OTHER, shape(9, Outline::Rectangle, rect));
    desk.draw(&[(500.0, 90.0), (500.0, 205.0)]);
    assert_eq!(desk.said(), "commit(delete)");
    assert_eq!(desk.board.len(), 3);
}

#[test]
fn what_is_grouped_goes_as_a_whole() {
    let mut desk = rubbing();
    set(
        &mut desk,
        1,
        Prop::Groups(vec![GroupId::from_bytes([7; 16])]),
    );
    desk.draw(&[(200.0, 60.0), (200.0, 140.0)]);
    assert_eq!(desk.said(), "commit(delete)");
}

#[test]
fn locked_elements_are_passed_over() {
    for mut desk in [lined(), rubbing()] {
        set(&mut desk, 1, Prop::Locked(true));
        desk.draw(&[(200.0, 60.0), (200.0, 140.0)]);
        assert_eq!((desk.said().as_str(), desk.board.len()), ("", 3));
    }
}

#[test]
fn cuts_go_with_the_stroke_when_somebody_moves_it_meanwhile() {
    let mut desk = rubbing();
    desk.down(200.0, 100.0);
    set(&mut desk, 1, Prop::At(BoardPoint::new(0.0, 40.0)));
    desk.drag(&[(240.0, 100.0)]);
    desk.drag(&[(240.0, 140.0)]);
    desk.up(240.0, 140.0);
    assert_eq!(
        shown(&desk, 1),
        [(100.0, 188.0), (212.0, 228.0), (252.0, 300.0)]
    );
}

#[test]
fn cuts_of_curved_ink_are_where_the_eraser_was() {
    let mut desk = rubbing();
    desk.pick(ToolKind::Pen);
    let way: Vec<(f64, f64)> = super::pen::wave(130, 100);
    desk.draw(&way);
    let id = desk.newest().id;
    let (x, y) = way[50];
    desk.pick(ToolKind::Eraser);
    desk.click(x, y);
    let element = desk.board.get(id).unwrap();
    let Body::Stroke(stroke) = &element.body else {
        panic!()
    };
    assert_eq!(stroke.cuts.len(), 1);
    let at = BoardPoint::new(x, y);
    let nearest = ink_pieces(element)
        .iter()
        .flatten()
        .map(|point| point.position().distance(at))
        .fold(f64::INFINITY, f64::min);
    // The eraser and half of the ink, as thick or thin as the hand made it.
    assert!((10.2..15.0).contains(&nearest), "{nearest}");
}
