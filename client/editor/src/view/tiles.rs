//! The grid of tiles that the painted board is cached in.
//!
//! It says which tiles cover a region, and in which order they are painted. Each grid is for one
//! scale, so that its tiles are sharp.

use shared::geometry::{BoardPoint, BoardRect};

/// Edge of a tile in device pixels: large enough to be few on a screen, small
/// enough to draw one within a few animation frames.
pub const TILE_PX: f64 = 512.0;

/// A tile of a grid, counted from the board's origin.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TileKey {
    /// Column.
    pub x: i32,
    /// Row.
    pub y: i32,
}

/// Tiles at one scale.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Grid {
    scale: f64,
}

impl Grid {
    /// A grid of `scale` device pixels per board unit.
    #[must_use]
    pub const fn new(scale: f64) -> Self {
        Self { scale }
    }

    /// Device pixels per board unit.
    #[must_use]
    pub const fn scale(&self) -> f64 {
        self.scale
    }

    /// The part of the board that a tile shows.
    #[must_use]
    pub fn rect(&self, key: TileKey) -> BoardRect {
        let side = TILE_PX / self.scale;
        let (x, y) = (f64::from(key.x) * side, f64::from(key.y) * side);
        BoardRect::new(x, y, x + side, y + side)
    }

    /// The tiles that touch a part of the board, row by row.
    #[must_use]
    pub fn covering(&self, rect: BoardRect) -> Vec<TileKey> {
        let cell = |value: f64| tile_number(value * self.scale / TILE_PX);
        let columns = cell(rect.x0)..=cell(rect.x1);
        let rows = cell(rect.y0)..=cell(rect.y1);
        let mut keys = Vec::new();
        for y in rows {
            keys.extend(columns.clone().map(|x| TileKey { x, y }));
        }
        keys
    }

    /// The tiles that touch a part of the board. The tiles nearest to its middle come first,
    /// because people look there.
    #[must_use]
    pub fn by_nearness(&self, rect: BoardRect) -> Vec<TileKey> {
        let mut keys = self.covering(rect);
        keys.sort_unstable_by(|a, b| self.distance(*a, rect).total_cmp(&self.distance(*b, rect)));
        keys
    }

    /// The tile to paint next, of those that touch a part of the board and are wanted. Those that
    /// show nothing yet come first.
    #[must_use]
    pub fn next(
        &self,
        rect: BoardRect,
        is_wanted: impl Fn(TileKey) -> bool,
        is_blank: impl Fn(TileKey) -> bool,
    ) -> Option<TileKey> {
        let keys = self.by_nearness(rect).into_iter();
        keys.filter(|key| is_wanted(*key))
            .min_by_key(|key| !is_blank(*key))
    }

    /// Distance from the middle of a tile to the middle of `rect`, squared.
    fn distance(&self, key: TileKey, rect: BoardRect) -> f64 {
        let middle: BoardPoint = self.rect(key).center().into();
        let eye = rect.center();
        (middle.x - eye.x).powi(2) + (middle.y - eye.y).powi(2)
    }
}

/// The cell that a value falls into; the board's limits keep it well within `i32`.
#[expect(
    clippy::cast_possible_truncation,
    reason = "`as` saturates, and saturated is still a tile"
)]
fn tile_number(value: f64) -> i32 {
    value.floor() as i32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_screen_is_covered_without_gaps() {
        let grid = Grid::new(2.0);
        let screen = BoardRect::new(-300.0, -10.0, 340.0, 390.0);
        let keys = grid.covering(screen);
        let covered = keys
            .iter()
            .map(|key| grid.rect(*key))
            .reduce(|a, b| a.union(b))
            .unwrap();
        assert_eq!(covered.union(screen), covered);
        let area: f64 = keys.iter().map(|key| grid.rect(*key).area()).sum();
        assert!((area - covered.area()).abs() < 1e-6, "tiles overlap");
    }

    #[test]
    fn the_middle_comes_first() {
        let grid = Grid::new(1.0);
        let keys = grid.by_nearness(BoardRect::new(0.0, 0.0, 2560.0, 512.0 * 5.0 - 1.0));
        assert_eq!(keys.first(), Some(&TileKey { x: 2, y: 2 }));
    }

    #[test]
    fn what_shows_nothing_is_painted_before_what_is_nearer_to_the_middle() {
        let grid = Grid::new(1.0);
        let screen = BoardRect::new(0.0, 0.0, 2560.0, 512.0 * 5.0 - 1.0);
        let at = |x, y| TileKey { x, y };
        let next = |blank: &[TileKey], done: &[TileKey]| {
            let is_wanted = |key| !done.contains(&key);
            grid.next(screen, is_wanted, |key| blank.contains(&key))
        };
        assert_eq!(next(&[], &[]), Some(at(2, 2)));
        let blank = [at(0, 0), at(1, 2)];
        assert_eq!(next(&blank, &[]), Some(at(1, 2)));
        assert_eq!(next(&blank, &[at(1, 2)]), Some(at(0, 0)));
        assert_eq!(next(&blank, &grid.covering(screen)), None);
    }
}
