//! A text as a plain list of characters, edited in the simplest way that keeps the rules. The real
//! text must be equal to it after any edits.

use shared::id::ClientId;
use shared::model::{CharId, CharSpan, Marks, TextEdit};
use shared::protocol::encode;

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
pub struct PlainText {
    typists: Vec<(ClientId, u32)>,
    chars: Vec<Char>,
}

impl PlainText {
    fn next_of(&self, by: ClientId) -> u32 {
        let typist = self.typists.iter().find(|(client, _)| *client == by);
        typist.map_or(0, |(_, next)| *next)
    }

    fn add_typist(&mut self, by: ClientId) {
        if self.typists.iter().all(|(client, _)| *client != by) {
            self.typists.push((by, 0));
        }
    }

    /// Applies an edit of an author.
    pub fn edit(&mut self, author: ClientId, edit: &TextEdit) {
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
                let end = span.from.saturating_add(span.len);
                span.by == char.id.by && (span.from..end).contains(&char.id.no)
            })
        })
    }

    /// The text as it is stored: the typists, and the pieces.
    #[must_use]
    pub fn stored(&self) -> Vec<u8> {
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
        encode(&(&self.typists, pieces)).unwrap().to_vec()
    }
}
