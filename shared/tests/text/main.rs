//! Promises about a text that several users edit.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test may fail"
)]

mod cases;
mod model;
mod random;
mod rewritten;

use proptest::prelude::*;
use shared::id::ClientId;
use shared::limits::MAX_TEXT_CHARS;
use shared::model::{CharId, CharSpan, Marks, RichText, StyledRun, TextEdit};

const A: ClientId = ClientId::from_bytes([1; 16]);
const B: ClientId = ClientId::from_bytes([2; 16]);
const C: ClientId = ClientId::from_bytes([3; 16]);
const PEOPLE: [ClientId; 3] = [A, B, C];

fn insert(text: &RichText, by: ClientId, position: usize, typed: &str) -> TextEdit {
    TextEdit::Insert {
        after: text.id_before(position),
        from: text.next_of(by),
        text: typed.to_owned(),
        marks: Marks::NONE,
    }
}

fn of(text: &str) -> RichText {
    let marks = Marks::NONE;
    RichText::typed(A, [StyledRun { text, marks }])
}
