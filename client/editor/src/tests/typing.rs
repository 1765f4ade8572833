//! Text editing: a field as a browser has it, the editor, and another user.

mod random;

use shared::geometry::BoardPoint;
use shared::model::{Marks, TextEdit};
use shared::op::{Guard, Op};

use super::rig::{OTHER, element_id};
use super::writer::{CTRL, NO_KEYS, TEXT, Writer};
use crate::{Command, Output, ToolKind};

#[test]
fn a_click_of_the_text_tool_begins_a_text() {
    let mut writer = Writer::new();
    writer.rig.pick(ToolKind::Text);
    writer.rig.click(200.0, 200.0);
    assert_eq!(writer.rig.editor.tool(), ToolKind::Select);
    writer.follow();
    writer.type_("hello");
    assert_eq!(writer.plain(), "hello");
    assert_eq!(writer.field.value(), "hello");
    let element = writer.rig.board.elements().next().unwrap();
    assert_eq!(element.props.size(), [0.0, 0.0]);
    // The press is in the middle of the line's left edge.
    let line = shared::model::text_layout::line_height(element);
    assert_eq!(element.props.at, BoardPoint::new(200.0, 200.0 - line / 2.0));
}

#[test]
fn a_new_text_or_note_and_its_first_words_are_one_undo_step() {
    for tool in [ToolKind::Text, ToolKind::Sticky] {
        let mut writer = Writer::new();
        writer.rig.pick(tool);
        writer.rig.click(200.0, 200.0);
        writer.follow();
        writer.type_("hello");
        writer.rig.now += 2_000;
        writer.type_(" world");
        writer.key("Escape", NO_KEYS);
        writer.undo();
        assert_eq!(
            writer.plain(),
            "hello",
            "after a pause is a step of its own"
        );
        writer.undo();
        assert!(writer.rig.board.is_empty());
        assert!(!writer.rig.editor.history().can_undo());
        writer.rig.run(Command::REDO);
        assert_eq!(writer.plain(), "hello");
        writer.rig.run(Command::REDO);
        assert_eq!(writer.plain(), "hello world");
    }
}

#[test]
fn undo_of_a_new_text_leaves_what_others_typed_into_it() {
    let mut writer = Writer::beginning(200.0, 200.0);
    writer.type_("mine");
    writer.other_types(0, "theirs ");
    writer.key("Escape", NO_KEYS);
    writer.undo();
    assert_eq!(writer.plain(), "theirs ");
}

#[test]
fn words_on_an_older_element_are_an_undo_step_of_their_own() {
    let mut writer = Writer::new();
    writer.rig.pick(ToolKind::Sticky);
    writer.rig.click(200.0, 200.0);
    writer.key("Escape", NO_KEYS);
    writer.rig.restyle(crate::StyleChange::Opacity(100));
    writer.rig.key("Enter");
    writer.follow();
    writer.type_("late");
    writer.key("Escape", NO_KEYS);
    writer.undo();
    assert_eq!((writer.rig.board.len(), writer.plain()), (1, String::new()));
}

#[test]
fn words_that_join_a_step_clear_redo() {
    let mut writer = Writer::new();
    writer.rig.pick(ToolKind::Sticky);
    writer.rig.click(200.0, 200.0);
    writer.key("Escape", NO_KEYS);
    writer.rig.restyle(crate::StyleChange::Opacity(100));
    writer.undo();
    writer.rig.key("Enter");
    writer.follow();
    writer.type_("new");
    assert!(!writer.rig.editor.history().can_redo());
}

#[test]
fn a_drag_of_the_text_tool_sets_the_width() {
    let mut writer = Writer::new();
    writer.rig.pick(ToolKind::Text);
    writer
        .rig
        .draw(&[(400.0, 200.0), (300.0, 230.0), (250.0, 240.0)]);
    let element = writer.rig.newest();
    assert_eq!(element.props.size(), [150.0, 0.0]);
    assert_eq!(element.props.at.x, 250.0);
    assert!(writer.rig.editor.typing(&writer.rig.board).unwrap().wraps);
}

#[test]
fn an_empty_text_is_deleted_and_is_an_undo_step_only_if_it_had_text() {
    for (typed, pause) in [("", 0), ("ab", 0), ("ab", 2_000)] {
        let mut writer = Writer::new();
        writer.rig.pick(ToolKind::Text);
        writer.rig.click(200.0, 200.0);
        writer.follow();
        writer.type_(typed);
        writer.rig.now += pause;
        typed.chars().for_each(|_| writer.backspace());
        writer.key("Escape", NO_KEYS);
        assert_eq!(writer.rig.editor.edited_element(), None);
        assert!(
            writer.rig.board.is_empty(),
            "others see no empty text either"
        );
        // Text that was there for a while can be restored.
        let can_undo = writer.rig.editor.history().can_undo();
        assert_eq!(can_undo, pause > 0, "{typed:?}");
        if can_undo {
            writer.undo();
            assert_eq!(writer.plain(), typed);
        }
    }
}

#[test]
fn undo_restores_an_older_text_that_was_emptied() {
    let mut writer = Writer::on("old");
    writer.mark(0, 3);
    writer.backspace();
    assert_eq!(writer.rig.board.len(), 1);
    writer.rig.click(600.0, 500.0);
    assert!(writer.rig.board.is_empty());
    writer.undo();
    assert_eq!(writer.plain(), "old");
}

#[test]
fn an_empty_text_stays_if_another_user_typed_into_it() {
    let mut writer = Writer::beginning(200.0, 200.0);
    writer.other_types(0, "theirs");
    writer.key("Escape", NO_KEYS);
    assert_eq!(writer.plain(), "theirs");
}

#[test]
fn text_typed_by_two_people_is_all_kept() {
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
fn text_typed_before_the_field_took_over_other_letters_is_kept() {
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
        .rig
        .apply(OTHER, vec![Op::Text { id, edit }], Guard::Any);
    // The field still holds `abc`.
    writer.field.put("d");
    writer.field.tell(&mut writer.rig);
    writer.field.put("e");
    writer.field.tell(&mut writer.rig);
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
        writer.field.tell(&mut writer.rig);
        writer.follow();
    }
    writer.other_types(0, "> ");
    assert_eq!(writer.field.version, version, "composing would break off");
    assert_eq!(writer.plain(), "> 語にほん", "others see the composed text");
    writer.field.range.0 = 1;
    writer.field.put("日本");
    writer.field.composing = false;
    writer.field.tell(&mut writer.rig);
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
    let ids: Vec<u32> = writer.rich().chars().map(|letter| letter.id.no).collect();
    assert_eq!(ids, [0, 3, 1, 2]);
    writer.backspace();
    let ids: Vec<u32> = writer.rich().chars().map(|letter| letter.id.no).collect();
    assert_eq!(ids, [0, 1, 2]);
}

#[test]
fn typed_letters_have_the_marks_of_their_left_neighbour_or_the_chosen_ones() {
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
        .chars()
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
    assert!(writer.rich().chars().all(|l| l.marks.has(Marks::BOLD)));
    writer.key("b", CTRL);
    assert!(writer.rich().chars().all(|l| !l.marks.has(Marks::BOLD)));
    assert_eq!(writer.field.range, (0, 5), "the marked text stays marked");
}

#[test]
fn lists_continue_and_end() {
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
fn an_undo_step_ends_with_a_word_a_pause_a_press_or_forty_letters() {
    let mut writer = Writer::on("");
    let steps = |writer: &Writer| writer.rig.editor.history().undo_len();
    let before = steps(&writer);
    writer.type_("one ");
    assert_eq!(steps(&writer), before + 1);
    writer.rig.now += 1_001;
    writer.type_("two ");
    assert_eq!(steps(&writer), before + 2);
    writer.mark(0, 0);
    writer.type_("three ");
    assert_eq!(steps(&writer), before + 3);
    writer.type_(&"a".repeat(40));
    assert_eq!(steps(&writer), before + 4);
    writer.type_("a");
    assert_eq!(steps(&writer), before + 5);
}

#[test]
fn undo_and_redo_reach_the_field_during_text_editing() {
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
        "text typed after redo is a step of its own"
    );
}

#[test]
fn text_editing_ends_when_others_delete_the_text() {
    let mut writer = Writer::on("words");
    let ids = vec![element_id(TEXT)];
    writer
        .rig
        .apply(OTHER, vec![Op::Delete { ids }], Guard::Any);
    assert_eq!(writer.rig.editor.edited_element(), None);
    writer.field.put("x");
    writer.field.tell(&mut writer.rig);
    assert!(writer.rig.board.is_empty());
}

#[test]
fn viewers_cannot_edit_text() {
    let mut writer = Writer::on("words");
    writer.rig.become_viewer();
    assert_eq!(writer.rig.editor.edited_element(), None);
    writer.field.put("x");
    writer.field.tell(&mut writer.rig);
    assert_eq!(writer.plain(), "words");
}

#[test]
fn each_letter_is_sent_at_once() {
    let mut writer = Writer::on("");
    writer.rig.log.clear();
    writer.type_("ab");
    let texts = writer.rig.log.iter().filter(|effect| {
        matches!(effect, Output::Commit { ops, .. } if matches!(ops[..], [Op::Text { .. }]))
    });
    assert_eq!(texts.count(), 2);
}
