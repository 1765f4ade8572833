//! The caret on the board: what keys and presses do to it while one writes.

use shared::model::lettering::lettering;
use shared::typeset::Layout;

use super::writer::{NO_KEYS, SHIFT, Writer};

/// The letters of the only text, which stands at (100, 100).
fn layout(writer: &Writer) -> Layout {
    let element = writer.desk.board.elements().next().unwrap();
    lettering(element).unwrap().layout
}

/// A place on the board just behind where the caret stands before a letter.
fn just_behind(layout: &Layout, letter: usize) -> (f64, f64) {
    let caret = layout.caret(letter);
    (101.0 + caret.x, 100.0 + (caret.top + caret.bottom) / 2.0)
}

#[test]
fn keys_move_the_caret_by_lines() {
    let mut writer = Writer::on("abcdef\nab\nabcdef");
    writer.mark(5, 5);
    writer.key("ArrowDown", NO_KEYS);
    assert_eq!(writer.field.range, (9, 9));
    writer.key("ArrowDown", NO_KEYS);
    assert_eq!(
        writer.field.range,
        (15, 15),
        "it goes back to where it came from"
    );
    writer.key("Home", NO_KEYS);
    writer.key("ArrowUp", SHIFT);
    assert_eq!(writer.field.range, (7, 10));
    let view = writer.desk.editor.typing(&writer.desk.board).unwrap();
    assert!(view.backward);
    writer.key("End", SHIFT);
    assert_eq!(writer.field.range, (9, 10));
}

#[test]
fn where_the_field_had_the_caret_does_not_undo_where_a_key_puts_it() {
    let mut writer = Writer::on("one");
    writer.mark(3, 3);
    // The browser tells of the caret's last move only after the next key.
    let late = writer.field.clone();
    writer.desk.send(crate::InputEvent::KeyDown(crate::Key {
        key: "Home".to_owned(),
        focus: crate::Focus::TextField,
        ..crate::Key::default()
    }));
    late.tell(&mut writer.desk);
    writer.follow();
    assert_eq!(writer.field.range, (0, 0));
}

#[test]
fn a_press_after_a_letter_is_no_double_press() {
    let mut writer = Writer::on("one two");
    let layout = layout(&writer);
    let at = just_behind(&layout, 5);
    writer.desk.click(at.0, at.1);
    writer.follow();
    writer.field.put("x");
    writer.field.tell(&mut writer.desk);
    writer.follow();
    writer.desk.click(at.0, at.1);
    writer.follow();
    assert_eq!(writer.field.range, (5, 5));
}

#[test]
fn presses_put_the_caret_and_mark_words() {
    let mut writer = Writer::on("one two\nthree");
    let layout = layout(&writer);
    let at = |letter| just_behind(&layout, letter);
    writer.desk.click(at(4).0, at(4).1);
    writer.follow();
    assert_eq!(writer.field.range, (4, 4));
    let caret = writer
        .desk
        .editor
        .overlay(0, &writer.desk.board)
        .caret
        .unwrap();
    let [top, bottom] = caret.line.unwrap();
    assert!((top.x - 100.0 - layout.caret(4).x).abs() < 1.0e-6 && bottom.y > top.y);
    // A second press at once.
    writer.desk.down(at(4).0 + 2.0, at(4).1);
    writer.desk.up(at(4).0 + 2.0, at(4).1);
    writer.follow();
    assert_eq!(writer.field.range, (4, 7));
    writer.desk.now += 1_000;
    writer.desk.draw(&[at(9), at(3), at(2)]);
    writer.follow();
    assert_eq!(writer.field.range, (2, 9));
    let caret = writer
        .desk
        .editor
        .overlay(0, &writer.desk.board)
        .caret
        .unwrap();
    assert!(caret.line.is_none() && !caret.marked.elements().is_empty());
    assert!(!writer.desk.editor.is_busy());
}

#[test]
fn a_press_elsewhere_ends_writing_and_acts() {
    let mut writer = Writer::on("words");
    writer.desk.click(400.0, 400.0);
    assert_eq!(writer.desk.editor.writes_on(), None);
    assert!(writer.desk.editor.selection().is_empty());
}
