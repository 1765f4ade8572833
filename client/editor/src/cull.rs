//! Which elements are worth painting.
//!
//! Knows bounds and the stacking order. It must not know how anything is painted.

use std::sync::Arc;

use shared::geometry::BoardRect;
use shared::model::{Board, Element};

use crate::index::Index;

/// Elements smaller than this both ways cannot be seen, in CSS pixels.
const SMALLEST_PX: f64 = 0.2;

/// The elements that can be seen in `region` at `zoom`, from the bottom of the
/// stack to the top.
#[must_use]
pub fn in_sight<'a>(
    board: &'a Board,
    index: &Index,
    region: BoardRect,
    zoom: f64,
) -> Vec<&'a Arc<Element>> {
    let smallest = SMALLEST_PX / zoom;
    let is_seen = |bounds: BoardRect| bounds.width().max(bounds.height()) >= smallest;
    index
        .query(region, board)
        .into_iter()
        .filter(|id| index.bounds_of(*id).is_some_and(is_seen))
        .filter_map(|id| board.get(id))
        .collect()
}
