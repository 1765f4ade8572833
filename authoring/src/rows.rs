//! Boxes in rows.

use kurbo::{Point, Size};

/// The width of a block of rows as a multiple of its height, if all boxes are alike.
const ASPECT: f64 = 2.0;

/// Boxes that were put in rows.
#[derive(Debug)]
pub(crate) struct Rows {
    /// The upper left corner of each box.
    pub(crate) corners: Vec<Point>,
    /// The size of the whole block.
    pub(crate) size: Size,
}

/// Puts boxes in rows from left to right, `gap` apart. A row is at most `widest` wide, unless one box
/// is wider; `None` makes a block somewhat wider than high.
pub(crate) fn in_rows(sizes: &[Size], widest: Option<f64>, gap: f64) -> Rows {
    let area: f64 = sizes
        .iter()
        .map(|it| (it.width + gap) * (it.height + gap))
        .sum();
    let widest = widest.unwrap_or((area * ASPECT).sqrt());
    let (mut x, mut y, mut height) = (0.0, 0.0, 0.0_f64);
    let mut all = Size::ZERO;
    let mut corners = Vec::with_capacity(sizes.len());
    for size in sizes {
        if x > 0.0 && x + size.width > widest {
            y += height + gap;
            (x, height) = (0.0, 0.0);
        }
        corners.push(Point::new(x, y));
        height = height.max(size.height);
        all = Size::new(all.width.max(x + size.width), all.height.max(y + height));
        x += size.width + gap;
    }
    Rows { corners, size: all }
}
