//! Pastes of many elements, which go to the board part by part.

use shared::model::Outline;

use super::clipboard::{paste, rect};
use super::rig::{Rig, shape};
use crate::commands::AT_ONCE;
use crate::input::Pasted;
use crate::{Command, Output, UiCommand};

fn paste_boxes(rig: &mut Rig, count: usize) {
    let boxes = (1..=count as u64).map(|number| {
        let x = (number % 100) as f64 * 20.0;
        let y = (number / 100) as f64 * 20.0;
        shape(number, Outline::Rectangle, rect(x, y, 10.0, 10.0))
    });
    paste(rig, Pasted::Imported(boxes.collect()), None);
}

fn has_ended(rig: &Rig) -> bool {
    let ended = Output::Ui(UiCommand::PutEnded);
    rig.log.contains(&ended)
}

#[test]
fn a_large_paste_goes_to_the_board_part_by_part_and_is_one_undo_step() {
    let mut rig = Rig::new();
    paste_boxes(&mut rig, 2 * AT_ONCE + 5);
    assert_eq!(rig.board.len(), AT_ONCE);
    assert!(rig.editor.wants_frame());
    rig.animation_frame();
    assert_eq!(rig.board.len(), 2 * AT_ONCE);
    rig.animation_frame();
    assert_eq!(rig.board.len(), 2 * AT_ONCE + 5);
    assert!(has_ended(&rig) && !rig.editor.wants_frame());
    assert_eq!(rig.editor.selection().ids.len(), 2 * AT_ONCE + 5);
    rig.run(Command::UNDO);
    assert!(rig.board.is_empty());
}

#[test]
fn a_large_paste_can_be_stopped_and_undone() {
    let mut rig = Rig::new();
    paste_boxes(&mut rig, 2 * AT_ONCE + 5);
    rig.ask(|editor, context| editor.stop_putting(context));
    rig.animation_frame();
    assert_eq!(rig.board.len(), AT_ONCE);
    assert_eq!(rig.editor.selection().ids.len(), AT_ONCE);
    rig.run(Command::UNDO);
    assert!(rig.board.is_empty());
}

#[test]
fn undo_stops_a_large_paste() {
    let mut rig = Rig::new();
    paste_boxes(&mut rig, 2 * AT_ONCE);
    rig.run(Command::UNDO);
    rig.animation_frame();
    assert!(rig.board.is_empty() && has_ended(&rig));
}

#[test]
fn a_small_paste_is_on_the_board_at_once() {
    let mut rig = Rig::new();
    paste_boxes(&mut rig, AT_ONCE);
    assert_eq!(rig.board.len(), AT_ONCE);
    assert!(!rig.editor.wants_frame());
}
