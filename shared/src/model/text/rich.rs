//! A text: its pieces, and the clients that typed them. This module reads it; `edit` changes it.

use std::fmt;

use serde::{Deserialize, Serialize, Serializer};

use super::piece::Piece;
use super::pieces::Pieces;
use super::stored::StoredText;
use super::typists::{Typist, Typists};
use super::{CharId, Marks};
use crate::id::ClientId;

/// The text of an element.
#[derive(Clone, Default, Deserialize)]
#[serde(try_from = "StoredText")]
pub struct RichText {
    pub(super) typists: Typists,
    pub(super) pieces: Pieces,
}

/// A run of visible text in one style.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StyledRun<'a> {
    /// The characters.
    pub text: &'a str,
    /// Their style.
    pub marks: Marks,
}

/// A visible character.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TextChar {
    /// Its id.
    pub id: CharId,
    /// The character.
    pub letter: char,
    /// Its style.
    pub marks: Marks,
}

impl fmt::Debug for RichText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        StoredText::from(self).fmt(f)
    }
}

impl PartialEq for RichText {
    fn eq(&self, other: &Self) -> bool {
        self.len() == other.len()
            && self.pieces() == other.pieces()
            && StoredText::from(self) == StoredText::from(other)
    }
}

impl Serialize for RichText {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        StoredText::from(self).serialize(serializer)
    }
}

impl RichText {
    /// A text that one client typed from beginning to end.
    #[must_use]
    pub fn typed<'a>(by: ClientId, runs: impl IntoIterator<Item = StyledRun<'a>>) -> Self {
        let mut next = 0;
        let mut pieces: Vec<(Marks, String)> = Vec::new();
        for run in runs {
            let marks = run.marks.known();
            match pieces.last_mut() {
                _ if run.text.is_empty() => {}
                Some((last, text)) if *last == marks => text.push_str(run.text),
                _ => pieces.push((marks, run.text.to_owned())),
            }
        }
        let pieces = pieces.into_iter().map(|(marks, text)| {
            let piece = Piece::new(0, next, &text, marks);
            next = piece.end();
            piece
        });
        let pieces = Pieces::new(pieces.collect());
        if next == 0 {
            return Self::default();
        }
        Self {
            typists: Typists::new(vec![Typist { by, next }]),
            pieces,
        }
    }

    /// The visible text, as if one client had typed all of it. Copies use it, because they belong
    /// to the client that copies.
    #[must_use]
    pub fn retyped(&self, by: ClientId) -> Self {
        Self::typed(by, self.runs())
    }

    /// Whether the text never had a character.
    #[must_use]
    pub fn is_untouched(&self) -> bool {
        self.typists.list().is_empty()
    }

    /// Whether no character is visible.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.shown().next().is_none()
    }

    /// The visible text, run by run.
    pub fn runs(&self) -> impl Iterator<Item = StyledRun<'_>> {
        self.shown().map(|piece| StyledRun {
            text: &piece.text,
            marks: piece.marks,
        })
    }

    /// The visible characters.
    pub fn chars(&self) -> impl Iterator<Item = TextChar> + '_ {
        self.shown().flat_map(|piece| {
            let by = self.typists.client(piece.author);
            let numbers = piece.from..;
            piece
                .text
                .chars()
                .zip(numbers)
                .filter_map(move |(letter, no)| {
                    Some(TextChar {
                        id: CharId { by: by?, no },
                        letter,
                        marks: piece.marks,
                    })
                })
        })
    }

    /// The number of characters, including deleted ones.
    #[must_use]
    pub fn len(&self) -> usize {
        self.pieces.chars()
    }

    /// The number of pieces, visible or not.
    #[must_use]
    pub fn pieces(&self) -> usize {
        self.pieces.runs()
    }

    /// Whether only `me` typed or deleted in this text.
    #[must_use]
    pub fn is_of(&self, me: ClientId) -> bool {
        self.typists.list().iter().all(|typist| typist.by == me)
    }

    /// The highest next number of all typists.
    #[must_use]
    pub fn highest_next(&self) -> u32 {
        let next = self.typists.list().iter().map(|typist| typist.next);
        next.max().unwrap_or(0)
    }

    /// An upper estimate of the encoded size in bytes.
    #[must_use]
    pub fn encoded_bytes(&self) -> usize {
        let text: usize = self.pieces.iter().map(|piece| piece.text.len() + 64).sum();
        text + self.typists.list().len() * 40
    }

    /// The visible text without styles.
    #[must_use]
    pub fn plain(&self) -> String {
        self.runs().map(|run| run.text).collect()
    }

    /// Whether clients that pass a test typed all visible characters.
    #[must_use]
    pub fn is_typed_by(&self, test: &dyn Fn(ClientId) -> bool) -> bool {
        self.shown()
            .all(|piece| self.typists.client(piece.author).is_some_and(test))
    }

    /// The number of a client's next character.
    #[must_use]
    pub fn next_of(&self, by: ClientId) -> u32 {
        self.typists.next(by)
    }

    pub(super) fn shown(&self) -> impl Iterator<Item = &Piece> {
        self.pieces
            .iter()
            .filter(|piece| piece.deleted_by.is_none())
    }
}
