//! The form in which a text is stored and sent, and its validation.
//!
//! This module checks every property that the rest of the text code relies on, once, when a text is
//! decoded.

use serde::{Deserialize, Serialize};
use serde_tuple::{Deserialize_tuple, Serialize_tuple};

use super::Marks;
use super::piece::{Piece, count};
use super::pieces::Pieces;
use super::rich::RichText;
use super::typists::{Typist, Typists};
use crate::limits::{MAX_TEXT_CHARS, MAX_TYPISTS};

/// A text in the form in which it is stored and sent. Equal texts have equal forms.
#[derive(Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct StoredText {
    typists: Vec<Typist>,
    pieces: Vec<StoredPiece>,
}

/// Consecutive characters of one client with the same style and state. No two neighbours can be one
/// piece.
#[derive(Debug, PartialEq, Serialize_tuple, Deserialize_tuple)]
struct StoredPiece {
    /// Index of the client that typed them among the typists.
    author: u16,
    /// Number of the first character.
    from: u32,
    text: String,
    marks: Marks,
    /// Index of the client that deleted them among the typists.
    deleted_by: Option<u16>,
}

/// The reason why a text is invalid.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub(super) enum InvalidText {
    /// There are too many typists, or one is listed twice.
    #[error("more typists than allowed, or one of them twice")]
    Typists,
    /// There are too many characters.
    #[error("more characters than a text may have")]
    TooLong,
    /// There are more pieces than a text may have characters.
    #[error("more pieces than a text may have characters")]
    Pieces,
    /// A piece names a typist who is not in the list.
    #[error("a piece of a typist who is not listed")]
    UnknownTypist,
    /// Two characters have the same number, or a number is not below the next one of its typist.
    #[error("numbers that overlap or that are not below the next one")]
    Numbers,
}

impl From<&RichText> for StoredText {
    fn from(text: &RichText) -> Self {
        let mut pieces: Vec<StoredPiece> = Vec::with_capacity(text.pieces());
        let mut before: Option<&Piece> = None;
        for piece in text.pieces.iter() {
            match pieces.last_mut() {
                Some(last) if before.is_some_and(|before| before.is_continued_by(piece)) => {
                    last.text.push_str(&piece.text);
                }
                _ => pieces.push(StoredPiece::from(piece)),
            }
            before = Some(piece);
        }
        Self {
            typists: text.typists.list().to_vec(),
            pieces,
        }
    }
}

impl From<&Piece> for StoredPiece {
    fn from(piece: &Piece) -> Self {
        Self {
            author: piece.author,
            from: piece.from,
            text: (*piece.text).to_owned(),
            marks: piece.marks,
            deleted_by: piece.deleted_by,
        }
    }
}

impl TryFrom<StoredText> for RichText {
    type Error = InvalidText;

    fn try_from(stored: StoredText) -> Result<Self, InvalidText> {
        stored.check()?;
        Ok(Self {
            pieces: Pieces::new(joined(stored.pieces)),
            typists: Typists::new(stored.typists),
        })
    }
}

/// Joins neighbours that can be one piece, and leaves out pieces without characters.
fn joined(stored: Vec<StoredPiece>) -> Vec<Piece> {
    let mut joined: Vec<StoredPiece> = Vec::with_capacity(stored.len());
    let mut end = 0;
    for mut piece in stored {
        piece.marks = piece.marks.known();
        let next_end = piece.from.saturating_add(count(&piece.text));
        match joined.last_mut() {
            _ if piece.text.is_empty() => continue,
            Some(last)
                if last.author == piece.author
                    && last.marks == piece.marks
                    && last.deleted_by == piece.deleted_by
                    && end == piece.from =>
            {
                last.text.push_str(&piece.text);
            }
            _ => joined.push(piece),
        }
        end = next_end;
    }
    let pieces = joined.into_iter().map(|piece| Piece {
        deleted_by: piece.deleted_by,
        ..Piece::new(piece.author, piece.from, &piece.text, piece.marks)
    });
    pieces.collect()
}

impl StoredText {
    fn check(&self) -> Result<(), InvalidText> {
        // This check comes first because it bounds the work of the others. Its limit is not
        // `MAX_TEXT_PIECES`, because stored texts may have more pieces than new edits may make.
        if self.pieces.len() > MAX_TEXT_CHARS {
            return Err(InvalidText::Pieces);
        }
        let mut clients: Vec<_> = self.typists.iter().map(|typist| typist.by).collect();
        clients.sort_unstable();
        clients.dedup();
        if clients.len() != self.typists.len() || clients.len() > MAX_TYPISTS {
            return Err(InvalidText::Typists);
        }
        let chars = self.pieces.iter().map(|piece| count(&piece.text) as usize);
        if chars.sum::<usize>() > MAX_TEXT_CHARS {
            return Err(InvalidText::TooLong);
        }
        let is_listed = |index: u16| usize::from(index) < self.typists.len();
        let names_unknown = |piece: &StoredPiece| {
            !is_listed(piece.author) || !piece.deleted_by.is_none_or(is_listed)
        };
        if self.pieces.iter().any(names_unknown) {
            return Err(InvalidText::UnknownTypist);
        }
        self.check_numbers()
    }

    fn check_numbers(&self) -> Result<(), InvalidText> {
        let mut taken: Vec<(u16, u32, u32)> = Vec::with_capacity(self.pieces.len());
        for piece in &self.pieces {
            let end = (piece.from)
                .checked_add(count(&piece.text))
                .ok_or(InvalidText::Numbers)?;
            let typist = self.typists.get(usize::from(piece.author));
            if typist.is_none_or(|typist| end > typist.next) {
                return Err(InvalidText::Numbers);
            }
            taken.push((piece.author, piece.from, end));
        }
        taken.sort_unstable();
        let overlap = |pair: &[(u16, u32, u32)]| match pair {
            [(one, _, end), (other, from, _)] => one == other && end > from,
            _ => false,
        };
        if taken.windows(2).any(overlap) {
            return Err(InvalidText::Numbers);
        }
        Ok(())
    }
}
