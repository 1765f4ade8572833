//! Random typing, presses, compositions and changes by others: the field and the board stay equal.

use proptest::prelude::*;
use shared::model::TextEdit;

use crate::tests::writer::{CTRL, Field, Writer};

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
    /// The field is late in taking over the offered content.
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
        // An element that stays on the board when all of its text is deleted.
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
                    writer.field.tell(&mut writer.rig);
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
                    writer.field.tell(&mut writer.rig);
                    writer.follow();
                }
                Event::Late(text) => {
                    let kept = writer.field.clone();
                    writer.other_types(2, "W");
                    writer.field = kept;
                    let before = writer.plain().chars().count();
                    writer.field.put(&text);
                    let gone = writer.field.range.0;
                    writer.field.tell(&mut writer.rig);
                    writer.follow();
                    prop_assert!(gone > 0 && writer.plain().chars().count() + 30 > before);
                }
            }
            if writer.rig.board.is_empty() || writer.rig.editor.edited_element().is_none() {
                return Ok(());
            }
            if !writer.field.composing {
                prop_assert_eq!(writer.field.value(), writer.plain());
            }
            prop_assert!(writer.field.range.1 <= writer.field.value.len());
        }
        writer.field.composing = false;
        writer.field.tell(&mut writer.rig);
        writer.follow();
        prop_assert_eq!(writer.field.value(), writer.plain());
    }
}
