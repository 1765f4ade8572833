//! Names of frames: how editing begins and ends, and what undo does.

use shared::geometry::BoardRect;
use shared::model::layout::{frame_name, frame_name_box};
use shared::model::{Body, Prop, PropKey};
use shared::op::{Guard, Op};
use shared::typeset::CaretStop;

use super::rig::{ME, OTHER, boxed, element_id};
use super::row::double_click;
use super::writer::{CTRL, NO_KEYS, Writer};
use crate::{Availability, Command, Output, ToolKind};

const FRAME: u64 = 3;

fn with_frame(name: &str) -> Writer {
    let mut writer = Writer::new();
    let mut frame = boxed(
        FRAME,
        Body::Frame,
        BoardRect::new(100.0, 100.0, 300.0, 200.0),
    );
    frame.props.set(Prop::Name(name.to_owned()));
    writer.rig.put(OTHER, frame);
    writer.rig.pick(ToolKind::Select);
    writer
}

/// Presses the frame's name twice.
fn naming(name: &str) -> Writer {
    let mut writer = with_frame(name);
    let (x, y) = middle(&writer);
    double_click(&mut writer.rig, x, y);
    assert_eq!(writer.rig.editor.edited_element(), Some(element_id(FRAME)));
    writer.follow();
    writer
}

fn middle(writer: &Writer) -> (f64, f64) {
    let middle = frame_name_box(writer.rig.element(FRAME)).center();
    (middle.x, middle.y)
}

fn name(writer: &Writer) -> String {
    writer.rig.element(FRAME).props.name()
}

fn steps(writer: &Writer) -> usize {
    writer.rig.editor.history().undo_len()
}

#[test]
fn a_double_press_on_its_name_renames_a_frame_in_one_undo_step() {
    let mut writer = naming("Frame 1");
    assert_eq!(writer.field.value(), "Frame 1");
    assert_eq!(writer.field.range, (0, 7), "typed text replaces it");
    writer.type_("Plan");
    assert_eq!(name(&writer), "Plan", "others see each letter");
    writer.rig.now += 5_000;
    writer.type_(" B");
    assert_eq!(writer.field.value(), "Plan B");
    writer.key("Escape", NO_KEYS);
    assert_eq!(writer.rig.editor.edited_element(), None);
    assert_eq!((name(&writer).as_str(), steps(&writer)), ("Plan B", 1));
    writer.undo();
    assert_eq!(name(&writer), "Frame 1");
    assert!(!writer.rig.editor.history().can_undo());
    writer.rig.run(Command::REDO);
    assert_eq!(name(&writer), "Plan B");
}

#[test]
fn a_press_on_the_border_or_on_a_locked_name_renames_nothing() {
    let mut writer = with_frame("Frame 1");
    double_click(&mut writer.rig, 200.0, 200.0);
    assert_eq!(writer.rig.editor.edited_element(), None);
    let mut writer = with_frame("Frame 1");
    let (id, prop) = (element_id(FRAME), Prop::Locked(true));
    writer.rig.apply(ME, vec![Op::Set { id, prop }], Guard::Any);
    let (x, y) = middle(&writer);
    double_click(&mut writer.rig, x, y);
    assert_eq!(writer.rig.editor.edited_element(), None);
}

#[test]
fn enter_starts_and_ends_renaming_the_selected_frame() {
    let mut writer = with_frame("Frame 1");
    writer.rig.select(&[FRAME]);
    let available = |writer: &Writer, action| {
        let (editor, board) = (&writer.rig.editor, &writer.rig.board);
        editor.availability(action, board)
    };
    assert_eq!(available(&writer, Command::ENTER), Availability::Ready);
    writer.rig.key("Enter");
    assert_eq!(writer.rig.editor.edited_element(), Some(element_id(FRAME)));
    assert_ne!(available(&writer, Command::BOLD), Availability::Ready);
    writer.follow();
    writer.type_("Sketches\n");
    assert_eq!(writer.rig.editor.edited_element(), None);
    assert_eq!(name(&writer), "Sketches");
    assert!(writer.rig.editor.selection().has(element_id(FRAME)));
}

#[test]
fn a_press_elsewhere_ends_it_and_one_on_the_name_puts_the_caret() {
    let mut writer = naming("Frame 1");
    let label = frame_name(writer.rig.element(FRAME)).unwrap();
    let place = frame_name_box(writer.rig.element(FRAME));
    writer.rig.click(
        place.x0 + label.layout.caret(CaretStop::upstream(5)).x + 0.5,
        place.center().y,
    );
    writer.follow();
    assert_eq!(writer.field.range, (5, 5));
    let caret = writer.rig.editor.overlay(0, &writer.rig.board).caret;
    let [top, bottom] = caret.unwrap().line.unwrap();
    assert!((top.x - place.x0 - label.layout.caret(CaretStop::upstream(5)).x).abs() < 1.0e-6);
    assert!(place.y0 <= top.y && top.y < bottom.y && bottom.y <= place.y1);
    writer.type_("!");
    writer.rig.click(600.0, 500.0);
    assert_eq!(writer.rig.editor.edited_element(), None);
    assert_eq!(name(&writer), "Frame! 1");
}

#[test]
fn the_field_lies_on_the_name() {
    let writer = naming("Frame 1");
    let view = writer.rig.editor.typing(&writer.rig.board).unwrap();
    let place = frame_name_box(writer.rig.element(FRAME));
    assert!(view.is_name && !view.wraps);
    assert!((view.rect.center() - place.center()).hypot() < 1.0e-6);
    let label = frame_name(writer.rig.element(FRAME)).unwrap();
    assert_eq!(view.size, label.setting.size);
}

#[test]
fn an_empty_name_is_refused_and_the_old_one_stays() {
    for typed in ["", "  "] {
        let mut writer = naming("Frame 1");
        writer.backspace();
        writer.type_(typed);
        assert_eq!(writer.field.value(), typed);
        writer.key("Escape", NO_KEYS);
        assert_eq!(name(&writer), "Frame 1");
        assert_eq!(steps(&writer), 0, "nothing is to be undone");
    }
    let mut writer = naming("Frame 1");
    writer.type_(" x ");
    writer.key("Escape", NO_KEYS);
    assert_eq!(name(&writer), "x");
    writer.undo();
    assert_eq!(name(&writer), "Frame 1");
}

#[test]
fn editing_a_name_without_typing_changes_nothing() {
    let mut writer = naming("Frame 1");
    writer.rig.log.clear();
    writer.key("Escape", NO_KEYS);
    let commits = writer.rig.commits();
    assert!(commits.is_empty(), "{commits:?}");
}

#[test]
fn a_name_is_one_line_that_is_not_too_long_and_knows_no_lists_or_marks() {
    let mut writer = naming("Frame 1");
    writer.field.put("one\ntwo");
    writer.field.tell(&mut writer.rig);
    writer.follow();
    assert_eq!(name(&writer), "one two");
    assert_eq!(writer.field.value(), "one two", "the field takes it over");
    assert_eq!(writer.field.range, (7, 7));
    writer.mark(0, 7);
    let version = writer.field.version;
    writer.type_("- a");
    assert_eq!(name(&writer), "- a");
    assert_eq!(writer.field.version, version, "nothing to take over");
    writer.key("b", CTRL);
    writer.type_("b");
    writer.field.put(&"x".repeat(200));
    writer.field.tell(&mut writer.rig);
    writer.follow();
    let long = ["- ab", &"x".repeat(116)].concat();
    assert_eq!(name(&writer), long);
    assert_eq!(writer.field.value(), long);
    let set_name = |op: &Op| matches!(op, Op::Set { prop, .. } if prop.key() == PropKey::Name);
    let all = writer.rig.commits().concat();
    assert!(all.iter().all(set_name), "{all:?}");
}

#[test]
fn undo_and_names_by_others_reach_the_field() {
    let mut writer = naming("Frame 1");
    writer.type_("ab");
    writer.key("z", CTRL);
    assert_eq!(writer.field.value(), "Frame 1");
    writer.type_("!");
    assert_eq!(name(&writer), "Frame 1!");
    writer.key("z", CTRL);
    assert_eq!(name(&writer), "Frame 1");
    let (id, prop) = (element_id(FRAME), Prop::Name("Theirs".to_owned()));
    writer
        .rig
        .apply(OTHER, vec![Op::Set { id, prop }], Guard::Any);
    writer.follow();
    assert_eq!(writer.field.value(), "Theirs");
    writer.type_("?");
    assert_eq!(name(&writer), "Theirs?");
}

#[test]
fn an_input_method_is_left_alone() {
    let mut writer = naming("Frame 1");
    let version = writer.field.version;
    writer.field.composing = true;
    for step in ["n", "に", "にほん"] {
        writer.field.range.0 = 0;
        writer.field.put(step);
        writer.field.tell(&mut writer.rig);
        writer.follow();
    }
    assert_eq!(writer.field.version, version, "composing would break off");
    writer.field.range.0 = 0;
    writer.field.put("日本");
    writer.field.composing = false;
    writer.field.tell(&mut writer.rig);
    writer.follow();
    assert_eq!((name(&writer).as_str(), steps(&writer)), ("日本", 1));
}

#[test]
fn renaming_ends_when_others_delete_the_frame() {
    let mut writer = naming("Frame 1");
    let ids = vec![element_id(FRAME)];
    writer
        .rig
        .apply(OTHER, vec![Op::Delete { ids }], Guard::Any);
    assert_eq!(writer.rig.editor.edited_element(), None);
    writer.rig.log.clear();
    writer.key("Escape", NO_KEYS);
    let commit = |effect: &Output| matches!(effect, Output::Commit { .. });
    assert!(!writer.rig.log.iter().any(commit));
}
