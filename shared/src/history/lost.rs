//! The elements that a board had at an earlier position and has no more.

use crate::model::{Board, Body, ElementState, NewElement};
use crate::op::Op;

/// The ops that bring back all elements of `then` that are not on `now`, from the lowest to the
/// topmost. A commit with these ops leaves all other elements as they are.
#[must_use]
pub fn elements_lost_since(then: &Board, now: &Board) -> Vec<Op> {
    let lost = then
        .in_order()
        .filter(|element| now.get(element.id).is_none());
    lost.map(|element| brought_back(element.to_new(), now))
        .collect()
}

/// The op that puts an element on a board again. The board forgets the oldest tombstones, and without
/// one an element cannot be restored but put.
pub(super) fn brought_back(mut new: NewElement, now: &Board) -> Op {
    // A stroke that was being drawn cannot be continued.
    if let Body::Stroke(stroke) = &mut new.body {
        stroke.open = false;
    }
    match now.state(new.id) {
        ElementState::Deleted(_) => Op::Restore(Box::new(new)),
        ElementState::Absent | ElementState::Present(_) => Op::Put(Box::new(new)),
    }
}
