//! A piece of a text: consecutive characters that share everything but their numbers.

use std::sync::Arc;

use super::Marks;

/// The most characters of one piece in memory, so that splitting a piece or adding to it costs
/// little. Stored and sent texts join such pieces.
pub(super) const MAX_PIECE_CHARS: u32 = 256;

/// Consecutive characters of one client with the same style and state.
#[derive(Clone, Debug)]
pub(super) struct Piece {
    /// Index of the client that typed them among the typists.
    pub(super) author: u16,
    /// Number of the first character.
    pub(super) from: u32,
    /// The characters; never empty.
    pub(super) text: Arc<str>,
    /// The number of characters.
    pub(super) len: u32,
    /// Their style.
    pub(super) marks: Marks,
    /// Index of the client that deleted them among the typists. `None` if they are visible.
    pub(super) deleted_by: Option<u16>,
}

impl Piece {
    /// A visible piece.
    pub(super) fn new(author: u16, from: u32, text: &str, marks: Marks) -> Self {
        Self {
            author,
            from,
            text: text.into(),
            len: count(text),
            marks,
            deleted_by: None,
        }
    }

    /// The number after that of the last character.
    pub(super) const fn end(&self) -> u32 {
        self.from.saturating_add(self.len)
    }

    /// The number of visible characters.
    pub(super) const fn shown(&self) -> usize {
        if self.deleted_by.is_none() {
            self.len as usize
        } else {
            0
        }
    }

    /// Whether another piece is a copy of this one. Equal pieces of different origin may differ.
    pub(super) fn is_same(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.text, &other.text)
            && self.from == other.from
            && self.marks == other.marks
            && self.deleted_by == other.deleted_by
            && self.author == other.author
    }

    /// Whether the piece holds a character.
    pub(super) const fn contains(&self, author: u16, no: u32) -> bool {
        self.author == author && self.from <= no && no < self.end()
    }

    /// Whether `next` continues this piece, with the same author, style and state.
    pub(super) fn is_continued_by(&self, next: &Self) -> bool {
        self.author == next.author
            && self.marks == next.marks
            && self.deleted_by == next.deleted_by
            && self.end() == next.from
    }

    /// Cuts the piece before the character `no`. A part without characters is left out.
    pub(super) fn cut(&self, no: u32) -> (Option<Self>, Option<Self>) {
        if no <= self.from {
            return (None, Some(self.clone()));
        }
        let head = no - self.from;
        if head >= self.len {
            return (Some(self.clone()), None);
        }
        let at = self.text.char_indices().nth(head as usize);
        let (left, right) = self.text.split_at(at.map_or(self.text.len(), |(at, _)| at));
        let part = |from: u32, text: &str, len: u32| Self {
            from,
            text: text.into(),
            len,
            ..*self
        };
        let left = part(self.from, left, head);
        let right = part(no, right, self.len - head);
        (Some(left), Some(right))
    }

    /// Cuts the piece into parts of at most [`MAX_PIECE_CHARS`] characters.
    pub(super) fn chunks(self) -> impl Iterator<Item = Self> {
        let mut rest = Some(self);
        std::iter::from_fn(move || {
            let piece = rest.take()?;
            let (chunk, more) = piece.cut(piece.from.saturating_add(MAX_PIECE_CHARS));
            rest = more;
            chunk
        })
    }

    /// Appends the characters of a piece that continues this one.
    fn append(&mut self, next: &Self) {
        self.text = [&*self.text, &*next.text].concat().into();
        self.len += next.len;
    }
}

/// Joins neighbours as far as [`MAX_PIECE_CHARS`] allows.
pub(super) fn join(pieces: impl IntoIterator<Item = Piece>) -> Vec<Piece> {
    let mut joined: Vec<Piece> = Vec::new();
    for piece in pieces {
        match joined.last_mut() {
            Some(last)
                if last.len + piece.len <= MAX_PIECE_CHARS && last.is_continued_by(&piece) =>
            {
                last.append(&piece);
            }
            _ => joined.push(piece),
        }
    }
    joined
}

/// The number of characters.
pub(super) fn count(text: &str) -> u32 {
    // Validated texts have at most MAX_TEXT_CHARS.
    u32::try_from(text.chars().count()).unwrap_or(u32::MAX)
}
