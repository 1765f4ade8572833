//! Recognises the figure that a stroke was meant to be: a line, an arrow, a rectangle, a diamond, a
//! triangle or an ellipse.
//!
//! The tests are geometric and relative to the size of the stroke. If no figure fits well, there is
//! none.

mod closed;
mod corners;
mod open;
mod path;

use shared::geometry::{BoardPoint, BoardRect};
use shared::model::Outline;

use path::Path;

/// A stroke smaller than this, in CSS pixels, is a dot or a letter.
const SMALLEST_PX: f64 = 24.0;
/// A closed stroke ends this near to where it began, as a share of its length.
const GAP: f64 = 0.12;
/// Turns closer to upright than this are upright, in radians.
const UPRIGHT: f64 = 0.2;

/// The figure that a stroke was meant to be, in board units.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Figure {
    /// A straight line.
    Line {
        /// Where it began.
        from: BoardPoint,
        /// Where it ends.
        to: BoardPoint,
    },
    /// A straight line with a head at its end.
    Arrow {
        /// Where it began.
        from: BoardPoint,
        /// Where its head is.
        to: BoardPoint,
    },
    /// An outline that fills a box.
    Box {
        /// The outline.
        outline: Outline,
        /// The box before it is turned.
        rect: BoardRect,
        /// How it is turned about its middle, clockwise, in radians.
        angle: f64,
    },
}

/// The figure that a stroke through `points` was meant to be, if it looks like one.
/// `pixel` is the length of a CSS pixel in board units.
#[must_use]
pub(crate) fn recognised(points: &[BoardPoint], pixel: f64) -> Option<Figure> {
    let path = Path::new(points)?;
    if path.size() < SMALLEST_PX * pixel {
        return None;
    }
    if path.gap() <= GAP * path.length() {
        return closed::figure(&path);
    }
    open::line(&path, pixel).or_else(|| open::arrow(&path))
}

/// The direction in radians that is nearest to upright among those a `period` apart,
/// without the tremble of a hand: upright where it nearly is.
fn steadied(angle: f64, period: f64) -> f64 {
    let turned = angle - (angle / period).round() * period;
    if turned.abs() < UPRIGHT { 0.0 } else { turned }
}
