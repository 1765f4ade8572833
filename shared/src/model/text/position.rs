//! Conversion between positions in the visible text and ids of characters.
//!
//! A position counts visible characters; position 0 is before the first.

use std::ops::Range;

use super::piece::Piece;
use super::rich::RichText;
use super::spans::push_span;
use super::{CharId, CharSpan};

impl RichText {
    /// The character before a position. `None` at the beginning; behind the end it is the last
    /// character.
    #[must_use]
    pub fn id_before(&self, position: usize) -> Option<CharId> {
        let mut left = position;
        let mut last = None;
        for piece in self.shown() {
            let len = piece.len as usize;
            let by = self.typists.client(piece.author)?;
            // At most MAX_TEXT_CHARS.
            let taken = u32::try_from(left.min(len)).unwrap_or(u32::MAX);
            if taken > 0 {
                let no = piece.from + taken - 1;
                last = Some(CharId { by, no });
            }
            if left <= len {
                return last;
            }
            left -= len;
        }
        last
    }

    /// The position behind a character. For a deleted character it is the position where it stood.
    /// `None` if the text does not have the character.
    #[must_use]
    pub fn position_behind(&self, id: CharId) -> Option<usize> {
        let author = self.typists.index(id.by)?;
        let mut position = 0;
        for piece in self.pieces.iter() {
            let shown = piece.deleted_by.is_none();
            if piece.contains(author, id.no) {
                let within = (id.no - piece.from + 1) as usize;
                return Some(position + if shown { within } else { 0 });
            }
            if shown {
                position += piece.len as usize;
            }
        }
        None
    }

    /// The characters between two positions.
    #[must_use]
    pub fn spans(&self, range: Range<usize>) -> Vec<CharSpan> {
        let mut spans: Vec<CharSpan> = Vec::new();
        let mut start = 0;
        for piece in self.shown() {
            let end = start + piece.len as usize;
            let (from, to) = (range.start.max(start), range.end.min(end));
            if from < to {
                let span = self.span(piece, from - start, to - start);
                span.into_iter()
                    .for_each(|span| push_span(&mut spans, span));
            }
            start = end;
        }
        spans
    }

    fn span(&self, piece: &Piece, from: usize, to: usize) -> Option<CharSpan> {
        Some(CharSpan {
            by: self.typists.client(piece.author)?,
            from: piece.from + u32::try_from(from).ok()?,
            len: u32::try_from(to - from).ok()?,
        })
    }
}
