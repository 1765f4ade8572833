//! Moves of units, and the ways into rows, columns and grids.

use std::collections::BTreeMap;

use kurbo::{Point, Size};
use shared::geometry::BoardRect;
use shared::id::ElementId;
use shared::model::Board;
use shared::model::align::Axis;
use shared::model::units::{Unit, movable, units};
use shared::op::Op;

use crate::frames::Frames;
use crate::moves::Moves;

/// Space between elements that are put beside each other, unless a request or the board says another.
pub(super) const GAP: f64 = 40.0;
/// Shorter ways come from rounding.
const ROUNDING: f64 = 1.0e-6;

/// The ops that move units by ways that follow from their boxes. The boxes are in the order of the
/// elements.
pub(super) fn moved(
    board: &Board,
    order: &[ElementId],
    ways: impl Fn(&[BoardRect]) -> Vec<[f64; 2]>,
) -> Vec<Op> {
    let all = in_order(board, order, order);
    let rects: Vec<BoardRect> = all.iter().map(|(_, rect)| *rect).collect();
    moves(board, all.iter().map(|(unit, _)| unit).zip(ways(&rects)))
}

/// The units of some of the named elements with their boxes, in the order of the list. Lines that
/// follow named elements are left out.
pub(super) fn in_order(
    board: &Board,
    some: &[ElementId],
    named: &[ElementId],
) -> Vec<(Unit, BoardRect)> {
    let places: BTreeMap<ElementId, usize> = some.iter().copied().zip(0..).collect();
    let ids = places.keys().copied().collect();
    let named = named.iter().copied().collect();
    let mut all = movable(board, units(board, &ids, None), &named);
    all.sort_by_key(|(unit, _)| unit.iter().filter_map(|id| places.get(id)).min());
    all
}

/// The ops that move units by ways.
pub(super) fn moves<'a>(
    board: &Board,
    ways: impl Iterator<Item = (&'a Unit, [f64; 2])>,
) -> Vec<Op> {
    let mut moves = Moves::default();
    for (unit, by) in ways.filter(|(_, [x, y])| x.hypot(*y) > ROUNDING) {
        unit.iter().for_each(|id| moves.add(*id, by));
    }
    moves.ops(board, &Frames::of(board))
}

/// The ways into a row or a column that begins with the first box.
pub(super) fn stacked(rects: &[BoardRect], axis: Axis, gap: f64) -> Vec<[f64; 2]> {
    let Some(first) = rects.first() else {
        return Vec::new();
    };
    let mut next = first.origin();
    let ways = rects.iter().map(|rect| {
        let by = next - rect.origin();
        let (from, to) = axis.span(*rect);
        let [x, y] = axis.way(to - from + gap);
        next += (x, y);
        [by.x, by.y]
    });
    ways.collect()
}

/// The ways into the cells of a grid. It begins at the upper left corner of the box around all.
pub(super) fn in_grid(rects: &[BoardRect], columns: Option<usize>, gap: f64) -> Vec<[f64; 2]> {
    let all = rects.iter().copied().reduce(|all, one| all.union(one));
    let origin = all.unwrap_or_default().origin().to_vec2();
    let sizes: Vec<Size> = rects.iter().map(BoardRect::size).collect();
    let corners = cells(&sizes, columns, gap).into_iter();
    let ways = corners.zip(rects).map(|(corner, rect)| {
        let by = corner + origin - rect.origin();
        [by.x, by.y]
    });
    ways.collect()
}

/// The corners of boxes in the cells of a grid, row by row. Without a number of columns it is about as
/// wide as high.
pub(super) fn cells(sizes: &[Size], columns: Option<usize>, gap: f64) -> Vec<Point> {
    let cell = sizes.iter().fold(Size::ZERO, |cell, size| {
        Size::new(cell.width.max(size.width), cell.height.max(size.height))
    });
    let (wide, high) = (cell.width + gap, cell.height + gap);
    // As many columns as make the grid square.
    let square = || (sizes.len() as f64 * high / wide.max(1.0)).sqrt().ceil();
    let columns = columns.unwrap_or_else(|| (square() as usize).clamp(1, sizes.len().max(1)));
    let corner = |number: usize| {
        let (row, column) = (number / columns, number % columns);
        Point::new(column as f64 * wide, row as f64 * high)
    };
    (0..sizes.len()).map(corner).collect()
}
