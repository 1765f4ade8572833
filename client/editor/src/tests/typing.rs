//! Writing: a field as a browser has it, an editor behind it, and somebody else.

use proptest::prelude::*;
use shared::geometry::BoardPoint;
use shared::model::{Marks, TextEdit};
use shared::op::{Guard, Op};

use super::desk::{OTHER, element_id};
use super::writer::{CTRL, Field, NO_KEYS, SHIFT, TEXT, Writer};
use crate::{Effect, ToolKind};

#[test]
fn a_click_of_the_text_tool_begins_a_text() {
    let mut writer = Writer::new();
    writer.desk.pick(ToolKind::Text);
    writer.desk.click(200.0, 200.0);
    assert_eq!(writer.desk.editor.tool(), ToolKind::Select);
    writer.follow();
    writer.type_("hello");
    assert_eq!(writer.plain(), "hello");
    assert_eq!(writer.field.value(), "hello");
    let element = writer.desk.board.elements().next().unwrap();
    assert_eq!(element.props.size(), [0.0, 0.0]);
    // The press is in the middle of the line's left edge.
    let line = shared::model::lettering::line_height(element);
    assert_eq!(element.props.at, BoardPoint::new(200.0, 200.0 - line / 2.0));
    writer.undo();
    assert_eq!(writer.plain(), "");
    writer.undo();
    assert!(writer.desk.board.is_empty());
    assert!(!writer.desk.editor.history().can_undo());
}

#[test]
fn a_drag_of_the_text_tool_says_how_wide_lines_get() {
    let mut writer = Writer::new();
    writer.desk.pick(ToolKind::Text);
    writer
        .desk
        .draw(&[(400.0, 200.0), (300.0, 230.0), (250.0, 240.0)]);
    let element = writer.desk.newest();
    assert_eq!(element.props.size(), [150.0, 0.0]);
    assert_eq!(element.props.at.x, 250.0);
    assert!(writer.desk.editor.typing(&writer.desk.board).unwrap().wraps);
}

#[test]
fn a_text_that_is_left_empty_goes_and_takes_a_step_of_undo_only_if_it_was_written() {
    for typed in ["", "ab"] {
        let mut writer = Writer::new();
        writer.desk.pick(ToolKind::Text);
        writer.desk.click(200.0, 200.0);
        writer.follow();
        writer.type_(typed);
        typed.chars().for_each(|_| writer.backspace());
        writer.key("Escape", NO_KEYS);
        assert_eq!(writer.desk.editor.writes_on(), None);
        assert!(
            writer.desk.board.is_empty(),
            "others see no empty text either"
        );
        // What was written can be brought back, even if it was emptied.
        let can_undo = writer.desk.editor.history().can_undo();
        assert_eq!(can_undo, !typed.is_empty(), "{typed:?}");
    }
}

#[test]
fn a_text_that_was_there_and_is_emptied_comes_back_by_undo() {
    let mut writer = Writer::on("old");
    writer.mark(0, 3);
    writer.backspace();
    assert_eq!(writer.desk.board.len(), 1);
    writer.desk.click(600.0, 500.0);
    assert!(writer.desk.board.is_empty());
    writer.undo();
    assert_eq!(writer.plain(), "old");
}

#[test]
fn an_empty_text_stays_while_somebody_else_has_typed_into_it() {
    let mut writer = Writer::new();
    writer.desk.pick(ToolKind::Text);
    writer.desk.click(200.0, 200.0);
    writer.follow();
    writer.other_types(0, "theirs");
    writer.key("Escape", NO_KEYS);
    assert_eq!(writer.plain(), "theirs");
}

#[test]
fn two_people_who_type_in_one_text_keep_both() {
    let mut writer = Writer::on("one three");
    writer.mark(4, 4);
    for (letter, theirs) in "two ".chars().zip("HEY!".chars()) {
        writer.type_(&letter.to_string());
        let begin = writer.plain().find("one").unwrap();
        writer.other_types(begin, &theirs.to_string());
    }
    assert_eq!(writer.plain(), "HEY!one two three");
    assert_eq!(writer.field.value(), "HEY!one two three");
    assert_eq!(
        writer.field.range,
        (12, 12),
        "the caret stays behind what I typed"
    );
    writer.undo();
    assert_eq!(
        writer.plain(),
        "HEY!one three",
        "undo takes back mine alone"
    );
}

#[test]
fn what_was_typed_before_the_field_took_over_others_letters_is_kept() {
    let mut writer = Writer::on("abc");
    let text = writer.rich();
    let edit = TextEdit::Insert {
        after: text.id_before(1),
        from: 0,
        text: "XY".to_owned(),
        marks: Marks::NONE,
    };
    let id = writer.id();
    writer
        .desk
        .apply(OTHER, vec![Op::Text { id, edit }], Guard::Any);
    // The field still holds `abc`.
    writer.field.put("d");
    writer.field.tell(&mut writer.desk);
    writer.field.put("e");
    writer.field.tell(&mut writer.desk);
    writer.follow();
    assert_eq!(writer.field.value(), "aXYbcde");
    assert_eq!(writer.plain(), "aXYbcde");
    assert_eq!(writer.field.range, (7, 7));
}

#[test]
fn while_an_input_method_composes_the_field_is_left_alone() {
    let mut writer = Writer::on("語");
    let version = writer.field.version;
    writer.field.composing = true;
    for step in ["n", "に", "にh", "にほ", "にほん"] {
        writer.field.range.0 = 1;
        writer.field.put(step);
        writer.field.tell(&mut writer.desk);
        writer.follow();
    }
    writer.other_types(0, "> ");
    assert_eq!(writer.field.version, version, "composing would break off");
    assert_eq!(writer.plain(), "> 語にほん", "others see what is composed");
    writer.field.range.0 = 1;
    writer.field.put("日本");
    writer.field.composing = false;
    writer.field.tell(&mut writer.desk);
    writer.follow();
    assert_eq!(writer.plain(), "> 語日本");
    assert_eq!(writer.field.value(), "> 語日本");
    assert_eq!(writer.field.range, (5, 5));
}

#[test]
fn letters_that_are_two_units_long_are_one_letter() {
    let mut writer = Writer::on("a🙂🙂b");
    writer.mark(3, 3);
    writer.type_("x");
    assert_eq!(writer.plain(), "a🙂x🙂b");
    writer.mark(1, 3);
    writer.type_("🎈");
    assert_eq!(writer.plain(), "a🎈x🙂b");
    assert_eq!(writer.field.range, (3, 3));
}

#[test]
fn of_equal_letters_the_one_at_the_caret_is_new() {
    let mut writer = Writer::on("aaa");
    writer.mark(1, 1);
    writer.type_("a");
    let ids: Vec<u32> = writer.rich().letters().map(|letter| letter.id.no).collect();
    assert_eq!(ids, [0, 3, 1, 2]);
    writer.backspace();
    let ids: Vec<u32> = writer.rich().letters().map(|letter| letter.id.no).collect();
    assert_eq!(ids, [0, 1, 2]);
}

#[test]
fn typed_letters_are_set_like_their_left_neighbour_or_as_asked_for() {
    let mut writer = Writer::on("ab");
    writer.mark(0, 1);
    writer.key("b", CTRL);
    writer.mark(1, 1);
    writer.type_("B");
    writer.mark(3, 3);
    writer.type_("p");
    writer.key("i", CTRL);
    writer.type_("I");
    let marks: Vec<(char, bool, bool)> = writer
        .rich()
        .letters()
        .map(|l| {
            (
                l.letter,
                l.marks.has(Marks::BOLD),
                l.marks.has(Marks::ITALIC),
            )
        })
        .collect();
    let (t, f) = (true, false);
    assert_eq!(
        marks,
        [
            ('a', t, f),
            ('B', t, f),
            ('b', f, f),
            ('p', f, f),
            ('I', f, t)
        ]
    );
    writer.mark(0, 5);
    writer.key("b", CTRL);
    assert!(writer.rich().letters().all(|l| l.marks.has(Marks::BOLD)));
    writer.key("b", CTRL);
    assert!(writer.rich().letters().all(|l| !l.marks.has(Marks::BOLD)));
    assert_eq!(writer.field.range, (0, 5), "what is marked stays marked");
}

#[test]
fn lists_go_on_and_end() {
    let mut writer = Writer::on("");
    writer.type_("- one\ntwo\n\nend");
    assert_eq!(writer.plain(), "• one\n• two\nend");
    assert_eq!(writer.field.value(), writer.plain());
    let mut writer = Writer::on("9. nine");
    writer.type_("\nten");
    assert_eq!(writer.plain(), "9. nine\n10. ten");
}

#[test]
fn a_hyphen_that_became_a_bullet_is_a_hyphen_again_after_one_undo() {
    let mut writer = Writer::on("x\n");
    writer.type_("* ");
    assert_eq!(writer.plain(), "x\n• ");
    assert_eq!(writer.field.range, (4, 4));
    writer.undo();
    assert_eq!(writer.plain(), "x\n* ");
    assert_eq!(writer.field.value(), writer.plain());
}

#[test]
fn a_step_of_undo_ends_with_a_pause_a_press_or_forty_letters() {
    let mut writer = Writer::on("");
    let steps = |writer: &Writer| writer.desk.editor.history().undo_len();
    let before = steps(&writer);
    writer.type_("one ");
    assert_eq!(steps(&writer), before + 1);
    writer.desk.now += 1_001;
    writer.type_("two ");
    assert_eq!(steps(&writer), before + 2);
    writer.mark(0, 0);
    writer.type_("three ");
    assert_eq!(steps(&writer), before + 3);
    writer.type_(&"a".repeat(40));
    assert_eq!(steps(&writer), before + 4);
}

#[test]
fn undo_and_redo_reach_the_field_while_one_writes() {
    let mut writer = Writer::on("a");
    writer.type_("bc");
    writer.key("z", CTRL);
    assert_eq!(
        (writer.plain(), writer.field.value()),
        ("a".to_owned(), "a".to_owned())
    );
    writer.key("y", CTRL);
    assert_eq!(writer.field.value(), "abc");
    writer.type_("d");
    assert_eq!(writer.plain(), "abcd");
    writer.key("z", CTRL);
    assert_eq!(
        writer.field.value(),
        "abc",
        "what is typed after redo is a step of its own"
    );
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
    let element = writer.desk.board.elements().next().unwrap().clone();
    let layout = shared::model::lettering::lettering(&element)
        .unwrap()
        .layout;
    let caret = layout.caret(5);
    let at = (101.0 + caret.x, 100.0 + (caret.top + caret.bottom) / 2.0);
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
    let element = writer.desk.board.elements().next().unwrap().clone();
    let layout = shared::model::lettering::lettering(&element)
        .unwrap()
        .layout;
    let at = |letter: usize| {
        let caret = layout.caret(letter);
        (101.0 + caret.x, 100.0 + (caret.top + caret.bottom) / 2.0)
    };
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

#[test]
fn a_text_that_others_delete_is_left_quietly() {
    let mut writer = Writer::on("words");
    let ids = vec![element_id(TEXT)];
    writer
        .desk
        .apply(OTHER, vec![Op::Delete { ids }], Guard::Any);
    assert_eq!(writer.desk.editor.writes_on(), None);
    writer.field.put("x");
    writer.field.tell(&mut writer.desk);
    assert!(writer.desk.board.is_empty());
}

#[test]
fn viewers_cannot_write() {
    let mut writer = Writer::on("words");
    let mut ids = || element_id(1);
    let board = writer.desk.board.clone();
    writer
        .desk
        .editor
        .set_access(crate::Access::View, 0, &mut ids, &board);
    assert_eq!(writer.desk.editor.writes_on(), None);
    writer.field.put("x");
    writer.field.tell(&mut writer.desk);
    assert_eq!(writer.plain(), "words");
}

#[test]
fn each_letter_goes_out_at_once() {
    let mut writer = Writer::on("");
    writer.desk.log.clear();
    writer.type_("ab");
    let texts = writer.desk.log.iter().filter(|effect| {
        matches!(effect, Effect::Commit { ops, .. } if matches!(ops[..], [Op::Text { .. }]))
    });
    assert_eq!(texts.count(), 2);
}

#[derive(Clone, Debug)]
enum Event {
    Type(String),
    Backspace,
    Caret(usize, usize),
    Bold,
    Undo,
    Other(usize, String),
    OtherDeletes(usize, usize),
    Compose(bool),
    /// The field does not take over what it should for a while.
    Late(String),
}

fn event() -> impl Strategy<Value = Event> {
    prop_oneof![
        5 => "[a-c \n🙂-]{1,3}".prop_map(Event::Type),
        2 => Just(Event::Backspace),
        3 => (0..30_usize, 0..4_usize).prop_map(|(at, len)| Event::Caret(at, len)),
        1 => Just(Event::Bold),
        1 => Just(Event::Undo),
        3 => (0..30_usize, "[X-Z]{1,3}").prop_map(|(at, text)| Event::Other(at, text)),
        1 => (0..30_usize, 1..4_usize).prop_map(|(at, len)| Event::OtherDeletes(at, len)),
        1 => any::<bool>().prop_map(Event::Compose),
        1 => "[d-f]{1,2}".prop_map(Event::Late),
    ]
}

/// A place between two letters of the field.
fn boundary(field: &Field, at: usize) -> usize {
    let value = field.value();
    value.chars().take(at).map(char::len_utf16).sum()
}

proptest! {
    #[test]
    fn whatever_happens_field_and_board_agree(events in prop::collection::vec(event(), 1..40)) {
        let mut writer = Writer::on("start");
        // Something that keeps the text on the board when all of it is deleted.
        for event in events {
            match event {
                Event::Type(text) => writer.type_(&text),
                Event::Backspace if writer.field.range.1 > 0 => {
                    let (from, to) = writer.field.range;
                    if from == to {
                        let before = writer.field.value().encode_utf16().take(from).collect::<Vec<_>>();
                        let last = String::from_utf16(&before).unwrap().chars().last().unwrap();
                        writer.field.range.0 -= last.len_utf16();
                    }
                    writer.field.put("");
                    writer.field.tell(&mut writer.desk);
                    writer.follow();
                }
                Event::Backspace => {}
                Event::Caret(at, len) => {
                    let (from, to) = (boundary(&writer.field, at), boundary(&writer.field, at + len));
                    writer.mark(from, to);
                }
                Event::Bold => writer.key("b", CTRL),
                Event::Undo => writer.key("z", CTRL),
                Event::Other(at, text) => writer.other_types(at, &text),
                Event::OtherDeletes(at, len) => {
                    let spans = writer.rich().spans(at..at + len);
                    writer.other(TextEdit::Delete(spans));
                }
                Event::Compose(on) => {
                    writer.field.composing = on;
                    writer.field.tell(&mut writer.desk);
                    writer.follow();
                }
                Event::Late(text) => {
                    let kept = writer.field.clone();
                    writer.other_types(2, "W");
                    writer.field = kept;
                    let before = writer.plain().chars().count();
                    writer.field.put(&text);
                    let gone = writer.field.range.0;
                    writer.field.tell(&mut writer.desk);
                    writer.follow();
                    prop_assert!(gone > 0 && writer.plain().chars().count() + 30 > before);
                }
            }
            if writer.desk.board.is_empty() || writer.desk.editor.writes_on().is_none() {
                return Ok(());
            }
            if !writer.field.composing {
                prop_assert_eq!(writer.field.value(), writer.plain());
            }
            prop_assert!(writer.field.range.1 <= writer.field.value.len());
        }
        writer.field.composing = false;
        writer.field.tell(&mut writer.desk);
        writer.follow();
        prop_assert_eq!(writer.field.value(), writer.plain());
    }
}
