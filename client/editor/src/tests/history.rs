//! Undo and redo with somebody else on the board.

use shared::id::ElementId;
use shared::model::{Color, Prop};
use shared::op::{Guard, Op};

use super::desk::{Desk, ME, OTHER, element_id, line};
use crate::document::history::MAX_ENTRIES;
use crate::{Command, History, ToolKind};

fn ids(desk: &Desk) -> Vec<ElementId> {
    desk.board.elements().map(|element| element.id).collect()
}

/// Two strokes of mine.
fn drawn() -> Desk {
    let mut desk = Desk::new();
    desk.draw(&[(10.0, 10.0), (60.0, 10.0)]);
    desk.draw(&[(10.0, 50.0), (60.0, 50.0)]);
    desk
}

#[test]
fn undo_and_redo_walk_through_strokes() {
    let mut desk = drawn();
    let both = desk.board.clone();
    desk.run(Command::UNDO);
    assert_eq!(desk.board.len(), 1);
    desk.run(Command::UNDO);
    assert!(desk.board.is_empty() && !desk.editor.history().can_undo());
    desk.run(Command::REDO);
    desk.run(Command::REDO);
    let now: Vec<_> = desk.board.in_order().collect();
    assert_eq!(now, both.in_order().collect::<Vec<_>>());
    assert!(!desk.editor.history().can_redo());
}

#[test]
fn undo_goes_out_guarded() {
    let mut desk = drawn();
    desk.log.clear();
    desk.run(Command::UNDO);
    desk.run(Command::REDO);
    assert_eq!(desk.said(), "commit!(delete) commit!(restore)");
}

#[test]
fn undo_leaves_other_peoples_strokes() {
    let mut desk = drawn();
    desk.put(OTHER, line(5, (0.0, 0.0), (9.0, 9.0)));
    for _ in 0..5 {
        desk.run(Command::UNDO);
    }
    assert_eq!(ids(&desk), [element_id(5)]);
}

#[test]
fn undo_passes_over_what_others_took_away() {
    let mut desk = drawn();
    let (first, second) = (ids(&desk)[0], ids(&desk)[1]);
    desk.apply(OTHER, vec![Op::Delete { ids: vec![second] }], Guard::Any);
    desk.run(Command::UNDO);
    assert!(
        desk.board.is_empty(),
        "the first stroke goes, for the second went already"
    );
    desk.run(Command::REDO);
    assert_eq!(ids(&desk), [first]);
}

#[test]
fn undo_passes_over_what_others_changed() {
    let mut desk = drawn();
    let (first, second) = (ids(&desk)[0], ids(&desk)[1]);
    let recolour = Op::Set {
        id: second,
        prop: Prop::Color(Color::Red),
    };
    desk.apply(OTHER, vec![recolour], Guard::Any);
    desk.run(Command::UNDO);
    assert_eq!(ids(&desk), [second], "not {first:?}");
}

#[test]
fn redo_brings_back_what_it_was_when_undone() {
    let mut desk = drawn();
    let second = ids(&desk)[1];
    let recolour = Op::Set {
        id: second,
        prop: Prop::Color(Color::Red),
    };
    desk.apply(ME, vec![recolour], Guard::Any);
    desk.run(Command::UNDO);
    desk.run(Command::REDO);
    assert_eq!(desk.board.get(second).unwrap().props.color, Color::Red);
}

#[test]
fn new_work_ends_redo() {
    let mut desk = drawn();
    desk.run(Command::UNDO);
    assert!(desk.editor.history().can_redo());
    desk.draw(&[(10.0, 90.0), (60.0, 90.0)]);
    assert!(!desk.editor.history().can_redo());
}

#[test]
fn erased_elements_of_others_come_back_as_theirs_and_go_again() {
    let mut desk = Desk::new();
    desk.put(OTHER, line(5, (100.0, 100.0), (200.0, 100.0)));
    desk.pick(ToolKind::Eraser);
    desk.down(150.0, 100.0);
    desk.up(150.0, 100.0);
    assert!(desk.board.is_empty());
    desk.run(Command::UNDO);
    assert_eq!(desk.board.get(element_id(5)).unwrap().author, OTHER);
    desk.run(Command::REDO);
    assert!(desk.board.is_empty());
    desk.run(Command::UNDO);
    let recolour = Op::Set {
        id: element_id(5),
        prop: Prop::Color(Color::Red),
    };
    desk.apply(OTHER, vec![recolour], Guard::Any);
    desk.run(Command::REDO);
    assert_eq!(desk.board.len(), 1, "they worked on it since");
}

#[test]
fn a_stroke_in_parts_is_one_entry() {
    let mut desk = Desk::new();
    desk.never_hold();
    desk.down(10.0, 10.0);
    for second in 1..4 {
        desk.drag(&[(f64::from(second) * 50.0, 40.0)]);
        desk.now += 1_000;
        desk.frame();
    }
    desk.up(200.0, 40.0);
    assert!(desk.commits().len() > 2);
    desk.run(Command::UNDO);
    assert!(desk.board.is_empty() && !desk.editor.history().can_undo());
    desk.run(Command::REDO);
    assert!(!desk.only_stroke().0.open);
}

#[test]
fn nothing_is_undone_in_the_middle_of_a_stroke() {
    let mut desk = drawn();
    desk.down(10.0, 10.0);
    desk.run(Command::UNDO);
    assert_eq!(desk.board.len(), 2);
}

#[test]
fn an_element_erased_while_it_was_drawn_comes_back_finished() {
    let mut desk = Desk::new();
    let mut open = line(5, (100.0, 100.0), (200.0, 100.0));
    if let shared::model::Body::Stroke(stroke) = &mut open.body {
        stroke.open = true;
    }
    desk.put(OTHER, open);
    desk.pick(ToolKind::Eraser);
    desk.down(150.0, 100.0);
    desk.up(150.0, 100.0);
    desk.run(Command::UNDO);
    assert!(!desk.only_stroke().0.open);
}

#[test]
fn undo_of_several_ops_runs_backward() {
    let mut desk = Desk::new();
    let mut history = History::new();
    let ops = vec![
        Op::Put(Box::new(line(5, (0.0, 0.0), (9.0, 9.0)))),
        Op::Set {
            id: element_id(5),
            prop: Prop::Color(Color::Red),
        },
        Op::Set {
            id: element_id(5),
            prop: Prop::Color(Color::Blue),
        },
    ];
    history.record(&ops, &desk.board, ME);
    desk.apply(ME, ops, Guard::Any);
    let batches = history.undo(&desk.board, ME).unwrap();
    for batch in batches {
        desk.apply(ME, batch.ops, batch.guard);
    }
    assert!(desk.board.is_empty());
    for batch in history.redo(&desk.board, ME).unwrap() {
        desk.apply(ME, batch.ops, batch.guard);
    }
    assert_eq!(
        desk.board.get(element_id(5)).unwrap().props.color,
        Color::Blue
    );
}

#[test]
fn history_is_bounded() {
    let desk = Desk::new();
    let mut history = History::new();
    for number in 0..MAX_ENTRIES as u64 + 10 {
        let put = Op::Put(Box::new(line(number, (0.0, 0.0), (9.0, 9.0))));
        let turn = history.turn();
        history.record(&[put], &desk.board, ME);
        assert_ne!(
            history.turn(),
            turn,
            "another entry is another, however many there are"
        );
    }
    assert_eq!(history.undo_len(), MAX_ENTRIES);
}

#[test]
fn two_finger_tap_undoes() {
    use super::desk::pointer;
    use crate::input::{InputEvent, PointerKind};
    let mut desk = drawn();
    let touch = |id, time| pointer(PointerKind::Touch, id, f64::from(id) * 60.0, 9.0, time);
    desk.send(InputEvent::PointerDown(touch(1, 0)));
    desk.send(InputEvent::PointerDown(touch(2, 20)));
    desk.send(InputEvent::PointerUp(touch(1, 90)));
    desk.send(InputEvent::PointerUp(touch(2, 95)));
    assert_eq!(desk.board.len(), 1);
}
