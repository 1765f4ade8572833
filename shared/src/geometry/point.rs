//! Points on the board and on the screen.
//!
//! They have different types, so that the compiler refuses to mix them up. The camera, which
//! converts between them, is part of the editor.

use serde_tuple::{Deserialize_tuple, Serialize_tuple};

/// A rectangle in board units.
pub type BoardRect = kurbo::Rect;

/// The length of a vector. Unlike `hypot`, which is a long function in a browser, it is two
/// instructions; it differs only for vectors that reach far beyond a board.
pub(super) fn length(vector: kurbo::Vec2) -> f64 {
    vector.hypot2().sqrt()
}

/// A point on the board, in board units: 1 unit is 1 CSS pixel at zoom 100 %.
#[derive(Clone, Copy, Debug, PartialEq, Serialize_tuple, Deserialize_tuple, Default)]
pub struct BoardPoint {
    /// Distance to the right of the board's origin.
    pub x: f64,
    /// Distance below the board's origin.
    pub y: f64,
}

impl BoardPoint {
    /// The point at (`x`, `y`), in board units.
    #[must_use]
    pub const fn new(x: f64, y: f64) -> Self {
        Self { x, y }
    }

    /// The distance to `other` in board units.
    #[must_use]
    pub fn distance(self, other: Self) -> f64 {
        (self.x - other.x).hypot(self.y - other.y)
    }
}

impl From<kurbo::Point> for BoardPoint {
    fn from(point: kurbo::Point) -> Self {
        Self::new(point.x, point.y)
    }
}

impl From<BoardPoint> for kurbo::Point {
    fn from(point: BoardPoint) -> Self {
        Self::new(point.x, point.y)
    }
}

/// A point in the window's view of the board, in CSS pixels.
#[derive(Clone, Copy, Debug, PartialEq, Default)]
pub struct ScreenPoint {
    /// Distance to the right of the view's left edge.
    pub x: f64,
    /// Distance below the view's upper edge.
    pub y: f64,
}

impl ScreenPoint {
    /// The point at (`x`, `y`), in CSS pixels.
    #[must_use]
    pub const fn new(x: f64, y: f64) -> Self {
        Self { x, y }
    }

    /// The distance to `other` in CSS pixels.
    #[must_use]
    pub fn distance(self, other: Self) -> f64 {
        (self.x - other.x).hypot(self.y - other.y)
    }
}
