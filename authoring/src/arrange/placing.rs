//! Moves of units, and the ways into rows, columns and grids.

use std::collections::{BTreeMap, BTreeSet};

use kurbo::{Point, Size};
use shared::geometry::BoardRect;
use shared::id::ElementId;
use shared::model::Board;
use shared::model::align::Axis;
use shared::model::units::{movable, units};
use shared::op::Op;

use crate::frames::Frames;
use crate::moves::Moves;

/// The ops that move units by ways that follow from their boxes. The boxes are in the order of the
/// elements.
pub(super) fn moved(
    board: &Board,
    order: &[ElementId],
    ways: impl Fn(&[BoardRect]) -> Vec<[f64; 2]>,
) -> Vec<Op> {
    let ids: BTreeSet<ElementId> = order.iter().copied().collect();
    let places: BTreeMap<ElementId, usize> = order.iter().copied().zip(0..).collect();
    let mut units = movable(board, units(board, &ids, None), &ids);
    units.sort_by_key(|(unit, _)| unit.iter().filter_map(|id| places.get(id)).min());
    let rects: Vec<BoardRect> = units.iter().map(|(_, rect)| *rect).collect();
    let mut moves = Moves::default();
    for ((unit, _), by) in units.iter().zip(ways(&rects)) {
        if by != [0.0; 2] {
            unit.iter().for_each(|id| moves.add(*id, by));
        }
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
    let Some(all) = rects.iter().copied().reduce(|all, one| all.union(one)) else {
        return Vec::new();
    };
    let cell = rects.iter().fold(Size::ZERO, |cell, rect| {
        Size::new(cell.width.max(rect.width()), cell.height.max(rect.height()))
    });
    let (wide, high) = (cell.width + gap, cell.height + gap);
    // As many columns as make the grid square.
    let square = || (rects.len() as f64 * high / wide.max(1.0)).sqrt().ceil();
    let columns = columns.unwrap_or_else(|| (square() as usize).clamp(1, rects.len()));
    let ways = rects.iter().enumerate().map(|(number, rect)| {
        let (row, column) = (number / columns, number % columns);
        let to = Point::new(column as f64 * wide, row as f64 * high) + all.origin().to_vec2();
        let by = to - rect.origin();
        [by.x, by.y]
    });
    ways.collect()
}
