//! The estimated work of applying a commit.
//!
//! Most ops cost about as much as their bytes say. Some touch more: a mark over a long text changes
//! all its pieces, and an erased range is compared with all ranges of its stroke. A room refuses
//! commits that cost too much, and counts the work of the others.

use std::collections::hash_map::Entry;
use std::collections::{HashMap, HashSet};

use crate::id::{ClientId, ElementId};
use crate::limits::{MAX_ERASED_RANGES, MAX_STROKE_PARTS, MAX_TEXT_PIECES};
use crate::model::{Board, Body, CharSpan, NewElement, RichText, Stroke, TextEdit};

use super::{Commit, Guard, Op};

/// Bytes or entries of lists that cost as much to copy as one look-up in a board or text: one unit of
/// work, about a microsecond.
const ENTRIES_PER_UNIT: u64 = 256;
/// Comparisons of two erased ranges that cost one unit.
const COMPARISONS_PER_UNIT: u64 = 1_024;
/// Pieces of a text that are looked at in one unit.
const PIECES_PER_UNIT: u64 = 16;

/// The size of what an element holds, in entries.
#[derive(Clone, Copy, Debug, Default)]
struct Size {
    /// Pieces of its text.
    pieces: u64,
    /// Erased ranges.
    erased: u64,
    /// Parts of its stroke.
    parts: u64,
    /// 1 if the text has no room for another typist.
    full_typists: u64,
}

impl Size {
    fn new(body: &Body, text: &RichText) -> Self {
        let stroke = stroke(body);
        Self {
            pieces: text.pieces() as u64,
            erased: stroke.map_or(0, |stroke| stroke.erased.len() as u64),
            parts: stroke.map_or(0, |stroke| stroke.parts.len() as u64),
            full_typists: u64::from(text.has_all_typists()),
        }
    }

    /// The largest size that an element can have which grows by another size.
    fn grown(self, by: Self) -> Self {
        let most = |one: u64, other: u64, most: usize| one.saturating_add(other).min(most as u64);
        Self {
            pieces: most(self.pieces, by.pieces, MAX_TEXT_PIECES),
            erased: most(self.erased, by.erased, MAX_ERASED_RANGES),
            parts: most(self.parts, by.parts, MAX_STROKE_PARTS),
            full_typists: most(self.full_typists, by.full_typists, 1),
        }
    }

    /// The sum or the difference of each number.
    fn combine(self, other: Self, combined: fn(u64, u64) -> u64) -> Self {
        Self {
            pieces: combined(self.pieces, other.pieces),
            erased: combined(self.erased, other.erased),
            parts: combined(self.parts, other.parts),
            full_typists: combined(self.full_typists, other.full_typists),
        }
    }

    /// Copying an element before its first change. The copy of a text shares all pieces, and other
    /// lists are short.
    const fn copy(self) -> u64 {
        entries(self.parts + self.erased)
    }

    /// Finding out whether an element is its author's own.
    const fn ownership(self, guard: &Guard) -> u64 {
        match guard {
            Guard::Any => 0,
            Guard::MineOnly | Guard::WorkOf(_) => {
                entries(self.erased) + self.pieces / PIECES_PER_UNIT
            }
        }
    }
}

/// The most by which commits that are not applied yet make elements larger.
#[derive(Clone, Debug, Default)]
pub struct Growth(HashMap<ElementId, ElementGrowth>);

/// The growth of one element.
#[derive(Clone, Copy, Debug, Default)]
struct ElementGrowth {
    size: Size,
    /// The number of ops that add to it.
    ops: u64,
}

impl Growth {
    /// Adds the ops of a commit.
    pub fn add(&mut self, commit: &Commit) {
        commit.ops.iter().for_each(|op| self.add_op(op));
    }

    /// Removes the ops of a commit that was added before.
    pub fn remove(&mut self, commit: &Commit) {
        for (id, by) in commit.ops.iter().filter_map(growth_by) {
            let Entry::Occupied(mut entry) = self.0.entry(id) else {
                continue;
            };
            let growth = entry.get_mut();
            growth.ops = growth.ops.saturating_sub(1);
            growth.size = growth.size.combine(by, u64::saturating_sub);
            if growth.ops == 0 {
                entry.remove();
            }
        }
    }

    fn add_op(&mut self, op: &Op) {
        if let Some((id, by)) = growth_by(op) {
            let growth = self.0.entry(id).or_default();
            growth.ops += 1;
            growth.size = growth.size.combine(by, u64::saturating_add);
        }
    }

    fn of(&self, id: ElementId) -> Option<Size> {
        self.0.get(&id).map(|growth| growth.size)
    }
}

/// The element that an op makes larger, and by how much at most.
fn growth_by(op: &Op) -> Option<(ElementId, Size)> {
    let none = Size::default();
    Some(match op {
        Op::Put(new) | Op::Restore(new) => (new.id, Size::new(&new.body, &new.text)),
        Op::Extend { id, .. } => (*id, Size { parts: 1, ..none }),
        Op::Text { id, edit } => {
            let pieces = new_pieces(edit);
            (*id, Size { pieces, ..none })
        }
        Op::Erase { id, spans } => {
            let erased = spans.len() as u64;
            (*id, Size { erased, ..none })
        }
        Op::Set { .. } | Op::Delete { .. } | Op::Unerase { .. } | Op::Chat(_) => return None,
    })
}

/// The most pieces that an edit adds to a text: it splits a piece at each end of a span.
fn new_pieces(edit: &TextEdit) -> u64 {
    match edit {
        TextEdit::Insert { .. } => 2,
        TextEdit::Delete(spans) | TextEdit::Restore(spans) | TextEdit::Mark { spans, .. } => {
            2 * spans.len() as u64
        }
    }
}

/// The work of applying a commit of `author` to a board, in units of about a microsecond. `growth`
/// is the growth of the elements by commits that come before it and are not on the board yet.
#[must_use]
pub fn cost(board: &Board, growth: &Growth, author: ClientId, commit: &Commit) -> u64 {
    let mut own_growth = Growth::default();
    let mut copied = HashSet::new();
    let mut work = 0_u64;
    for op in &commit.ops {
        let size = |id: ElementId| {
            let on_board = board
                .get(id)
                .map(|element| Size::new(&element.body, &element.text));
            let sizes = [on_board, growth.of(id), own_growth.of(id)];
            sizes.into_iter().flatten().reduce(Size::grown)
        };
        if let Some(id) = changed(op)
            && let Some(size) = size(id)
        {
            let is_typist = board.get(id).is_some_and(|it| it.text.has_typist(author));
            let copy = if copied.insert(id) { size.copy() } else { 0 };
            work = work.saturating_add(copy + change(size, is_typist, op));
        }
        work = work.saturating_add(op_cost(size, &commit.guard, op));
        own_growth.add_op(op);
    }
    work
}

/// The element that an op changes.
const fn changed(op: &Op) -> Option<ElementId> {
    match op {
        Op::Extend { id, .. }
        | Op::Set { id, .. }
        | Op::Text { id, .. }
        | Op::Erase { id, .. }
        | Op::Unerase { id, .. } => Some(*id),
        Op::Put(_) | Op::Restore(_) | Op::Delete { .. } | Op::Chat(_) => None,
    }
}

/// The work of a change of an element of this size, beside that of any op.
fn change(size: Size, is_typist: bool, op: &Op) -> u64 {
    match op {
        Op::Text { id: _, edit } => text_edit(size, edit) + work_to_list(size, is_typist),
        Op::Erase { id: _, spans } | Op::Unerase { id: _, spans } => {
            let spans = spans.len() as u64;
            (size.erased + spans) * spans / COMPARISONS_PER_UNIT
        }
        Op::Put(_)
        | Op::Restore(_)
        | Op::Delete { .. }
        | Op::Extend { .. }
        | Op::Set { .. }
        | Op::Chat(_) => 0,
    }
}

/// The work of a change of the conversation: it looks for its message among the newest ones.
const CHAT_WORK: u64 = 20;

/// The work of an op beside that of changing an element.
fn op_cost(size: impl Fn(ElementId) -> Option<Size>, guard: &Guard, op: &Op) -> u64 {
    match op {
        Op::Put(new) | Op::Restore(new) => 2 + new_element(new),
        Op::Extend { ink, .. } => 2 + entries(ink.len() as u64),
        Op::Set { .. } | Op::Text { .. } | Op::Erase { .. } | Op::Unerase { .. } => 2,
        Op::Chat(_) => CHAT_WORK,
        Op::Delete { ids } => {
            let deleted = ids.iter().filter_map(|id| size(*id));
            ids.len() as u64 + deleted.map(|size| 2 + size.ownership(guard)).sum::<u64>()
        }
    }
}

const fn entries(count: u64) -> u64 {
    count / ENTRIES_PER_UNIT
}

fn new_element(new: &NewElement) -> u64 {
    let points = stroke(&new.body).map_or(0, |stroke| stroke.len() + stroke.erased.len());
    let bytes = match &new.body {
        Body::Path(path) => path.outline.as_bytes().len(),
        Body::Stroke(_)
        | Body::Shape(_)
        | Body::Line
        | Body::Text
        | Body::Sticky { .. }
        | Body::Frame
        | Body::Image => 0,
    };
    entries((points + bytes) as u64) + new.text.pieces() as u64 + entries(new.text.len() as u64)
}

const fn stroke(body: &Body) -> Option<&Stroke> {
    match body {
        Body::Stroke(stroke) => Some(stroke),
        Body::Shape(_)
        | Body::Line
        | Body::Text
        | Body::Sticky { .. }
        | Body::Frame
        | Body::Path(_)
        | Body::Image => None,
    }
}

fn text_edit(size: Size, edit: &TextEdit) -> u64 {
    let touched = |spans: &[CharSpan]| {
        let named: u64 = spans.iter().map(|span| u64::from(span.len)).sum();
        spans.len() as u64 + named.min(size.pieces + 2 * spans.len() as u64)
    };
    match edit {
        TextEdit::Insert { text, .. } => 2 + entries(text.len() as u64),
        TextEdit::Delete(spans) | TextEdit::Restore(spans) | TextEdit::Mark { spans, .. } => {
            touched(spans)
        }
    }
}

/// Finding a place for a typist: only a full list of typists needs any work.
const fn work_to_list(size: Size, is_typist: bool) -> u64 {
    if size.full_typists > 0 && !is_typist {
        size.pieces
    } else {
        0
    }
}
