//! A text as a plain list of characters, edited in the simplest way that keeps the rules. The real
//! text must be equal to it after any edits.

use bytes::Bytes;
use shared::protocol::encode;

use super::*;

/// A character, deleted or not.
#[derive(Clone, Debug, PartialEq)]
struct Char {
    id: CharId,
    letter: char,
    marks: Marks,
    deleted_by: Option<ClientId>,
}

/// A text without any limits.
#[derive(Clone, Debug, Default)]
struct Model {
    typists: Vec<(ClientId, u32)>,
    chars: Vec<Char>,
}

impl Model {
    fn next_of(&self, by: ClientId) -> u32 {
        let typist = self.typists.iter().find(|(client, _)| *client == by);
        typist.map_or(0, |(_, next)| *next)
    }

    fn add_typist(&mut self, by: ClientId) {
        if self.typists.iter().all(|(client, _)| *client != by) {
            self.typists.push((by, 0));
        }
    }

    fn edit(&mut self, author: ClientId, edit: &TextEdit) {
        match edit {
            TextEdit::Insert {
                after,
                from,
                text,
                marks,
            } => self.insert(author, (*after, *from), text, *marks),
            TextEdit::Delete(spans) => {
                if self.named(spans).any(|char| char.deleted_by.is_none()) {
                    self.add_typist(author);
                }
                self.named(spans)
                    .for_each(|char| char.deleted_by = char.deleted_by.or(Some(author)));
            }
            TextEdit::Restore(spans) => self
                .named(spans)
                .filter(|char| char.deleted_by == Some(author))
                .for_each(|char| char.deleted_by = None),
            TextEdit::Mark { spans, marks, on } => self
                .named(spans)
                .for_each(|char| char.marks = char.marks.set(marks.known(), *on)),
        }
    }

    fn insert(
        &mut self,
        author: ClientId,
        (after, from): (Option<CharId>, u32),
        text: &str,
        marks: Marks,
    ) {
        if text.is_empty() || from < self.next_of(author) {
            return;
        }
        self.add_typist(author);
        let len = text.chars().count() as u32;
        for (by, next) in &mut self.typists {
            if *by == author {
                *next = from + len;
            }
        }
        let place = match after {
            None => 0,
            Some(id) => self
                .chars
                .iter()
                .position(|char| char.id == id)
                .map_or(self.chars.len(), |at| at + 1),
        };
        let new = text.chars().zip(from..).map(|(letter, no)| Char {
            id: CharId { by: author, no },
            letter,
            marks: marks.known(),
            deleted_by: None,
        });
        self.chars.splice(place..place, new);
    }

    fn named(&mut self, spans: &[CharSpan]) -> impl Iterator<Item = &mut Char> {
        self.chars.iter_mut().filter(|char| {
            spans.iter().any(|span| {
                span.by == char.id.by && (span.from..span.from + span.len).contains(&char.id.no)
            })
        })
    }

    /// The text as it is stored: the typists, and the pieces.
    fn stored(&self) -> Bytes {
        type Piece = (usize, u32, String, Marks, Option<usize>);
        let index = |by: ClientId| self.typists.iter().position(|(client, _)| *client == by);
        let mut pieces: Vec<Piece> = Vec::new();
        let mut end = 0;
        for char in &self.chars {
            let author = index(char.id.by).unwrap();
            let deleted_by = char.deleted_by.map(|by| index(by).unwrap());
            match pieces.last_mut() {
                Some((by, _, text, marks, deleter))
                    if (*by, *marks, *deleter) == (author, char.marks, deleted_by)
                        && end == char.id.no =>
                {
                    text.push(char.letter);
                }
                _ => {
                    let text = char.letter.to_string();
                    pieces.push((author, char.id.no, text, char.marks, deleted_by));
                }
            }
            end = char.id.no + 1;
        }
        encode(&(&self.typists, pieces)).unwrap()
    }
}

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
        let mut model = Model::default();
        let mut text = RichText::default();
        for (who, edit, gap) in edits {
            let author = PEOPLE[who];
            // Now and then an author repeats a number, which must have no effect.
            let next = (text.next_of(author) + gap).saturating_sub(1);
            let edit = numbered(edit, next);
            let before = text.clone();
            model.edit(author, &edit);
            let changed = text.edit(author, &edit);
            prop_assert_eq!(encode(&text).unwrap(), model.stored());
            prop_assert_eq!(changed, text != before);
            let read: RichText = shared::protocol::decode(&model.stored(), 1 << 20).unwrap();
            prop_assert_eq!(&read, &text);
            prop_assert_eq!(read.pieces(), text.pieces());
            prop_assert_eq!((read.len(), read.plain()), (text.len(), text.plain()));
        }
    }
}
