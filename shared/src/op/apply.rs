//! Applying ops to a board.
//!
//! This is pure and deterministic: the new state depends on the old state and the commit alone.
//! Every op is total. An op that no longer makes sense, because its element was deleted or because
//! it is a repeat, does nothing.

use std::sync::Arc;

use crate::geometry::Ink;
use crate::id::{ClientId, ElementId};
use crate::limits::{
    MAX_ELEMENTS, MAX_ERASED_RANGES, MAX_PUT_CHAR_NO, MAX_STROKE_PARTS, MAX_STROKE_POINTS,
};
use crate::model::{
    Board, Body, Element, ElementState, ErasedRange, Erasure, NewElement, Prop, PropKey, Props,
    Stroke, TextEdit, Tombstone,
};

use super::{Commit, Guard, Op, Rollback};

/// Applies a commit of `author`. The result can roll it back.
pub fn apply_commit(board: &mut Board, author: ClientId, commit: &Commit) -> Rollback {
    let mut rollback = Rollback::begin(board);
    for op in &commit.ops {
        apply_op(board, author, &commit.guard, op, &mut rollback);
    }
    rollback
}

fn apply_op(board: &mut Board, author: ClientId, guard: &Guard, op: &Op, rollback: &mut Rollback) {
    match op {
        Op::Put(new) => put(board, author, new, rollback),
        Op::Extend { id, from, ink, end } => {
            extend(
                board,
                author,
                *id,
                &Extension {
                    from: *from,
                    ink,
                    end: *end,
                },
                rollback,
            );
        }
        Op::Set { id, prop } => set(board, author, guard, *id, prop, rollback),
        Op::Delete { ids } => {
            for id in ids {
                delete(board, author, guard, *id, rollback);
            }
        }
        Op::Restore(new) => restore(board, author, guard, new, rollback),
        Op::Text { id, edit } => edit_text(board, author, guard, (*id, edit), rollback),
        Op::Erase { id, spans } => erase(board, author, *id, spans, rollback),
        Op::Unerase { id, spans } => {
            unerase(board, guard.takes_back(&author), *id, spans, rollback);
        }
        // The conversation is no part of the board; `sync::ConfirmedState` applies its changes.
        Op::Chat(_) => {}
    }
}

fn put(board: &mut Board, author: ClientId, new: &NewElement, rollback: &mut Rollback) {
    if board.state(new.id) == ElementState::Absent && board.len() < MAX_ELEMENTS {
        let mut element = Element::new(new.clone(), author);
        // The author of an element counts as the typist of its whole text; no client can type in the
        // name of another.
        if !element.text.is_of(author) {
            element.text = element.text.retyped(author);
        }
        rollback.write(board, new.id, ElementState::Present(Arc::new(element)));
    }
}

/// The arguments of an extension of a stroke.
struct Extension<'a> {
    from: u32,
    ink: &'a Ink,
    end: bool,
}

fn extend(
    board: &mut Board,
    author: ClientId,
    id: ElementId,
    extension: &Extension<'_>,
    rollback: &mut Rollback,
) {
    let Some(element) = board.get(id) else { return };
    let Body::Stroke(stroke) = &element.body else {
        return;
    };
    let fits = stroke.open
        && element.author == author
        && u32::try_from(stroke.len()) == Ok(extension.from)
        && stroke.len() + extension.ink.len() <= MAX_STROKE_POINTS
        && stroke.parts.len() < MAX_STROKE_PARTS;
    if !fits {
        return;
    }
    change_stroke(board, id, rollback, &mut |stroke| {
        if !extension.ink.is_empty() {
            stroke.parts.push(extension.ink.clone());
        }
        stroke.open = !extension.end;
    });
}

/// Changes a stroke. Does nothing if the element is not a stroke.
fn change_stroke(
    board: &mut Board,
    id: ElementId,
    rollback: &mut Rollback,
    change: &mut dyn FnMut(&mut Stroke),
) {
    let is_stroke = |element: &Arc<Element>| matches!(element.body, Body::Stroke(_));
    if !board.get(id).is_some_and(is_stroke) {
        return;
    }
    rollback.change(board, id, &mut |element| {
        if let Body::Stroke(stroke) = &mut element.body {
            change(stroke);
        }
    });
}

fn edit_text(
    board: &mut Board,
    author: ClientId,
    guard: &Guard,
    (id, edit): (ElementId, &TextEdit),
    rollback: &mut Rollback,
) {
    let Some(element) = board.get(id).filter(|element| element.body.has_text()) else {
        return;
    };
    // Each character records its typist and its deleter, but its style has no owner. So only a
    // change of style needs the guard.
    let is_mark = matches!(edit, TextEdit::Mark { .. });
    if is_mark && !may_mark(guard, author, element.writer(PropKey::Text)) {
        return;
    }
    rollback.change(board, id, &mut |element| {
        let deleters = guard.takes_back(&author);
        if element.text.edit_for(author, deleters, edit) {
            element.writers.insert(PropKey::Text, author);
        }
    });
}

/// Whether a commit may change the style of a text that `writer` changed last. The first of several
/// such edits in one commit makes its author the writer.
fn may_mark(guard: &Guard, author: ClientId, writer: ClientId) -> bool {
    writer == author || guard.permits(author, writer)
}

fn erase(
    board: &mut Board,
    author: ClientId,
    id: ElementId,
    ranges: &[ErasedRange],
    rollback: &mut Rollback,
) {
    change_stroke(board, id, rollback, &mut |stroke| {
        for range in ranges {
            let erasure = Erasure {
                by: author,
                span: *range,
            };
            if stroke.erased.len() < MAX_ERASED_RANGES && !stroke.erased.contains(&erasure) {
                stroke.erased.push(erasure);
            }
        }
    });
}

fn unerase(
    board: &mut Board,
    erasers: &[ClientId],
    id: ElementId,
    ranges: &[ErasedRange],
    rollback: &mut Rollback,
) {
    change_stroke(board, id, rollback, &mut |stroke| {
        stroke
            .erased
            .retain(|erasure| !erasers.contains(&erasure.by) || !ranges.contains(&erasure.span));
    });
}

fn set(
    board: &mut Board,
    author: ClientId,
    guard: &Guard,
    id: ElementId,
    prop: &Prop,
    rollback: &mut Rollback,
) {
    let Some(element) = board.get(id) else { return };
    if let Prop::Measures(new) = prop {
        // Measures add up. They have no owner, and undo leaves them.
        return rollback.change(board, id, &mut |element| {
            let all = element.props.measures().merged(new);
            element.props.set(Prop::Measures(all));
        });
    }
    if !guard.permits(author, element.writer(prop.key())) {
        return;
    }
    rollback.change(board, id, &mut |element| {
        element.props.set(prop.clone());
        element.writers.insert(prop.key(), author);
    });
}

fn delete(
    board: &mut Board,
    author: ClientId,
    guard: &Guard,
    id: ElementId,
    rollback: &mut Rollback,
) {
    let Some(element) = board.get(id) else { return };
    if !guard.permits_deletion(author, element) {
        return;
    }
    let tombstone = Tombstone {
        author: element.author,
        by: author,
        number: board.deletions(),
        writers: element.foreign_writers(),
    };
    board.set_deletions(tombstone.number.saturating_add(1));
    rollback.write(board, id, ElementState::Deleted(tombstone));
    if let Some(oldest) = board.oldest_excess_tombstone() {
        rollback.write(board, oldest, ElementState::Absent);
    }
}

fn restore(
    board: &mut Board,
    author: ClientId,
    guard: &Guard,
    new: &NewElement,
    rollback: &mut Rollback,
) {
    let ElementState::Deleted(tombstone) = board.state(new.id) else {
        return;
    };
    if guard.permits(author, tombstone.by) && board.len() < MAX_ELEMENTS {
        let mut element = Element::new(new.clone(), tombstone.author);
        // Otherwise a client with such a high number could not type any more in this text.
        if element.text.highest_next() > MAX_PUT_CHAR_NO {
            element.text = element.text.retyped(author);
        }
        // The client that restores an element counts as the writer of the restored values, except
        // for properties that others than the author had set before.
        if tombstone.author != author {
            let more = new.props.more.iter().map(Prop::key);
            let keys = Props::ALWAYS.into_iter().chain(more);
            element.writers.extend(keys.map(|key| (key, author)));
        }
        element.writers.extend(tombstone.writers);
        rollback.write(board, new.id, ElementState::Present(Arc::new(element)));
    }
}
