//! The estimated work of applying a commit.
//!
//! Most ops cost about as much as their bytes say. Some touch more: a mark over a long text changes
//! all its pieces, and an erased range is compared with all ranges of its stroke. A room refuses
//! commits that cost too much, and counts the work of the others.

use crate::id::{ClientId, ElementId};
use crate::model::{Board, Body, CharSpan, Element, NewElement, Stroke, TextEdit};

use super::{Commit, Guard, Op};

/// Bytes, list entries or comparisons that cost as much as one look-up in a board or text: one unit
/// of work, about a microsecond.
const ENTRIES_PER_UNIT: u64 = 64;

/// The work of applying a commit of `author` to a board, in units of about a microsecond. The
/// result depends on the board before the commit alone, so it is a lower bound if the commit itself
/// makes its elements larger.
#[must_use]
pub fn cost(board: &Board, author: ClientId, commit: &Commit) -> u64 {
    let costs = commit
        .ops
        .iter()
        .map(|op| op_cost(board, author, commit.guard, op));
    costs.fold(0, u64::saturating_add)
}

fn op_cost(board: &Board, author: ClientId, guard: Guard, op: &Op) -> u64 {
    let found = |id: &ElementId| board.get(*id).map(AsRef::as_ref);
    match op {
        Op::Put(new) | Op::Restore(new) => 2 + new_element(new),
        Op::Extend { id, ink, .. } => 2 + entries(ink.len()) + found(id).map_or(0, copy),
        Op::Set { id, prop: _ } => 2 + found(id).map_or(0, copy),
        Op::Delete { ids } => {
            let deleted = ids.iter().filter_map(found);
            ids.len() as u64
                + deleted
                    .map(|element| 2 + ownership(element, guard))
                    .sum::<u64>()
        }
        Op::Text { id, edit } => {
            2 + found(id).map_or(0, |element| {
                copy(element) + text_edit(element, author, edit)
            })
        }
        Op::Erase { id, spans } | Op::Unerase { id, spans } => {
            let comparisons = |stroke: &Stroke| (stroke.erased.len() + spans.len()) * spans.len();
            let stroke = found(id).and_then(stroke);
            2 + found(id).map_or(0, copy) + entries(stroke.map_or(0, comparisons))
        }
    }
}

const fn entries(count: usize) -> u64 {
    count as u64 / ENTRIES_PER_UNIT
}

fn new_element(new: &NewElement) -> u64 {
    let body = match &new.body {
        Body::Stroke(stroke) => stroke.len() + stroke.erased.len(),
        Body::Shape(_) | Body::Line | Body::Text | Body::Sticky { .. } | Body::Frame => 0,
    };
    entries(body) + new.text.pieces() as u64 + entries(new.text.len())
}

const fn stroke(element: &Element) -> Option<&Stroke> {
    match &element.body {
        Body::Stroke(stroke) => Some(stroke),
        Body::Shape(_) | Body::Line | Body::Text | Body::Sticky { .. } | Body::Frame => None,
    }
}

/// Copying an element before its first change. The copy of a text shares all pieces, and other
/// lists are short.
fn copy(element: &Element) -> u64 {
    let stroke = stroke(element).map_or(0, |stroke| stroke.parts.len() + stroke.erased.len());
    entries(stroke)
}

/// Finding out whether an element is its author's own.
fn ownership(element: &Element, guard: Guard) -> u64 {
    let erased = stroke(element).map_or(0, |stroke| stroke.erased.len());
    match guard {
        Guard::Any => 0,
        Guard::MineOnly => entries(erased + element.text.pieces()),
    }
}

fn text_edit(element: &Element, author: ClientId, edit: &TextEdit) -> u64 {
    let text = &element.text;
    let touched = |spans: &[CharSpan]| {
        let named: u64 = spans.iter().map(|span| u64::from(span.len)).sum();
        spans.len() as u64 + named.min(text.pieces() as u64)
    };
    let own = match edit {
        TextEdit::Insert { text, .. } => 2 + entries(text.len()),
        TextEdit::Delete(spans) | TextEdit::Restore(spans) | TextEdit::Mark { spans, .. } => {
            touched(spans)
        }
    };
    own + text.work_to_list(author)
}
