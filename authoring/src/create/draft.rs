//! New elements while they are made, and boards of them.

use std::sync::Arc;

use shared::model::{Board, Element, ElementState};

use super::entry::Entry;

/// A new element while it is made.
#[derive(Debug)]
pub(super) struct Draft {
    /// What the entry says beside the fields of the format.
    pub(super) entry: Entry,
    /// The element.
    pub(super) element: Element,
    /// Whether it has its place on the board.
    pub(super) is_placed: bool,
}

/// A board of the new elements alone.
pub(super) fn scratch(drafts: &[Draft]) -> Board {
    let mut board = Board::new();
    for draft in drafts {
        put(&mut board, &draft.element);
    }
    board
}

/// Puts an element on a board of helpers.
pub(super) fn put(board: &mut Board, element: &Element) {
    let present = ElementState::Present(Arc::new(element.clone()));
    board.set_state(element.id, present);
}
