//! Finding and changing the pieces that an edit's spans refer to.

use super::piece::Piece;
use super::rich::RichText;
use super::tree::PieceTree;
use super::typists::Typists;
use super::{CharSpan, Marks};

/// Characters of one typist: its index, the first number, and the number after the last.
type Range = (u16, u32, u32);

/// The parts of a piece that an edit may change.
pub(super) type PieceState = (Marks, Option<u16>);

/// The spans of an edit as ranges, sorted, and joined where they overlap or touch. So no character
/// is visited twice.
fn ranges(typists: &Typists, spans: &[CharSpan]) -> Vec<Range> {
    let placed = spans.iter().filter_map(|span| {
        let author = typists.index(span.by)?;
        Some((author, span.from, span.from.saturating_add(span.len)))
    });
    let mut sorted: Vec<Range> = placed.filter(|(_, from, end)| from < end).collect();
    sorted.sort_unstable();
    let mut ranges: Vec<Range> = Vec::with_capacity(sorted.len());
    for (author, from, end) in sorted {
        match ranges.last_mut() {
            Some((by, _, last)) if *by == author && from <= *last => *last = end.max(*last),
            _ => ranges.push((author, from, end)),
        }
    }
    ranges
}

impl RichText {
    /// Gives all characters in the spans a new state. `change` returns the new state of a piece, or
    /// `None` if it stays as it is. Returns whether any character changed.
    pub(super) fn change_pieces(
        &mut self,
        spans: &[CharSpan],
        change: &dyn Fn(&Piece) -> Option<PieceState>,
    ) -> bool {
        let ranges = ranges(&self.typists, spans);
        self.pieces.edit(|tree| {
            let mut changed = false;
            for range in ranges {
                changed |= change_range(tree, range, change);
            }
            changed
        })
    }

    /// The parts of the spans whose pieces pass a test, in the order of the text.
    pub(super) fn matching_spans(
        &self,
        spans: &[CharSpan],
        test: &dyn Fn(&Piece) -> bool,
    ) -> Vec<CharSpan> {
        let tree = self.pieces.tree();
        let mut found = Vec::new();
        for (author, from, end) in ranges(&self.typists, spans) {
            let Some(by) = self.typists.client(author) else {
                continue;
            };
            let mut at = from;
            while at < end
                && let Some(label) = tree.first_within(author, at, end)
                && let Some(piece) = tree.get(label)
            {
                let (from, to) = (piece.from.max(at), piece.end().min(end));
                if test(piece) {
                    let len = to - from;
                    found.push((label, CharSpan { by, from, len }));
                }
                at = to;
            }
        }
        found.sort_unstable();
        let mut spans = Vec::new();
        for (_, span) in found {
            push_span(&mut spans, span);
        }
        spans
    }
}

fn change_range(
    tree: &mut PieceTree,
    (author, from, end): Range,
    change: &dyn Fn(&Piece) -> Option<PieceState>,
) -> bool {
    let mut changed = false;
    let mut at = from;
    while at < end
        && let Some(label) = tree.first_within(author, at, end)
        && let Some(piece) = tree.get(label).cloned()
    {
        let from = piece.from.max(at);
        at = piece.end().min(end);
        if let Some(state) = change(&piece) {
            tree.replace(label, with_state(&piece, from, at, state));
            changed = true;
        }
    }
    changed
}

/// The parts of a piece if its characters `from..end` get another state.
fn with_state(piece: &Piece, from: u32, end: u32, state: PieceState) -> Vec<Piece> {
    let (left, rest) = piece.cut(from);
    let (middle, right) = rest.map_or((None, None), |rest| rest.cut(end));
    let (marks, deleted_by) = state;
    let middle = middle.map(|middle| Piece {
        marks,
        deleted_by,
        ..middle
    });
    left.into_iter().chain(middle).chain(right).collect()
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
