//! Names of frames: what opens the field, what it does to the name, and what undo does.

use shared::geometry::BoardRect;
use shared::model::place::{frame_name, frame_name_box};
use shared::model::{Body, Prop, PropKey};
use shared::op::{Guard, Op};

use super::desk::{ME, OTHER, boxed, element_id};
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
    writer.desk.put(OTHER, frame);
    writer.desk.pick(ToolKind::Select);
    writer
}

/// Presses the frame's name twice.
fn naming(name: &str) -> Writer {
    let mut writer = with_frame(name);
    let (x, y) = middle(&writer);
    double_click(&mut writer.desk, x, y);
    assert_eq!(writer.desk.editor.writes_on(), Some(element_id(FRAME)));
    writer.follow();
    writer
}

fn middle(writer: &Writer) -> (f64, f64) {
    let middle = frame_name_box(writer.desk.element(FRAME)).center();
    (middle.x, middle.y)
}

fn name(writer: &Writer) -> String {
    writer.desk.element(FRAME).props.name()
}

fn steps(writer: &Writer) -> usize {
    writer.desk.editor.history().undo_len()
}

#[test]
fn a_double_press_on_its_name_renames_a_frame_in_one_step_of_undo() {
    let mut writer = naming("Frame 1");
    assert_eq!(writer.field.value(), "Frame 1");
    assert_eq!(writer.field.range, (0, 7), "what is typed replaces it");
    writer.type_("Plan");
    assert_eq!(name(&writer), "Plan", "others see each letter");
    writer.desk.now += 5_000;
    writer.type_(" B");
    assert_eq!(writer.field.value(), "Plan B");
    writer.key("Escape", NO_KEYS);
    assert_eq!(writer.desk.editor.writes_on(), None);
    assert_eq!((name(&writer).as_str(), steps(&writer)), ("Plan B", 1));
    writer.undo();
    assert_eq!(name(&writer), "Frame 1");
    assert!(!writer.desk.editor.history().can_undo());
    writer.desk.run(Command::REDO);
    assert_eq!(name(&writer), "Plan B");
}

#[test]
fn the_border_of_a_frame_is_no_place_to_rename_it_and_neither_is_a_locked_name() {
    let mut writer = with_frame("Frame 1");
    double_click(&mut writer.desk, 200.0, 200.0);
    assert_eq!(writer.desk.editor.writes_on(), None);
    let mut writer = with_frame("Frame 1");
    let (id, prop) = (element_id(FRAME), Prop::Locked(true));
    writer
        .desk
        .apply(ME, vec![Op::Set { id, prop }], Guard::Any);
    let (x, y) = middle(&writer);
    double_click(&mut writer.desk, x, y);
    assert_eq!(writer.desk.editor.writes_on(), None);
}

#[test]
fn enter_renames_the_frame_that_is_selected_and_ends_it_again() {
    let mut writer = with_frame("Frame 1");
    writer.desk.select(&[FRAME]);
    let available = |writer: &Writer, action| {
        let (editor, board) = (&writer.desk.editor, &writer.desk.board);
        editor.availability(action, board)
    };
    assert_eq!(available(&writer, Command::ENTER), Availability::Ready);
    writer.desk.key("Enter");
    assert_eq!(writer.desk.editor.writes_on(), Some(element_id(FRAME)));
    assert_ne!(available(&writer, Command::BOLD), Availability::Ready);
    writer.follow();
    writer.type_("Sketches\n");
    assert_eq!(writer.desk.editor.writes_on(), None);
    assert_eq!(name(&writer), "Sketches");
    assert!(writer.desk.editor.selection().has(element_id(FRAME)));
}

#[test]
fn a_press_elsewhere_ends_it_and_one_on_the_name_puts_the_caret() {
    let mut writer = naming("Frame 1");
    let label = frame_name(writer.desk.element(FRAME)).unwrap();
    let place = frame_name_box(writer.desk.element(FRAME));
    writer
        .desk
        .click(place.x0 + label.layout.caret(5).x + 0.5, place.center().y);
    writer.follow();
    assert_eq!(writer.field.range, (5, 5));
    let caret = writer.desk.editor.overlay(0, &writer.desk.board).caret;
    let [top, bottom] = caret.unwrap().line.unwrap();
    assert!((top.x - place.x0 - label.layout.caret(5).x).abs() < 1.0e-6);
    assert!(place.y0 <= top.y && top.y < bottom.y && bottom.y <= place.y1);
    writer.type_("!");
    writer.desk.click(600.0, 500.0);
    assert_eq!(writer.desk.editor.writes_on(), None);
    assert_eq!(name(&writer), "Frame! 1");
}

#[test]
fn the_field_lies_on_the_name() {
    let writer = naming("Frame 1");
    let view = writer.desk.editor.typing(&writer.desk.board).unwrap();
    let place = frame_name_box(writer.desk.element(FRAME));
    assert!(view.is_name && !view.wraps);
    assert!((view.rect.center() - place.center()).hypot() < 1.0e-6);
    let label = frame_name(writer.desk.element(FRAME)).unwrap();
    assert_eq!(view.size, label.setting.size);
}

#[test]
fn a_name_of_nothing_is_none_and_the_old_one_stays() {
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
fn who_looks_and_leaves_changes_nothing() {
    let mut writer = naming("Frame 1");
    writer.desk.log.clear();
    writer.key("Escape", NO_KEYS);
    let commits = writer.desk.commits();
    assert!(commits.is_empty(), "{commits:?}");
}

#[test]
fn a_name_is_one_line_that_is_not_too_long_and_knows_no_lists_or_marks() {
    let mut writer = naming("Frame 1");
    writer.field.put("one\ntwo");
    writer.field.tell(&mut writer.desk);
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
    writer.field.tell(&mut writer.desk);
    writer.follow();
    let long = ["- ab", &"x".repeat(116)].concat();
    assert_eq!(name(&writer), long);
    assert_eq!(writer.field.value(), long);
    let set_name = |op: &Op| matches!(op, Op::Set { prop, .. } if prop.key() == PropKey::Name);
    let all = writer.desk.commits().concat();
    assert!(all.iter().all(set_name), "{all:?}");
}

#[test]
fn undo_and_what_others_call_it_reach_the_field() {
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
        .desk
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
        writer.field.tell(&mut writer.desk);
        writer.follow();
    }
    assert_eq!(writer.field.version, version, "composing would break off");
    writer.field.range.0 = 0;
    writer.field.put("日本");
    writer.field.composing = false;
    writer.field.tell(&mut writer.desk);
    writer.follow();
    assert_eq!((name(&writer).as_str(), steps(&writer)), ("日本", 1));
}

#[test]
fn a_frame_that_others_delete_is_left_quietly() {
    let mut writer = naming("Frame 1");
    let ids = vec![element_id(FRAME)];
    writer
        .desk
        .apply(OTHER, vec![Op::Delete { ids }], Guard::Any);
    assert_eq!(writer.desk.editor.writes_on(), None);
    writer.desk.log.clear();
    writer.key("Escape", NO_KEYS);
    let commit = |effect: &Output| matches!(effect, Output::Commit { .. });
    assert!(!writer.desk.log.iter().any(commit));
}
