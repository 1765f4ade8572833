//! Layout of cards in a grid.

use kurbo::{Point, Rect, Size};

/// Space between cards.
const GAP: f64 = 32.0;
/// Cards of one row at most, so that a long list stays about as wide as a screen.
const MAX_COLUMNS: usize = 8;

/// Places cards of equal width row by row, in a grid that is a little wider than high.
pub(crate) fn cards(sizes: &[Size]) -> Vec<Rect> {
    let mut columns = 1;
    while columns < MAX_COLUMNS && columns * columns < sizes.len() {
        columns += 1;
    }
    let width = sizes.iter().map(|size| size.width).fold(0.0, f64::max);
    let mut places = Vec::with_capacity(sizes.len());
    let mut top = 0.0;
    for row in sizes.chunks(columns) {
        for (column, size) in row.iter().enumerate() {
            let left = column as f64 * (width + GAP);
            places.push(Rect::from_origin_size(Point::new(left, top), *size));
        }
        top += row.iter().map(|size| size.height).fold(0.0, f64::max) + GAP;
    }
    places
}
