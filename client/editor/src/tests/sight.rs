//! The caret stays in sight, and keys of who lost their text are no commands.

use shared::geometry::BoardPoint;
use shared::op::{Guard, Op};

use super::desk::{OTHER, element_id};
use super::writer::{CTRL, NO_KEYS, TEXT, Writer};
use crate::{InputEvent, Output, ScreenSize, ToolKind, UiCommand};

/// Where the caret is on the screen, top and bottom.
fn caret(writer: &Writer) -> (f64, f64, f64) {
    let desk = &writer.desk;
    let shown = desk.editor.overlay(desk.now, &desk.board).caret.unwrap();
    let [top, bottom] = shown.line.unwrap();
    let on_screen = |at: BoardPoint| desk.editor.camera().to_screen(at);
    (on_screen(top).x, on_screen(top).y, on_screen(bottom).y)
}

fn resize(writer: &mut Writer, width: f64, height: f64) {
    let size = ScreenSize::new(width, height);
    writer.desk.send(InputEvent::Resize(size));
    writer.desk.frame();
}

#[test]
fn a_screen_keyboard_does_not_cover_the_caret() {
    let mut writer = Writer::beginning(100.0, 560.0);
    resize(&mut writer, 390.0, 300.0);
    let (_, top, bottom) = caret(&writer);
    assert!(top >= 0.0 && bottom <= 195.0 + 0.1, "{top} to {bottom}");
    for line in 0..12 {
        writer.type_(&format!("line {line}\n"));
        writer.desk.frame();
        let (_, top, bottom) = caret(&writer);
        assert!(top >= 0.0 && bottom <= 195.0 + 0.1, "{top} to {bottom}");
    }
}

#[test]
fn long_lines_stay_in_sight_both_ways() {
    let mut writer = Writer::on("");
    for _ in 0..30 {
        writer.type_("words ");
        writer.desk.frame();
        let (x, ..) = caret(&writer);
        assert!((0.0..=800.0).contains(&x), "{x}");
    }
    writer.key("Home", NO_KEYS);
    writer.desk.frame();
    let (x, ..) = caret(&writer);
    assert!((0.0..=800.0).contains(&x), "{x}");
}

#[test]
fn the_view_rests_while_the_caret_is_in_sight_or_the_pointer_puts_it() {
    let mut writer = Writer::on("some words");
    let before = *writer.desk.editor.camera();
    writer.type_(" and more");
    writer.desk.frame();
    assert_eq!(*writer.desk.editor.camera(), before);
    // Under the hand it does not move, though it is near the edge.
    let panned = before.panned(crate::view::screen::ScreenVec::new(0.0, -95.0));
    writer.desk.editor.set_camera(panned);
    writer.desk.click(110.0, 15.0);
    assert_eq!(writer.desk.editor.writes_on(), Some(element_id(TEXT)));
    writer.desk.frame();
    assert_eq!(*writer.desk.editor.camera(), panned);
    writer.type_("x");
    writer.desk.frame();
    assert_ne!(*writer.desk.editor.camera(), panned);
}

/// Writes on a text that somebody else deletes.
fn bereft() -> Writer {
    let mut writer = Writer::on("words");
    writer.type_(" more");
    let ids = vec![element_id(TEXT)];
    writer
        .desk
        .apply(OTHER, vec![Op::Delete { ids }], Guard::Any);
    writer
}

fn tool_after(writer: &mut Writer, keys: &[&str]) -> ToolKind {
    for key in keys {
        writer.desk.now += 300;
        writer.desk.key(key);
    }
    writer.desk.editor.tool()
}

#[test]
fn who_loses_the_text_is_told_and_gives_no_commands_by_typing_on() {
    let mut writer = bereft();
    assert_eq!(writer.desk.editor.writes_on(), None);
    let tool = writer.desk.editor.tool();
    assert_eq!(tool_after(&mut writer, &["r"]), tool);
    writer.desk.frame();
    let told = |effect: &&Output| matches!(effect, Output::Ui(UiCommand::Say(_)));
    assert_eq!(writer.desk.log.iter().filter(told).count(), 1);
    assert_eq!(tool_after(&mut writer, &["p", "q", "Delete", "e"]), tool);
    assert!(!writer.desk.editor.prefs().tool_lock);
    writer.desk.frame();
    assert_eq!(writer.desk.log.iter().filter(told).count(), 1);
    writer.desk.now += 2_000;
    assert_eq!(tool_after(&mut writer, &["p"]), ToolKind::Pen);
}

#[test]
fn a_press_or_escape_ends_what_was_meant_for_the_text() {
    let mut writer = bereft();
    writer.desk.frame();
    assert_eq!(tool_after(&mut writer, &["Escape", "p"]), ToolKind::Pen);
    let mut writer = bereft();
    writer.desk.frame();
    writer.desk.click(700.0, 500.0);
    assert_eq!(tool_after(&mut writer, &["p"]), ToolKind::Pen);
}

#[test]
fn ones_own_undo_is_no_loss() {
    let mut writer = Writer::beginning(200.0, 200.0);
    writer.type_("a");
    writer.key("z", CTRL);
    writer.desk.frame();
    assert!(writer.desk.board.is_empty());
    let told = |effect: &Output| matches!(effect, Output::Ui(UiCommand::Say(_)));
    assert!(!writer.desk.log.iter().any(told));
    assert_eq!(tool_after(&mut writer, &["p"]), ToolKind::Pen);
}
