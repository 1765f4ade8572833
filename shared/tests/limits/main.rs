//! Limits for hostile or clumsy commits: they cost others little and destroy none of their work.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test fails by panicking"
)]

mod many_authors;
mod many_pieces;
mod processor_time;
mod spans;
mod undo;

use proptest::prelude::*;
use shared::geometry::BoardPoint;
use shared::id::{ClientId, ElementId};
use shared::limits::{
    MAX_CHAR_NO, MAX_COMMIT_SPANS, MAX_OPS_PER_COMMIT, MAX_PUT_CHAR_NO, MAX_TEXT_CHARS,
    MAX_TEXT_PIECES, MAX_TEXT_SPANS, MAX_TYPISTS,
};
use shared::model::{
    Board, Body, CharId, CharSpan, Color, ElementState, Marks, NewElement, OrderKey, Prop, PropKey,
    Props, RichText, StyledRun, TextEdit,
};
use shared::op::{Commit, Guard, Op, Rollback, apply_commit, invert};
use shared::protocol::{decode, encode};

const A: ClientId = ClientId::from_bytes([1; 16]);
const B: ClientId = ClientId::from_bytes([2; 16]);
const C: ClientId = ClientId::from_bytes([3; 16]);
const ID: ElementId = ElementId::from_bytes([9; 16]);

fn of(text: &str) -> RichText {
    let marks = Marks::NONE;
    RichText::typed(A, [StyledRun { text, marks }])
}

fn element(text: RichText) -> NewElement {
    let at = BoardPoint::new(0.0, 0.0);
    let props = Props::plain(OrderKey::first(), at, Color::Black, 4.0, 255);
    NewElement {
        text,
        ..NewElement::new(ID, props, Body::Text)
    }
}

fn apply(board: &mut Board, who: ClientId, guard: Guard, ops: Vec<Op>) -> Rollback {
    apply_commit(board, who, &Commit { cno: 1, guard, ops })
}

fn put(board: &mut Board, who: ClientId, text: RichText) -> Rollback {
    let op = Op::Put(Box::new(element(text)));
    apply(board, who, Guard::Any, vec![op])
}

fn insert(text: &RichText, by: ClientId, position: usize, typed: &str) -> TextEdit {
    TextEdit::Insert {
        after: text.id_before(position),
        from: text.next_of(by),
        text: typed.to_owned(),
        marks: Marks::NONE,
    }
}

fn bold(spans: Vec<CharSpan>) -> TextEdit {
    TextEdit::Mark {
        spans,
        marks: Marks::BOLD,
        on: true,
    }
}

fn span(by: ClientId, from: u32, len: u32) -> CharSpan {
    CharSpan { by, from, len }
}

/// Every other of `count` letters from `first` on.
fn every_other(by: ClientId, first: u32, count: usize) -> Vec<CharSpan> {
    (first..)
        .step_by(2)
        .take(count)
        .map(|no| span(by, no, 1))
        .collect()
}
