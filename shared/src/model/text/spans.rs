//! From spans, as edits name them, to pieces.
//!
//! Edits name many spans in any order, and a text has many pieces: here both are gone
//! through once. It must not know what is done to what is found.

use super::CharSpan;
use super::rich::{Piece, RichText};

/// Spans of the people of one text: sorted, and joined where they overlap or meet.
pub(super) struct Ranges {
    /// Author, first, and end.
    ranges: Vec<(u16, u32, u32)>,
}

impl Ranges {
    fn of(text: &RichText, spans: &[CharSpan]) -> Self {
        let placed = spans.iter().filter_map(|span| {
            let author = text.place_of(span.by)?;
            Some((author, span.from, span.from.saturating_add(span.len)))
        });
        let mut sorted: Vec<(u16, u32, u32)> = placed.filter(|(_, from, end)| from < end).collect();
        sorted.sort_unstable();
        let mut ranges: Vec<(u16, u32, u32)> = Vec::with_capacity(sorted.len());
        for (author, from, end) in sorted {
            match ranges.last_mut() {
                Some((by, _, last)) if *by == author && from <= *last => *last = end.max(*last),
                _ => ranges.push((author, from, end)),
            }
        }
        Self { ranges }
    }

    /// What lies in the characters `from..end` of an author, ascending.
    fn within(&self, author: u16, from: u32, end: u32) -> impl Iterator<Item = (u32, u32)> + '_ {
        let first = self
            .ranges
            .partition_point(|(by, _, last)| (*by, *last) <= (author, from));
        let found = self.ranges.get(first..).unwrap_or_default().iter();
        found
            .take_while(move |(by, first, _)| *by == author && *first < end)
            .map(move |(_, first, last)| (from.max(*first), end.min(*last)))
    }
}

impl RichText {
    /// Cuts pieces so that none reaches over the ends of spans, and gives the pieces
    /// within them to `each`.
    pub(super) fn within(&mut self, spans: &[CharSpan], each: &mut dyn FnMut(&mut Piece)) {
        let ranges = Ranges::of(self, spans);
        let mut pieces = Vec::with_capacity(self.pieces.len() + 2 * ranges.ranges.len());
        for mut piece in std::mem::take(&mut self.pieces) {
            let (from, end) = (piece.from, piece.end());
            let mut found = ranges.within(piece.author, from, end).peekable();
            match found.peek() {
                None => pieces.push(piece),
                Some((first, last)) if (*first, *last) == (from, end) => {
                    each(&mut piece);
                    pieces.push(piece);
                }
                Some(_) => cut_up(&piece, &mut found, &mut pieces, each),
            }
        }
        self.pieces = pieces;
    }

    /// The parts of spans whose characters pass a test, in the order of the text.
    pub(super) fn those(&self, spans: &[CharSpan], test: &dyn Fn(&Piece) -> bool) -> Vec<CharSpan> {
        let ranges = Ranges::of(self, spans);
        let mut found: Vec<CharSpan> = Vec::new();
        for piece in self.pieces.iter().filter(|piece| test(piece)) {
            let Some(by) = self.person(piece.author) else {
                continue;
            };
            for (from, end) in ranges.within(piece.author, piece.from, piece.end()) {
                let len = end - from;
                join(&mut found, CharSpan { by, from, len });
            }
        }
        found
    }
}

/// Adds a piece in parts: those in the ranges, which go to `each`, and those between.
fn cut_up(
    piece: &Piece,
    ranges: &mut dyn Iterator<Item = (u32, u32)>,
    pieces: &mut Vec<Piece>,
    each: &mut dyn FnMut(&mut Piece),
) {
    let mut text = piece.text.as_str();
    let mut at = piece.from;
    let mut take = |upto: u32| {
        let letters = upto.saturating_sub(at) as usize;
        let byte = text.char_indices().nth(letters);
        let (head, rest) = text.split_at(byte.map_or(text.len(), |(byte, _)| byte));
        let part = piece.part(at, head);
        (text, at) = (rest, upto);
        part
    };
    let mut add = |part: Piece| {
        if !part.text.is_empty() {
            pieces.push(part);
        }
    };
    for (from, end) in ranges {
        add(take(from));
        let mut part = take(end);
        each(&mut part);
        add(part);
    }
    add(take(piece.end()));
}

/// Adds a span; one that goes on where the last ends becomes part of it.
pub(super) fn join(spans: &mut Vec<CharSpan>, span: CharSpan) {
    match spans.last_mut() {
        Some(last) if last.by == span.by && last.from + last.len == span.from => {
            last.len += span.len;
        }
        _ => spans.push(span),
    }
}
