//! The caret is scrolled into view, and keys for a deleted text run no commands.

use shared::geometry::BoardPoint;
use shared::op::{Guard, Op};

use super::rig::{OTHER, element_id};
use super::writer::{CTRL, NO_KEYS, TEXT, Writer};
use crate::{InputEvent, Output, ScreenSize, ToolKind, UiCommand};

/// Where the caret is on the screen, top and bottom.
fn caret(writer: &Writer) -> (f64, f64, f64) {
    let rig = &writer.rig;
    let shown = rig.editor.overlay(rig.now, &rig.board).caret.unwrap();
    let [top, bottom] = shown.line.unwrap();
    let on_screen = |at: BoardPoint| rig.editor.camera().to_screen(at);
    (on_screen(top).x, on_screen(top).y, on_screen(bottom).y)
}

fn resize(writer: &mut Writer, width: f64, height: f64) {
    let size = ScreenSize::new(width, height);
    writer.rig.send(InputEvent::Resize(size));
    writer.rig.animation_frame();
}

#[test]
fn a_screen_keyboard_does_not_cover_the_caret() {
    let mut writer = Writer::beginning(100.0, 560.0);
    resize(&mut writer, 390.0, 300.0);
    let (_, top, bottom) = caret(&writer);
    assert!(top >= 0.0 && bottom <= 195.0 + 0.1, "{top} to {bottom}");
    for line in 0..12 {
        writer.type_(&format!("line {line}\n"));
        writer.rig.animation_frame();
        let (_, top, bottom) = caret(&writer);
        assert!(top >= 0.0 && bottom <= 195.0 + 0.1, "{top} to {bottom}");
    }
}

#[test]
fn controls_do_not_cover_the_caret() {
    let mut writer = Writer::beginning(100.0, 400.0);
    writer.rig.animation_frame();
    for line in 0..6 {
        writer.rig.editor.set_covered_from(Some(250.0));
        writer.rig.animation_frame();
        let (_, top, bottom) = caret(&writer);
        assert!(top >= 0.0 && bottom <= 250.0, "{top} to {bottom}");
        writer.rig.editor.set_covered_from(None);
        writer.type_(&format!("line {line}\n"));
        writer.rig.animation_frame();
    }
}

#[test]
fn the_view_follows_the_caret_in_long_lines_both_ways() {
    let mut writer = Writer::on("");
    for _ in 0..30 {
        writer.type_("words ");
        writer.rig.animation_frame();
        let (x, ..) = caret(&writer);
        assert!((0.0..=800.0).contains(&x), "{x}");
    }
    writer.key("Home", NO_KEYS);
    writer.rig.animation_frame();
    let (x, ..) = caret(&writer);
    assert!((0.0..=800.0).contains(&x), "{x}");
}

#[test]
fn the_view_stays_while_the_caret_is_visible_or_the_pointer_puts_it() {
    let mut writer = Writer::on("some words");
    let before = *writer.rig.editor.camera();
    writer.type_(" and more");
    writer.rig.animation_frame();
    assert_eq!(*writer.rig.editor.camera(), before);
    // Under the hand it does not move, though it is near the edge.
    let panned = before.panned(crate::view::screen::ScreenVec::new(0.0, -95.0));
    writer.rig.editor.set_camera(panned);
    writer.rig.click(110.0, 15.0);
    assert_eq!(writer.rig.editor.edited_element(), Some(element_id(TEXT)));
    writer.rig.animation_frame();
    assert_eq!(*writer.rig.editor.camera(), panned);
    writer.type_("x");
    writer.rig.animation_frame();
    assert_ne!(*writer.rig.editor.camera(), panned);
}

/// Edits a text that another user deletes.
fn with_deleted_text() -> Writer {
    let mut writer = Writer::on("words");
    writer.type_(" more");
    let ids = vec![element_id(TEXT)];
    writer
        .rig
        .apply(OTHER, vec![Op::Delete { ids }], Guard::Any);
    writer
}

fn tool_after(writer: &mut Writer, keys: &[&str]) -> ToolKind {
    for key in keys {
        writer.rig.now += 300;
        writer.rig.key(key);
    }
    writer.rig.editor.tool()
}

#[test]
fn deleted_text_is_announced_and_further_keys_run_no_commands() {
    let mut writer = with_deleted_text();
    assert_eq!(writer.rig.editor.edited_element(), None);
    let tool = writer.rig.editor.tool();
    assert_eq!(tool_after(&mut writer, &["r"]), tool);
    writer.rig.animation_frame();
    let told = |effect: &&Output| matches!(effect, Output::Ui(UiCommand::Notify(_)));
    assert_eq!(writer.rig.log.iter().filter(told).count(), 1);
    assert_eq!(tool_after(&mut writer, &["p", "q", "Delete", "e"]), tool);
    assert!(!writer.rig.editor.prefs().tool_lock);
    writer.rig.animation_frame();
    assert_eq!(writer.rig.log.iter().filter(told).count(), 1);
    writer.rig.now += 2_000;
    assert_eq!(tool_after(&mut writer, &["p"]), ToolKind::Pen);
}

#[test]
fn a_press_or_escape_makes_keys_run_commands_again() {
    let mut writer = with_deleted_text();
    writer.rig.animation_frame();
    assert_eq!(tool_after(&mut writer, &["Escape", "p"]), ToolKind::Pen);
    let mut writer = with_deleted_text();
    writer.rig.animation_frame();
    writer.rig.click(700.0, 500.0);
    assert_eq!(tool_after(&mut writer, &["p"]), ToolKind::Pen);
}

#[test]
fn own_undo_of_the_text_is_not_announced() {
    let mut writer = Writer::beginning(200.0, 200.0);
    writer.type_("a");
    writer.key("z", CTRL);
    writer.rig.animation_frame();
    assert!(writer.rig.board.is_empty());
    let told = |effect: &Output| matches!(effect, Output::Ui(UiCommand::Notify(_)));
    assert!(!writer.rig.log.iter().any(told));
    assert_eq!(tool_after(&mut writer, &["p"]), ToolKind::Pen);
}
