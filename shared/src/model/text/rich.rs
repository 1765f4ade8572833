//! The representation of a text: a list of pieces, and the clients that typed them.
//!
//! This module reads, splits and merges pieces; `edit` decides how an edit changes them.

use serde::{Deserialize, Serialize};
use serde_tuple::{Deserialize_tuple, Serialize_tuple};

use super::stored::StoredText;
use super::{CharId, Marks};
use crate::id::ClientId;

/// Consecutive characters of one client with the same style and state.
#[derive(Clone, Debug, PartialEq, Serialize_tuple, Deserialize_tuple)]
pub(super) struct Piece {
    /// Index of the client that typed them among the typists.
    pub(super) author: u16,
    /// Number of the first character.
    pub(super) from: u32,
    /// The characters; never empty.
    pub(super) text: String,
    /// Their style.
    pub(super) marks: Marks,
    /// Index of the client that deleted them among the typists. `None` if they are visible.
    pub(super) deleted_by: Option<u16>,
}

/// A client that typed or deleted in this text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize_tuple, Deserialize_tuple)]
pub(super) struct Typist {
    pub(super) by: ClientId,
    /// The number of its next character.
    pub(super) next: u32,
}

/// The text of an element. Equal texts have equal pieces.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(try_from = "StoredText")]
pub struct RichText {
    pub(super) typists: Vec<Typist>,
    pub(super) pieces: Vec<Piece>,
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

impl Piece {
    /// The number of characters.
    pub(super) fn len(&self) -> u32 {
        // At most MAX_TEXT_CHARS.
        u32::try_from(self.text.chars().count()).unwrap_or(u32::MAX)
    }

    /// The number after that of the last character.
    pub(super) fn end(&self) -> u32 {
        self.from.saturating_add(self.len())
    }

    /// Whether `next` continues this piece, with the same author, style and state.
    fn is_continued_by(&self, next: &Self) -> bool {
        self.author == next.author
            && self.marks == next.marks
            && self.deleted_by == next.deleted_by
            && self.end() == next.from
    }

    /// A part of the piece: the characters `text`, the first of which has the number `from`.
    pub(super) fn part(&self, from: u32, text: &str) -> Self {
        Self {
            author: self.author,
            from,
            text: text.to_owned(),
            marks: self.marks,
            deleted_by: self.deleted_by,
        }
    }

    /// Keeps the first `count` characters and returns the others.
    fn split_off(&mut self, count: u32) -> Self {
        let at = self.text.char_indices().nth(count as usize);
        let at = at.map_or(self.text.len(), |(at, _)| at);
        Self {
            author: self.author,
            from: self.from.saturating_add(count),
            text: self.text.split_off(at),
            marks: self.marks,
            deleted_by: self.deleted_by,
        }
    }
}

impl RichText {
    /// A text that one client typed from beginning to end.
    #[must_use]
    pub fn typed<'a>(by: ClientId, runs: impl IntoIterator<Item = StyledRun<'a>>) -> Self {
        let mut text = Self {
            typists: vec![Typist { by, next: 0 }],
            pieces: Vec::new(),
        };
        let mut next = 0;
        for run in runs {
            let piece = Piece {
                author: 0,
                from: next,
                text: run.text.to_owned(),
                marks: run.marks.known(),
                deleted_by: None,
            };
            next = piece.end();
            text.pieces.push(piece);
        }
        if next == 0 {
            return Self::default();
        }
        text.typists = vec![Typist { by, next }];
        text.merge_pieces();
        text
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
        self.typists.is_empty()
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
            let by = self.typist(piece.author);
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
        self.pieces
            .iter()
            .map(|piece| piece.text.chars().count())
            .sum()
    }

    /// The number of pieces, visible or not.
    #[must_use]
    pub fn pieces(&self) -> usize {
        self.pieces.len()
    }

    /// Whether only `me` typed or deleted in this text.
    #[must_use]
    pub fn is_of(&self, me: ClientId) -> bool {
        self.typists.iter().all(|typist| typist.by == me)
    }

    /// The highest next number of all typists.
    #[must_use]
    pub fn highest_next(&self) -> u32 {
        let next = self.typists.iter().map(|typist| typist.next);
        next.max().unwrap_or(0)
    }

    /// An upper estimate of the encoded size in bytes.
    #[must_use]
    pub fn encoded_bytes(&self) -> usize {
        let text: usize = self.pieces.iter().map(|piece| piece.text.len() + 64).sum();
        text + self.typists.len() * 40
    }

    /// The visible text without styles.
    #[must_use]
    pub fn plain(&self) -> String {
        self.runs().map(|run| run.text).collect()
    }

    /// Whether `me` typed all visible characters.
    #[must_use]
    pub fn is_untouched_by_others(&self, me: ClientId) -> bool {
        self.shown()
            .all(|piece| self.typist(piece.author) == Some(me))
    }

    /// The number of a client's next character.
    #[must_use]
    pub fn next_of(&self, by: ClientId) -> u32 {
        let typist = self.typists.iter().find(|typist| typist.by == by);
        typist.map_or(0, |typist| typist.next)
    }

    pub(super) fn shown(&self) -> impl Iterator<Item = &Piece> {
        self.pieces
            .iter()
            .filter(|piece| piece.deleted_by.is_none())
    }

    pub(super) fn typist(&self, place: u16) -> Option<ClientId> {
        let typist = self.typists.get(usize::from(place))?;
        Some(typist.by)
    }

    pub(super) fn typist_index(&self, by: ClientId) -> Option<u16> {
        let place = self.typists.iter().position(|typist| typist.by == by)?;
        u16::try_from(place).ok()
    }

    /// Splits the piece that holds a character before that character. Returns the index of the
    /// piece that begins with it, or `None` if there is no such character.
    pub(super) fn split_before(&mut self, author: u16, no: u32) -> Option<usize> {
        let contains =
            |piece: &Piece| piece.author == author && piece.from <= no && no < piece.end();
        let at = self.pieces.iter().position(contains)?;
        let piece = self.pieces.get_mut(at)?;
        if piece.from == no {
            return Some(at);
        }
        let rest = piece.split_off(no - piece.from);
        self.pieces.insert(at + 1, rest);
        Some(at + 1)
    }

    /// Merges neighbours that can be one piece, so that equal texts have equal pieces.
    pub(super) fn merge_pieces(&mut self) {
        let mut merged: Vec<Piece> = Vec::with_capacity(self.pieces.len());
        for piece in self.pieces.drain(..) {
            match merged.last_mut() {
                _ if piece.text.is_empty() => {}
                Some(last) if last.is_continued_by(&piece) => last.text.push_str(&piece.text),
                _ => merged.push(piece),
            }
        }
        self.pieces = merged;
    }
}
