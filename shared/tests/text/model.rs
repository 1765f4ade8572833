//! Any edits of a text, compared with a plain list of characters.

use shared::protocol::encode;
use testkit::plain_text::PlainText;

use super::*;

/// An edit that may refer to characters that exist or do not.
fn any_edit() -> impl Strategy<Value = TextEdit> {
    let client = prop::sample::select(PEOPLE.to_vec());
    let no = 0..700_u32;
    let id = (client.clone(), no.clone()).prop_map(|(by, no)| CharId { by, no });
    let len = prop_oneof![3 => 1..4_u32, 1 => 1..700_u32];
    let span = (client, no, len).prop_map(|(by, from, len)| CharSpan { by, from, len });
    let spans = prop::collection::vec(span, 0..5);
    let marks = prop::sample::select(vec![Marks::BOLD, Marks::ITALIC]);
    let text = prop_oneof![3 => "[a-zäあ🙂\n]{0,4}", 1 => "[ab🙂]{200,600}"];
    let insert = (prop::option::weighted(0.9, id), text, marks.clone());
    prop_oneof![
        3 => insert.prop_map(|(after, text, marks)| TextEdit::Insert { after, from: 0, text, marks }),
        2 => spans.clone().prop_map(TextEdit::Delete),
        1 => spans.clone().prop_map(TextEdit::Restore),
        2 => (spans, marks, any::<bool>())
            .prop_map(|(spans, marks, on)| TextEdit::Mark { spans, marks, on }),
    ]
}

/// The edit with a number for its first character that its author did not use before.
fn numbered(edit: TextEdit, next: u32) -> TextEdit {
    match edit {
        TextEdit::Insert {
            after, text, marks, ..
        } => TextEdit::Insert {
            after,
            from: next,
            text,
            marks,
        },
        other => other,
    }
}

proptest! {
    #[test]
    fn a_text_is_equal_to_a_plain_list_of_characters_after_any_edits(
        edits in prop::collection::vec((0..PEOPLE.len(), any_edit(), 0..8_u32), 1..60),
    ) {
        let mut model = PlainText::default();
        let mut text = RichText::default();
        for (who, edit, gap) in edits {
            let author = PEOPLE[who];
            // Now and then an author repeats a number, which must have no effect.
            let next = (text.next_of(author) + gap).saturating_sub(1);
            let edit = numbered(edit, next);
            let before = text.clone();
            model.edit(author, &edit);
            let changed = text.edit(author, &edit);
            prop_assert_eq!(encode(&text).unwrap().to_vec(), model.stored());
            prop_assert_eq!(changed, text != before);
            let read: RichText = shared::protocol::decode(&model.stored(), 1 << 20).unwrap();
            prop_assert_eq!(&read, &text);
            prop_assert_eq!(read.pieces(), text.pieces());
            prop_assert_eq!((read.len(), read.plain()), (text.len(), text.plain()));
        }
    }
}
