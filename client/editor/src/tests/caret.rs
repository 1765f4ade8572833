//! The caret: how keys and presses move it while a text is edited.

use shared::model::text_layout::text_layout;
use shared::typeset::{CaretStop, Layout};

use super::writer::{NO_KEYS, SHIFT, Writer};

/// The letters of the only text, which stands at (100, 100).
fn layout(writer: &Writer) -> Layout {
    let element = writer.rig.board.elements().next().unwrap();
    text_layout(element).unwrap().layout
}

/// A place on the board just behind where the caret stands before a letter.
fn just_behind(layout: &Layout, letter: usize) -> (f64, f64) {
    let caret = layout.caret(CaretStop::upstream(letter));
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
    let view = writer.rig.editor.typing(&writer.rig.board).unwrap();
    assert!(view.backward);
    writer.key("End", SHIFT);
    assert_eq!(writer.field.range, (9, 10));
}

#[test]
fn an_old_caret_of_the_field_does_not_undo_a_key() {
    let mut writer = Writer::on("one");
    writer.mark(3, 3);
    // The browser tells of the caret's last move only after the next key.
    let late = writer.field.clone();
    writer.rig.send(crate::InputEvent::KeyDown(crate::Key {
        key: "Home".to_owned(),
        focus: crate::Focus::TextField,
        ..crate::Key::default()
    }));
    late.tell(&mut writer.rig);
    writer.follow();
    assert_eq!(writer.field.range, (0, 0));
}

#[test]
fn a_press_after_a_letter_is_no_double_press() {
    let mut writer = Writer::on("one two");
    let layout = layout(&writer);
    let at = just_behind(&layout, 5);
    writer.rig.click(at.0, at.1);
    writer.follow();
    writer.field.put("x");
    writer.field.tell(&mut writer.rig);
    writer.follow();
    writer.rig.click(at.0, at.1);
    writer.follow();
    assert_eq!(writer.field.range, (5, 5));
}

#[test]
fn a_press_puts_the_caret_and_a_double_press_marks_a_word() {
    let mut writer = Writer::on("one two\nthree");
    let layout = layout(&writer);
    let at = |letter| just_behind(&layout, letter);
    writer.rig.click(at(4).0, at(4).1);
    writer.follow();
    assert_eq!(writer.field.range, (4, 4));
    let caret = writer
        .rig
        .editor
        .overlay(0, &writer.rig.board)
        .caret
        .unwrap();
    let [top, bottom] = caret.line.unwrap();
    assert!(
        (top.x - 100.0 - layout.caret(CaretStop::upstream(4)).x).abs() < 1.0e-6 && bottom.y > top.y
    );
    // A second press at once.
    writer.rig.down(at(4).0 + 2.0, at(4).1);
    writer.rig.up(at(4).0 + 2.0, at(4).1);
    writer.follow();
    assert_eq!(writer.field.range, (4, 7));
    writer.rig.now += 1_000;
    writer.rig.draw(&[at(9), at(3), at(2)]);
    writer.follow();
    assert_eq!(writer.field.range, (2, 9));
    let caret = writer
        .rig
        .editor
        .overlay(0, &writer.rig.board)
        .caret
        .unwrap();
    assert!(caret.line.is_none() && !caret.marked.elements().is_empty());
    assert!(!writer.rig.editor.is_busy());
}

#[test]
fn a_press_elsewhere_ends_text_editing_and_acts() {
    let mut writer = Writer::on("words");
    writer.rig.click(400.0, 400.0);
    assert_eq!(writer.rig.editor.edited_element(), None);
    assert!(writer.rig.editor.selection().is_empty());
}
