//! Changes of more elements than one commit takes, part by part.

use shared::id::ElementId;
use shared::limits::MAX_OPS_PER_COMMIT;
use shared::model::{Color, Prop};
use shared::op::{Guard, Op};

use super::rig::{OTHER, Rig, element_id, line};
use crate::{Command, Editor};

/// One commit takes a part of this size.
const PART: u64 = MAX_OPS_PER_COMMIT as u64;
/// The strokes of the board: a change of all has three parts.
const COUNT: u64 = 2 * PART + 500;

/// A board of own strokes, which are selected.
fn crowded() -> Rig {
    let mut rig = Rig::new();
    let puts = (1..=COUNT).map(|number| Op::Put(Box::new(line(number, (0.0, 0.0), (9.0, 9.0)))));
    rig.apply_change(puts.collect(), &Guard::Any);
    rig.run(Command::SELECT_ALL);
    rig
}

fn recolour(number: u64, color: Color) -> Op {
    Op::Set {
        id: element_id(number),
        prop: Prop::Color(color),
    }
}

fn run_once(rig: &mut Rig, command: &'static Command) {
    rig.ask_once(|editor, context| editor.run(command, context));
}

fn go_on(rig: &mut Rig) -> usize {
    rig.ask_once(Editor::go_on);
    rig.board.len()
}

fn missing(rig: &Rig) -> Vec<ElementId> {
    let all = (1..=COUNT).map(element_id);
    all.filter(|id| rig.board.get(*id).is_none()).collect()
}

#[test]
fn a_change_and_its_undo_and_redo_go_part_by_part_as_one_step() {
    let mut rig = crowded();
    run_once(&mut rig, Command::DELETE);
    let mut left = vec![rig.board.len()];
    while rig.editor.is_committing() {
        left.push(go_on(&mut rig));
    }
    assert_eq!(left, [1_500, 500, 0]);
    run_once(&mut rig, Command::UNDO);
    assert_eq!(rig.board.len(), 1_000);
    assert_eq!([go_on(&mut rig), go_on(&mut rig)], [2_000, 2_500]);
    assert!(!rig.editor.is_committing());
    run_once(&mut rig, Command::REDO);
    assert_eq!(rig.board.len(), 1_500);
    assert_eq!([go_on(&mut rig), go_on(&mut rig)], [500, 0]);
    rig.run(Command::UNDO);
    assert_eq!(rig.board.len(), 2_500);
    rig.run(Command::UNDO);
    assert!(rig.board.is_empty() && !rig.editor.history().can_undo());
}

#[test]
fn undo_brings_back_what_others_did_between_the_parts() {
    let mut rig = crowded();
    run_once(&mut rig, Command::DELETE);
    let waits = |number: &u64| rig.board.get(element_id(*number)).is_some();
    let last = (1..=COUNT).find(waits).expect("a later part waits");
    rig.apply(OTHER, vec![recolour(last, Color::Red)], Guard::Any);
    while rig.editor.is_committing() {
        go_on(&mut rig);
    }
    rig.run(Command::UNDO);
    assert_eq!(rig.board.len() as u64, COUNT);
    assert_eq!(rig.element(last).props.color, Color::Red);
}

#[test]
fn redo_leaves_what_others_changed_between_the_parts_of_undo() {
    let mut rig = crowded();
    let ops = (1..=COUNT).map(|number| recolour(number, Color::Blue));
    rig.apply_change(ops.collect(), &Guard::Any);
    run_once(&mut rig, Command::UNDO);
    let waits = |number: &u64| rig.element(*number).props.color == Color::Blue;
    let later = (1..=COUNT).find(waits).expect("a later part waits");
    rig.apply(OTHER, vec![recolour(later, Color::Red)], Guard::Any);
    while rig.editor.is_committing() {
        go_on(&mut rig);
    }
    assert_eq!(rig.element(later).props.color, Color::Red);
    rig.run(Command::REDO);
    assert_eq!(rig.element(later).props.color, Color::Red);
    let blue = (1..=COUNT).filter(|number| rig.element(*number).props.color == Color::Blue);
    assert_eq!(blue.count() as u64, COUNT - 1);
}

#[test]
fn parts_without_an_effect_join_no_other_step() {
    let mut rig = crowded();
    let before = rig.element(1).props.color;
    let none = (1..=PART).map(|number| recolour(number, before));
    let some = (PART + 1..=COUNT).map(|number| recolour(number, Color::Blue));
    let steps = rig.editor.history().undo_len();
    rig.apply_change(none.chain(some).collect(), &Guard::Any);
    assert_eq!(rig.editor.history().undo_len(), steps + 1);
    rig.run(Command::UNDO);
    assert_eq!(rig.board.len() as u64, COUNT);
    assert_eq!(rig.element(COUNT).props.color, before);
}

#[test]
fn a_change_waits_for_the_parts_of_an_earlier_one() {
    let mut rig = crowded();
    run_once(&mut rig, Command::DELETE);
    let put = Op::Put(Box::new(line(COUNT + 1, (0.0, 0.0), (9.0, 9.0))));
    rig.ask_once(|editor, context| editor.apply(vec![put], &Guard::Any, context));
    assert_eq!(rig.board.len(), 1_500, "not yet");
    run_once(&mut rig, Command::UNDO);
    assert_eq!(rig.board.len(), 1_500, "undo cannot come before them");
    while rig.editor.is_committing() {
        go_on(&mut rig);
    }
    assert_eq!(rig.board.len(), 1);
    rig.run(Command::UNDO);
    assert!(rig.board.is_empty());
    rig.run(Command::UNDO);
    assert!(missing(&rig).is_empty());
}

#[test]
fn another_identity_loses_no_part() {
    let mut rig = crowded();
    run_once(&mut rig, Command::DELETE);
    rig.editor.set_me(OTHER);
    while rig.editor.is_committing() {
        go_on(&mut rig);
    }
    assert!(rig.board.is_empty());
}

#[test]
fn undo_selects_elements_that_come_in_later_parts_if_they_come() {
    let mut rig = crowded();
    let chosen: Vec<u64> = (1..=PART + 500).collect();
    rig.select(&chosen);
    rig.run(Command::DELETE);
    // Another person restores two of the elements, and then deletes them again.
    for number in [1, PART] {
        let back = Op::Restore(Box::new(line(number, (0.0, 0.0), (9.0, 9.0))));
        rig.apply(OTHER, vec![back], Guard::Any);
        let ids = vec![element_id(number)];
        rig.apply(OTHER, vec![Op::Delete { ids }], Guard::Any);
    }
    run_once(&mut rig, Command::UNDO);
    let late = missing(&rig);
    assert!(late.len() > 400, "{}", late.len());
    let selected = |rig: &Rig| rig.editor.selection().ids.clone();
    assert!(selected(&rig).is_superset(&late[1..late.len() - 1].iter().copied().collect()));
    while rig.editor.is_committing() {
        go_on(&mut rig);
    }
    let gone = [element_id(1), element_id(PART)];
    assert_eq!(missing(&rig), gone);
    assert_eq!(selected(&rig).len(), chosen.len() - gone.len());
}
