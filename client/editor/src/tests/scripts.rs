//! Writing in every script: the caret in mixed lines, measures, compositions, undo by words.

use std::rc::Rc;

use shared::limits::MAX_TEXT_CHARS;
use shared::model::{Prop, PropKey};
use shared::op::Op;
use shared::typeset::{Measure, Piece};

use super::rig::Rig;
use super::writer::{CTRL, NO_KEYS, SHIFT, TEXT, Writer, text};
use crate::{Focus, Key, MeasureText, Output, ToolKind, UiCommand, deleted_range, is_for_editor};

/// Fonts in which each cluster has the same width.
#[derive(Debug)]
struct Fonts(u16);

impl MeasureText for Fonts {
    fn measure(&self, pieces: &[Piece]) -> Vec<Measure> {
        let measure = |piece: &Piece| Measure {
            text: piece.text.clone(),
            bold: piece.bold,
            italic: piece.italic,
            advances: vec![self.0; piece.estimates.len()],
            breaks: Vec::new(),
        };
        pieces.iter().map(measure).collect()
    }
}

fn measured(words: &str) -> Writer {
    let mut writer = Writer::on(words);
    writer.rig.editor.measure_with(Rc::new(Fonts(777)));
    writer
}

/// The measured pieces of the only element.
fn pieces(rig: &Rig) -> Vec<String> {
    let element = rig.board.elements().next().unwrap();
    let measures = element.props.measures();
    measures.list().map(|it| it.text.clone()).collect()
}

/// The ops of the last commit.
fn last_commit(rig: &Rig) -> Vec<Op> {
    let commits = rig.log.iter().rev().find_map(|output| match output {
        Output::Commit { ops, .. } => Some(ops.clone()),
        _ => None,
    });
    commits.unwrap()
}

fn key(name: &str) -> Key {
    Key {
        key: name.to_owned(),
        focus: Focus::TextField,
        ..Key::default()
    }
}

#[test]
fn arrow_keys_pass_a_mixed_line_as_it_looks() {
    let mut writer = Writer::on("ab שלו c");
    writer.key("Home", NO_KEYS);
    let mut places = vec![writer.field.range.0];
    for _ in 0..8 {
        writer.key("ArrowRight", NO_KEYS);
        places.push(writer.field.range.0);
    }
    assert_eq!(places, [0, 1, 2, 3, 5, 4, 3, 7, 8]);
    writer.key("ArrowLeft", SHIFT);
    assert_eq!(writer.field.range, (7, 8));
    writer.key("ArrowLeft", CTRL);
    assert_eq!(writer.field.range, (3, 3), "to the beginning of the word");
    writer.key("ArrowLeft", CTRL);
    assert_eq!(writer.field.range, (0, 0));
}

#[test]
fn the_caret_shows_the_side_that_it_came_from() {
    let mut writer = Writer::on("ab שלו c");
    let x = |writer: &Writer| {
        let overlay = writer.rig.editor.overlay(0, &writer.rig.board);
        overlay.caret.unwrap().line.unwrap()[0].x
    };
    writer.key("Home", NO_KEYS);
    let mut last = x(&writer);
    for _ in 0..8 {
        writer.key("ArrowRight", NO_KEYS);
        assert!(x(&writer) > last, "each step moves to the right");
        last = x(&writer);
    }
}

#[test]
fn an_arrow_key_leaves_a_marked_range_at_its_side() {
    let mut writer = Writer::on("שלום");
    writer.mark(1, 3);
    writer.key("ArrowLeft", NO_KEYS);
    assert_eq!(writer.field.range, (3, 3), "left is forward here");
    writer.mark(1, 3);
    writer.key("ArrowRight", NO_KEYS);
    assert_eq!(writer.field.range, (1, 1));
}

#[test]
fn the_field_keeps_keys_that_it_handles_as_well() {
    assert!(!is_for_editor(&key("ArrowLeft"), "Zürich 東京 👍"));
    assert!(is_for_editor(&key("ArrowLeft"), "abc שלום"));
    assert!(is_for_editor(&key("ArrowUp"), "abc"));
    assert!(!is_for_editor(&key("a"), "שלום"));
}

#[test]
fn backspace_and_delete_take_a_whole_cluster() {
    let syllable = "नि";
    assert_eq!(deleted_range(&key("Backspace"), syllable, 2), Some((0, 2)));
    assert_eq!(deleted_range(&key("Delete"), "a👩🏽‍🚀b", 1), Some((1, 8)));
    assert_eq!(deleted_range(&key("Backspace"), "a👩🏽‍🚀b", 8), Some((1, 8)));
    assert_eq!(deleted_range(&key("Backspace"), "ab", 0), None);
    assert_eq!(deleted_range(&key("Delete"), "ab", 2), None);
    let word = Key {
        modifiers: CTRL,
        ..key("Backspace")
    };
    assert_eq!(deleted_range(&word, "ab", 2), None);
}

#[test]
fn measures_travel_in_the_commit_that_types() {
    let mut writer = measured("");
    writer.type_("ab ש");
    let ops = last_commit(&writer.rig);
    let sets_measures = |op: &Op| {
        matches!(
            op,
            Op::Set {
                prop: Prop::Measures(_),
                ..
            }
        )
    };
    assert!(ops.iter().any(|op| matches!(op, Op::Text { .. })));
    assert!(ops.iter().any(sets_measures));
    assert_eq!(pieces(&writer.rig), ["ש"]);
    let element = writer.rig.board.elements().next().unwrap();
    assert!(!element.writers.contains_key(&PropKey::Measures));
    writer.type_("c");
    assert!(
        !last_commit(&writer.rig).iter().any(sets_measures),
        "nothing new"
    );
}

#[test]
fn undo_takes_back_text_and_leaves_measures() {
    let mut writer = measured("x ");
    writer.type_("שלום");
    assert_eq!(writer.plain(), "x שלום");
    writer.undo();
    assert_eq!(writer.plain(), "x ");
    writer.rig.run(crate::Command::REDO);
    assert_eq!(writer.plain(), "x שלום");
    assert!(pieces(&writer.rig).contains(&"שלום".to_owned()));
    writer.undo();
    writer.undo();
    assert!(!writer.rig.editor.history().can_undo());
}

#[test]
fn pieces_that_are_gone_are_dropped_when_they_are_many() {
    let mut writer = measured("");
    let letters = "אבגדהוזחטיכלמנסעפצקרשת";
    for first in letters.chars().take(5) {
        for second in letters.chars() {
            writer.type_(&format!("{first}{second}"));
            writer.backspace();
            writer.backspace();
        }
    }
    writer.type_("שלום");
    let count = pieces(&writer.rig).len();
    assert!((1..=66).contains(&count), "{count}");
    assert!(pieces(&writer.rig).contains(&"שלום".to_owned()));
}

#[test]
fn put_elements_are_measured_too() {
    let mut rig = Rig::new();
    rig.editor.measure_with(Rc::new(Fonts(777)));
    let content = crate::input::Pasted::Text("שלום עולם".to_owned());
    rig.send(crate::InputEvent::Pasted { content, at: None });
    assert_eq!(pieces(&rig), ["עולם", "שלום"]);
}

#[test]
fn composed_text_is_underlined_where_it_is() {
    let mut writer = Writer::on("ab cd");
    writer.mark(3, 3);
    writer.field.composing = true;
    writer.field.put("か");
    writer.field.tell(&mut writer.rig);
    let underline = |writer: &Writer| {
        let overlay = writer.rig.editor.overlay(0, &writer.rig.board);
        kurbo::Shape::bounding_box(&overlay.caret.unwrap().composed)
    };
    let before = underline(&writer);
    // か has an estimated width of 24.
    assert!((before.width() - 24.0).abs() < 1.0e-6 && before.height() < 3.0);
    writer.other_types(0, "xyz ");
    let after = underline(&writer);
    assert!(after.x0 > before.x0 + 20.0 && (after.width() - 24.0).abs() < 1.0e-6);
    writer.field.composing = false;
    writer.field.tell(&mut writer.rig);
    assert_eq!(underline(&writer).area(), 0.0);
    assert_eq!(writer.plain(), "xyz ab かcd");
}

#[test]
fn undo_goes_by_words() {
    let mut writer = Writer::on("");
    writer.type_("one two  three");
    for left in ["one two  ", "one ", ""] {
        writer.undo();
        assert_eq!(writer.plain(), left);
    }
}

#[test]
fn text_of_white_space_alone_is_removed() {
    for blank in ["   ", "\n \n", "\u{3000}\u{200b}"] {
        let mut writer = Writer::beginning(200.0, 200.0);
        writer.type_(blank);
        writer.key("Escape", NO_KEYS);
        assert!(writer.rig.board.is_empty(), "{blank:?}");
    }
}

fn notice(rig: &Rig) -> Option<String> {
    rig.log.iter().rev().find_map(|output| match output {
        Output::Ui(UiCommand::Notify(words)) => Some(words.to_string()),
        _ => None,
    })
}

#[test]
fn a_paste_into_a_full_text_says_how_much_was_left_out() {
    let mut writer = Writer::on("ab");
    writer.mark(1, 1);
    writer.field.put(&"x".repeat(MAX_TEXT_CHARS + 8));
    writer.field.tell(&mut writer.rig);
    writer.follow();
    assert_eq!(writer.rich().chars().count(), MAX_TEXT_CHARS);
    assert!(writer.plain().starts_with("ax") && writer.plain().ends_with("xb"));
    assert_eq!(writer.field.value(), writer.plain());
    assert_eq!(
        writer.field.range.0,
        MAX_TEXT_CHARS - 1,
        "the caret is behind the paste"
    );
    let told = notice(&writer.rig).unwrap();
    assert!(told.contains("The last 10 were left out"), "{told}");
}

#[test]
fn a_long_text_on_the_clipboard_says_how_much_was_left_out() {
    let mut rig = Rig::new();
    let content = crate::input::Pasted::Text("y".repeat(MAX_TEXT_CHARS + 5));
    rig.send(crate::InputEvent::Pasted { content, at: None });
    assert!(notice(&rig).unwrap().contains("The last 5 were left out"));
    let mut rig = Rig::new();
    rig.pick(ToolKind::Select);
    rig.put(super::rig::ME, text(TEXT, "short"));
    assert_eq!(notice(&rig), None);
}
