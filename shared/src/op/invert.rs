//! The inverse of an op, for undo.
//!
//! It is computed from the board before the op. A client sends it as a new commit with
//! `Guard::MineOnly`, so that later changes by others stay.

use crate::id::{ClientId, ElementId};
use crate::model::{Board, Body, ErasedRange, Erasure};

use super::{Guard, Op};

/// The ops that undo `op` of `author` if `op` is applied to `before`, to be applied in reverse
/// order. Empty if there is nothing to undo.
///
/// An extension of a stroke has no inverse of its own: undoing the put that began the stroke
/// removes the whole stroke.
#[must_use]
pub fn invert(op: &Op, author: ClientId, before: &Board) -> Vec<Op> {
    invert_guarded(op, author, &Guard::Any, before)
}

/// As [`invert`], for an op of a commit with this guard.
#[must_use]
pub fn invert_guarded(op: &Op, author: ClientId, guard: &Guard, before: &Board) -> Vec<Op> {
    match op {
        Op::Put(new) => vec![Op::Delete { ids: vec![new.id] }],
        Op::Extend { .. } => Vec::new(),
        Op::Set { id, prop } => match before.get(*id) {
            Some(element) => vec![Op::Set {
                id: *id,
                prop: element.props.get(prop.key()),
            }],
            None => Vec::new(),
        },
        Op::Delete { ids } => ids
            .iter()
            .filter_map(|id| before.get(*id))
            .map(|element| Op::Restore(Box::new(element.to_new())))
            .collect(),
        Op::Restore(new) => vec![Op::Delete { ids: vec![new.id] }],
        Op::Text { id, edit } => {
            let element = before.get(*id);
            let edits = element.map(|element| {
                element
                    .text
                    .inverse(author, guard.takes_back(&author), edit)
            });
            let ops = edits.unwrap_or_default().into_iter();
            ops.map(|edit| Op::Text { id: *id, edit }).collect()
        }
        Op::Erase { id, spans } => unerase(*id, spans, author, before),
        Op::Unerase { id, spans } => vec![Op::Erase {
            id: *id,
            spans: spans.clone(),
        }],
        Op::Chat(_) => Vec::new(),
    }
}

/// Undoes the erasing of ranges, except for those that the author had erased before.
fn unerase(id: ElementId, spans: &[ErasedRange], author: ClientId, before: &Board) -> Vec<Op> {
    let stroke = before.get(id).and_then(|element| match &element.body {
        Body::Stroke(stroke) => Some(stroke),
        Body::Shape(_)
        | Body::Line
        | Body::Text
        | Body::Sticky { .. }
        | Body::Frame
        | Body::Path(_)
        | Body::Image => None,
    });
    let made = |span: &ErasedRange| {
        stroke.is_some_and(|stroke| {
            let by = author;
            stroke.erased.contains(&Erasure { by, span: *span })
        })
    };
    let spans: Vec<ErasedRange> = spans.iter().filter(|span| !made(span)).copied().collect();
    Vec::from_iter((!spans.is_empty()).then_some(Op::Unerase { id, spans }))
}
