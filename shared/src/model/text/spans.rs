//! Finding the pieces that an edit's spans refer to.
//!
//! An edit names many spans in any order, and a text has many pieces. Sorting the spans first makes
//! one pass over both sufficient.

use super::CharSpan;
use super::rich::{Piece, RichText};

/// The spans of an edit, sorted, and merged where they overlap or touch.
pub(super) struct Ranges {
    /// Index of the typist, first number, and number after the last.
    ranges: Vec<(u16, u32, u32)>,
}

impl Ranges {
    fn of(text: &RichText, spans: &[CharSpan]) -> Self {
        let placed = spans.iter().filter_map(|span| {
            let author = text.typist_index(span.by)?;
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

    /// The parts of the characters `from..end` of one typist that the spans contain, in ascending
    /// order.
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
    /// Splits pieces at the ends of the spans, and calls `each` for every piece within them.
    pub(super) fn for_each_piece_in(
        &mut self,
        spans: &[CharSpan],
        each: &mut dyn FnMut(&mut Piece),
    ) {
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
                Some(_) => split_piece(&piece, &mut found, &mut pieces, each),
            }
        }
        self.pieces = pieces;
    }

    /// The parts of the spans whose pieces pass a test, in the order of the text.
    pub(super) fn matching_spans(
        &self,
        spans: &[CharSpan],
        test: &dyn Fn(&Piece) -> bool,
    ) -> Vec<CharSpan> {
        let ranges = Ranges::of(self, spans);
        let mut found: Vec<CharSpan> = Vec::new();
        for piece in self.pieces.iter().filter(|piece| test(piece)) {
            let Some(by) = self.typist(piece.author) else {
                continue;
            };
            for (from, end) in ranges.within(piece.author, piece.from, piece.end()) {
                let len = end - from;
                push_span(&mut found, CharSpan { by, from, len });
            }
        }
        found
    }
}

/// Splits a piece at the ends of ranges, calls `each` for the parts within them, and appends all
/// parts to `pieces`.
fn split_piece(
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

/// Appends a span, or extends the last one if the new span continues it.
pub(super) fn push_span(spans: &mut Vec<CharSpan>, span: CharSpan) {
    match spans.last_mut() {
        Some(last) if last.by == span.by && last.from + last.len == span.from => {
            last.len += span.len;
        }
        _ => spans.push(span),
    }
}
