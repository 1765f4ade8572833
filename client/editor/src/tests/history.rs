//! Undo and redo while others edit the board too.

use shared::geometry::BoardRect;
use shared::id::ElementId;
use shared::model::{Color, Outline, Prop};
use shared::op::{Guard, Op};

use super::rig::{ME, OTHER, Rig, element_id, line, shape};
use crate::document::history::MAX_ENTRIES;
use crate::{Command, ToolKind};

fn ids(rig: &Rig) -> Vec<ElementId> {
    rig.board.elements().map(|element| element.id).collect()
}

/// Two strokes of mine.
fn drawn() -> Rig {
    let mut rig = Rig::new();
    rig.draw(&[(10.0, 10.0), (60.0, 10.0)]);
    rig.draw(&[(10.0, 50.0), (60.0, 50.0)]);
    rig
}

#[test]
fn undo_and_redo_walk_through_strokes() {
    let mut rig = drawn();
    let both = rig.board.clone();
    rig.run(Command::UNDO);
    assert_eq!(rig.board.len(), 1);
    rig.run(Command::UNDO);
    assert!(rig.board.is_empty() && !rig.editor.history().can_undo());
    rig.run(Command::REDO);
    rig.run(Command::REDO);
    let now: Vec<_> = rig.board.in_order().collect();
    assert_eq!(now, both.in_order().collect::<Vec<_>>());
    assert!(!rig.editor.history().can_redo());
}

#[test]
fn undo_goes_out_guarded() {
    let mut rig = drawn();
    rig.log.clear();
    rig.run(Command::UNDO);
    rig.run(Command::REDO);
    assert_eq!(rig.said(), "commit!(delete) commit!(restore)");
}

#[test]
fn undo_leaves_other_peoples_strokes() {
    let mut rig = drawn();
    rig.put(OTHER, line(5, (0.0, 0.0), (9.0, 9.0)));
    for _ in 0..5 {
        rig.run(Command::UNDO);
    }
    assert_eq!(ids(&rig), [element_id(5)]);
}

#[test]
fn undo_skips_elements_that_others_deleted() {
    let mut rig = drawn();
    let (first, second) = (ids(&rig)[0], ids(&rig)[1]);
    rig.apply(OTHER, vec![Op::Delete { ids: vec![second] }], Guard::Any);
    rig.run(Command::UNDO);
    assert!(
        rig.board.is_empty(),
        "the first stroke goes, for the second went already"
    );
    rig.run(Command::REDO);
    assert_eq!(ids(&rig), [first]);
}

#[test]
fn undo_skips_properties_that_others_changed() {
    let mut rig = drawn();
    let (first, second) = (ids(&rig)[0], ids(&rig)[1]);
    let recolour = Op::Set {
        id: second,
        prop: Prop::Color(Color::Red),
    };
    rig.apply(OTHER, vec![recolour], Guard::Any);
    rig.run(Command::UNDO);
    assert_eq!(ids(&rig), [second], "not {first:?}");
}

#[test]
fn redo_restores_the_state_before_undo() {
    let mut rig = drawn();
    let second = ids(&rig)[1];
    let recolour = Op::Set {
        id: second,
        prop: Prop::Color(Color::Red),
    };
    rig.apply(ME, vec![recolour], Guard::Any);
    rig.run(Command::UNDO);
    rig.run(Command::REDO);
    assert_eq!(rig.board.get(second).unwrap().props.color, Color::Red);
}

#[test]
fn a_new_gesture_clears_redo() {
    let mut rig = drawn();
    rig.run(Command::UNDO);
    assert!(rig.editor.history().can_redo());
    rig.draw(&[(10.0, 90.0), (60.0, 90.0)]);
    assert!(!rig.editor.history().can_redo());
}

#[test]
fn erased_elements_of_others_are_restored_as_theirs_and_deleted_by_redo() {
    let mut rig = Rig::new();
    rig.put(OTHER, line(5, (100.0, 100.0), (200.0, 100.0)));
    rig.pick(ToolKind::Eraser);
    rig.down(150.0, 100.0);
    rig.up(150.0, 100.0);
    assert!(rig.board.is_empty());
    rig.run(Command::UNDO);
    assert_eq!(rig.board.get(element_id(5)).unwrap().author, OTHER);
    rig.run(Command::REDO);
    assert!(rig.board.is_empty());
    rig.run(Command::UNDO);
    let recolour = Op::Set {
        id: element_id(5),
        prop: Prop::Color(Color::Red),
    };
    rig.apply(OTHER, vec![recolour], Guard::Any);
    rig.run(Command::REDO);
    assert_eq!(rig.board.len(), 1, "they worked on it since");
}

#[test]
fn a_stroke_in_parts_is_one_entry() {
    let mut rig = Rig::new();
    rig.never_hold();
    rig.down(10.0, 10.0);
    for second in 1..4 {
        rig.drag(&[(f64::from(second) * 50.0, 40.0)]);
        rig.now += 1_000;
        rig.animation_frame();
    }
    rig.up(200.0, 40.0);
    assert!(rig.commits().len() > 2);
    rig.run(Command::UNDO);
    assert!(rig.board.is_empty() && !rig.editor.history().can_undo());
    rig.run(Command::REDO);
    assert!(!rig.only_stroke().0.open);
}

#[test]
fn nothing_is_undone_in_the_middle_of_a_stroke() {
    let mut rig = drawn();
    rig.down(10.0, 10.0);
    rig.run(Command::UNDO);
    assert_eq!(rig.board.len(), 2);
}

#[test]
fn a_stroke_erased_while_it_was_drawn_is_restored_finished() {
    let mut rig = Rig::new();
    let mut open = line(5, (100.0, 100.0), (200.0, 100.0));
    if let shared::model::Body::Stroke(stroke) = &mut open.body {
        stroke.open = true;
    }
    rig.put(OTHER, open);
    rig.pick(ToolKind::Eraser);
    rig.down(150.0, 100.0);
    rig.up(150.0, 100.0);
    rig.run(Command::UNDO);
    assert!(!rig.only_stroke().0.open);
}

#[test]
fn undo_of_several_ops_runs_backward() {
    let mut rig = Rig::new();
    let color = |color| Op::Set {
        id: element_id(5),
        prop: Prop::Color(color),
    };
    let put = Op::Put(Box::new(line(5, (0.0, 0.0), (9.0, 9.0))));
    let ops = vec![put, color(Color::Red), color(Color::Blue)];
    rig.apply_change(ops, &Guard::Any);
    rig.run(Command::UNDO);
    assert!(rig.board.is_empty());
    rig.run(Command::REDO);
    assert_eq!(rig.element(5).props.color, Color::Blue);
}

#[test]
fn history_is_bounded() {
    let mut rig = Rig::new();
    for number in 0..MAX_ENTRIES as u64 + 10 {
        let put = Op::Put(Box::new(line(number, (0.0, 0.0), (9.0, 9.0))));
        let revision = rig.editor.history().revision();
        rig.apply_change(vec![put], &Guard::Any);
        assert_ne!(
            rig.editor.history().revision(),
            revision,
            "another entry is another, however many there are"
        );
    }
    assert_eq!(rig.editor.history().undo_len(), MAX_ENTRIES);
}

#[test]
fn two_finger_tap_undoes() {
    use super::rig::pointer;
    use crate::input::{InputEvent, PointerKind};
    let mut rig = drawn();
    let touch = |id, time| pointer(PointerKind::Touch, id, f64::from(id) * 60.0, 9.0, time);
    rig.send(InputEvent::PointerDown(touch(1, 0)));
    rig.send(InputEvent::PointerDown(touch(2, 20)));
    rig.send(InputEvent::PointerUp(touch(1, 90)));
    rig.send(InputEvent::PointerUp(touch(2, 95)));
    assert_eq!(rig.board.len(), 1);
}

/// Two boxes of mine, 1 and 2.
fn two_boxes() -> Rig {
    let mut rig = Rig::new();
    for number in [1, 2] {
        let at = 100.0 * number as f64;
        let rect = BoardRect::new(at, at, at + 60.0, at + 60.0);
        rig.put(ME, shape(number, Outline::Rectangle, rect));
    }
    rig
}

fn selected(rig: &Rig) -> Vec<ElementId> {
    rig.editor.selection().ids.iter().copied().collect()
}

#[test]
fn duplicating_works_again_after_undo() {
    let mut rig = two_boxes();
    rig.select(&[1]);
    for _ in 0..3 {
        rig.run(Command::DUPLICATE);
        assert_eq!(rig.board.len(), 3);
        assert_eq!(selected(&rig), [rig.newest().id]);
        rig.run(Command::UNDO);
        assert_eq!(rig.board.len(), 2);
        assert_eq!(selected(&rig), [element_id(1)]);
    }
}

#[test]
fn undo_and_redo_restore_the_selection() {
    let mut rig = two_boxes();
    rig.select(&[1, 2]);
    rig.run(Command::DELETE);
    assert!(selected(&rig).is_empty());
    rig.run(Command::UNDO);
    assert_eq!(selected(&rig), [element_id(1), element_id(2)]);
    rig.select(&[1]);
    rig.run(Command::DUPLICATE);
    let copy = rig.newest().id;
    rig.run(Command::UNDO);
    rig.select(&[2]);
    rig.run(Command::REDO);
    assert_eq!(selected(&rig), [copy]);
    rig.run(Command::CANCEL);
    rig.run(Command::UNDO);
    assert_eq!(selected(&rig), [element_id(2)], "redo began with it");
}

#[test]
fn undo_selects_nothing_for_a_tool_that_draws() {
    let mut rig = two_boxes();
    rig.select(&[1]);
    rig.run(Command::DUPLICATE);
    rig.pick(ToolKind::Pen);
    rig.run(Command::UNDO);
    assert_eq!(rig.board.len(), 2);
    assert!(selected(&rig).is_empty());
}

#[test]
fn undo_keeps_the_selection_if_the_earlier_one_was_deleted() {
    let mut rig = two_boxes();
    rig.select(&[1]);
    rig.run(Command::DUPLICATE);
    let delete = Op::Delete {
        ids: vec![element_id(1)],
    };
    rig.apply(OTHER, vec![delete], Guard::Any);
    rig.select(&[2]);
    rig.run(Command::UNDO);
    assert_eq!(rig.board.len(), 1, "the copy is gone");
    assert_eq!(selected(&rig), [element_id(2)]);
}
