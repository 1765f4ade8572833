//! Rectangles with ids, found by the part of the board that they touch.
//!
//! A rectangle is an entry of one cell: the one with its upper left corner, on the level whose cells
//! are a few times as large as the rectangle. So adding and removing one touches one cell only,
//! which is much faster than keeping a tree in balance.

use std::collections::BTreeMap;
use std::iter;

use shared::geometry::BoardRect;
use shared::id::ElementId;

/// The side of a cell, as a multiple of the longest side that an entry of its level may have.
const CELL_SIDES: f64 = 4.0;
/// The lowest level. Its entries have sides of at most 2³ board units.
const LOWEST: i16 = 3;

/// A cell: its level, column and row.
type Cell = (i16, i64, i64);

#[derive(Clone, Copy, Debug)]
struct Entry {
    id: ElementId,
    bounds: BoardRect,
}

/// Rectangles in the cells of a grid.
#[derive(Clone, Debug, Default)]
pub(super) struct LooseGrid {
    cells: BTreeMap<Cell, Vec<Entry>>,
}

impl LooseGrid {
    /// Adds a rectangle with finite sides. The id must not have one yet.
    pub(super) fn insert(&mut self, id: ElementId, bounds: BoardRect) {
        let cell = self.cells.entry(cell_of(bounds)).or_default();
        cell.push(Entry { id, bounds });
    }

    /// Removes the rectangle of an id, which has these bounds.
    pub(super) fn remove(&mut self, id: ElementId, bounds: BoardRect) {
        let key = cell_of(bounds);
        let Some(cell) = self.cells.get_mut(&key) else {
            return;
        };
        if let Some(at) = cell.iter().position(|entry| entry.id == id) {
            cell.swap_remove(at);
        }
        if cell.is_empty() {
            self.cells.remove(&key);
        }
    }

    /// The ids of the rectangles that touch `rect`, in no particular order.
    pub(super) fn touching(&self, rect: BoardRect) -> impl Iterator<Item = ElementId> + '_ {
        self.touching_larger(rect, 0.0)
    }

    /// The same for those that are at least so wide or high.
    pub(super) fn touching_larger(
        &self,
        rect: BoardRect,
        min_size: f64,
    ) -> impl Iterator<Item = ElementId> + '_ {
        let is_large = move |it: BoardRect| it.width().max(it.height()) >= min_size;
        let mut from = (i16::MIN, i64::MIN, i64::MIN);
        let cells = iter::from_fn(move || self.next_cell(&mut from, rect));
        let entries = cells.flatten();
        let touching = entries.filter(move |it| touches(it.bounds, rect) && is_large(it.bounds));
        touching.map(|entry| entry.id)
    }

    /// The next cell with entries that may touch `rect`, at `from` or after it.
    fn next_cell(&self, from: &mut Cell, rect: BoardRect) -> Option<&Vec<Entry>> {
        loop {
            let (&(level, column, row), cell) = self.cells.range(*from..).next()?;
            let (first, last) = reach(level, rect);
            // Where this cell is out of reach, the search goes on at the next one that may not be.
            *from = if column < first.0 {
                (level, first.0, first.1)
            } else if column > last.0 {
                (level.saturating_add(1), i64::MIN, i64::MIN)
            } else if row < first.1 {
                (level, column, first.1)
            } else if row > last.1 {
                (level, column.saturating_add(1), first.1)
            } else {
                *from = (level, column, row.saturating_add(1));
                return Some(cell);
            };
        }
    }

    /// The smallest rectangle around all of them.
    pub(super) fn extent(&self) -> Option<BoardRect> {
        let entries = self.cells.values().flatten();
        let bounds = entries.map(|entry| entry.bounds);
        bounds.reduce(|all, one| all.union(one))
    }
}

/// The first and the last cell of a level with an entry that may touch `rect`. An entry reaches to
/// the right and down from its cell, by the longest side of its level.
fn reach(level: i16, rect: BoardRect) -> ((i64, i64), (i64, i64)) {
    let side = longest_side(level);
    let cell = |x: f64, y: f64| (step(x, side), step(y, side));
    (cell(rect.x0 - side, rect.y0 - side), cell(rect.x1, rect.y1))
}

fn cell_of(bounds: BoardRect) -> Cell {
    let size = bounds.width().max(bounds.height());
    // A cast of a float saturates.
    let level = (size.log2().ceil() as i16).max(LOWEST);
    let side = longest_side(level);
    (level, step(bounds.x0, side), step(bounds.y0, side))
}

fn longest_side(level: i16) -> f64 {
    f64::from(level).exp2()
}

fn step(at: f64, side: f64) -> i64 {
    (at / (CELL_SIDES * side)).floor() as i64
}

fn touches(a: BoardRect, b: BoardRect) -> bool {
    a.x0 <= b.x1 && b.x0 <= a.x1 && a.y0 <= b.y1 && b.y0 <= a.y1
}

#[cfg(test)]
mod tests {
    use super::*;

    fn id(number: u32) -> ElementId {
        ElementId::from_bytes(u128::from(number).to_be_bytes())
    }

    /// Rectangles of many sizes, on both sides of the origin.
    fn rects() -> Vec<BoardRect> {
        let number = |seed: u32, range: u32| f64::from(seed.wrapping_mul(2_654_435_761) % range);
        (0..600)
            .map(|n| {
                let (x, y) = (number(n, 4_001) - 2_000.0, number(n + 7, 3_001) - 1_500.0);
                let size = number(n + 13, 90).powi(1 + (n % 3) as i32) / 10.0;
                BoardRect::new(x, y, x + size, y + size / 3.0)
            })
            .collect()
    }

    fn found(grid: &LooseGrid, rect: BoardRect) -> Vec<ElementId> {
        let mut found: Vec<ElementId> = grid.touching(rect).collect();
        found.sort_unstable();
        found
    }

    #[test]
    fn it_finds_what_a_search_through_all_finds() {
        let rects = rects();
        let mut grid = LooseGrid::default();
        for (number, rect) in (0..).zip(&rects) {
            grid.insert(id(number), *rect);
        }
        for (number, rect) in (0..).zip(&rects).step_by(4) {
            grid.remove(id(number), *rect);
        }
        let kept: Vec<(u32, BoardRect)> = (0..)
            .zip(rects.iter().copied())
            .filter(|(n, _)| n % 4 > 0)
            .collect();
        let point = BoardRect::new(3.0, 4.0, 3.0, 4.0);
        let whole = BoardRect::new(-1e7, -1e7, 1e7, 1e7);
        for rect in rects.iter().step_by(10).chain(&[point, whole]) {
            let near = kept.iter().filter(|(_, other)| touches(*other, *rect));
            let expected: Vec<ElementId> = near.map(|(number, _)| id(*number)).collect();
            assert_eq!(found(&grid, *rect), expected, "{rect:?}");
        }
        let all = kept.iter().map(|(_, rect)| *rect);
        assert_eq!(grid.extent(), all.reduce(|all, one| all.union(one)));
    }

    #[test]
    fn points_and_the_largest_rectangles_have_cells() {
        let mut grid = LooseGrid::default();
        let point = BoardRect::new(-5.0, -5.0, -5.0, -5.0);
        let all = BoardRect::new(-1e7, -1e7, 1e7, 1e7);
        for (number, rect) in [(1, point), (2, all)] {
            grid.insert(id(number), rect);
        }
        assert_eq!(found(&grid, point), [id(1), id(2)]);
        grid.remove(id(1), point);
        grid.remove(id(2), all);
        assert!(grid.cells.is_empty() && grid.extent().is_none());
    }
}
