//! Positions on the board where no control lies, in a window of 1280 × 800.

use e2e::page::{At, Rect};

/// The part of the board that no control covers.
pub(crate) const BOARD: Rect = Rect {
    x: 260.0,
    y: 140.0,
    width: 780.0,
    height: 480.0,
};

/// The first corner of a free cell; a dash drawn there stays inside its [`cell`].
pub(crate) fn cell_corner(index: u32) -> At {
    let (column, row) = (index % 7, index / 7);
    At(
        280.0 + 100.0 * f64::from(column),
        160.0 + 60.0 * f64::from(row),
    )
}

/// The rectangle around the dash drawn at [`cell_corner`] with the same index, and around no other.
pub(crate) fn cell(index: u32) -> Rect {
    let At(x, y) = cell_corner(index);
    Rect {
        x: x - 15.0,
        y: y - 15.0,
        width: 95.0,
        height: 55.0,
    }
}
