//! Validation of a text from outside.
//!
//! This module checks every property that the rest of the text code relies on, once, when a text is
//! decoded.

use serde::Deserialize;

use super::rich::{Piece, RichText, Typist};
use crate::limits::{MAX_TEXT_CHARS, MAX_TYPISTS};

/// A text as it was decoded, before validation.
#[derive(Deserialize)]
pub(super) struct StoredText {
    typists: Vec<Typist>,
    pieces: Vec<Piece>,
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

impl TryFrom<StoredText> for RichText {
    type Error = InvalidText;

    fn try_from(StoredText { typists, pieces }: StoredText) -> Result<Self, InvalidText> {
        let mut text = Self { typists, pieces };
        text.check()?;
        for piece in &mut text.pieces {
            piece.marks = piece.marks.known();
        }
        text.merge_pieces();
        Ok(text)
    }
}

impl RichText {
    fn check(&self) -> Result<(), InvalidText> {
        // This check comes first because it bounds the work of the others. Its limit is not
        // `MAX_TEXT_PIECES`, because stored texts may have more pieces than new edits may make.
        if self.pieces.len() > MAX_TEXT_CHARS {
            return Err(InvalidText::Pieces);
        }
        let mut people: Vec<_> = self.typists.iter().map(|typist| typist.by).collect();
        people.sort_unstable();
        people.dedup();
        if people.len() != self.typists.len() || people.len() > MAX_TYPISTS {
            return Err(InvalidText::Typists);
        }
        if self.len() > MAX_TEXT_CHARS {
            return Err(InvalidText::TooLong);
        }
        let is_listed = |index: u16| usize::from(index) < self.typists.len();
        let names_unknown =
            |piece: &Piece| !is_listed(piece.author) || !piece.deleted_by.is_none_or(is_listed);
        if self.pieces.iter().any(names_unknown) {
            return Err(InvalidText::UnknownTypist);
        }
        self.check_numbers()
    }

    fn check_numbers(&self) -> Result<(), InvalidText> {
        let mut taken: Vec<(u16, u32, u32)> = Vec::with_capacity(self.pieces.len());
        for piece in &self.pieces {
            let end = piece
                .from
                .checked_add(piece.len())
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
