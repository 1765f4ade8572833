//! Reading order: by rows from top to bottom, and from left to right in each row.

use crate::geometry::BoardRect;
use crate::id::ElementId;

/// Sorts by rows. A row reaches down to the middle of its first element, and contains all elements
/// that begin above that.
#[must_use]
pub fn in_rows(mut places: Vec<(BoardRect, ElementId)>) -> Vec<ElementId> {
    places
        .sort_unstable_by(|(a, first), (b, second)| a.y0.total_cmp(&b.y0).then(first.cmp(second)));
    let mut order = Vec::with_capacity(places.len());
    let mut rest = places.as_mut_slice();
    while let Some((first, _)) = rest.first() {
        let end = first.center().y.max(first.y0);
        let count = rest.partition_point(|(rect, _)| rect.y0 <= end).max(1);
        let (row, below) = rest.split_at_mut(count);
        row.sort_unstable_by(|(a, first), (b, second)| {
            a.x0.total_cmp(&b.x0).then(first.cmp(second))
        });
        order.extend(row.iter().map(|(_, id)| *id));
        rest = below;
    }
    order
}
