//! Vectors and sizes on the screen, in CSS pixels.

use shared::geometry::ScreenPoint;

/// A way on the screen, in CSS pixels.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct ScreenVec {
    /// To the right.
    pub x: f64,
    /// Down.
    pub y: f64,
}

impl ScreenVec {
    /// The way by `x` to the right and `y` down, in CSS pixels.
    #[must_use]
    pub const fn new(x: f64, y: f64) -> Self {
        Self { x, y }
    }

    /// The way from one point to another.
    #[must_use]
    pub fn between(from: ScreenPoint, to: ScreenPoint) -> Self {
        Self::new(to.x - from.x, to.y - from.y)
    }

    /// Whether both parts are finite numbers.
    #[must_use]
    pub const fn is_finite(self) -> bool {
        self.x.is_finite() && self.y.is_finite()
    }
}

/// A size on the screen, in CSS pixels.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct ScreenSize {
    /// From left to right.
    pub width: f64,
    /// From top to bottom.
    pub height: f64,
}

impl ScreenSize {
    /// The size `width` by `height`, in CSS pixels.
    #[must_use]
    pub const fn new(width: f64, height: f64) -> Self {
        Self { width, height }
    }

    /// The point in the middle of a view of this size.
    #[must_use]
    pub const fn middle(self) -> ScreenPoint {
        ScreenPoint::new(self.width / 2.0, self.height / 2.0)
    }
}

/// The gap between the box of a text and an outline around it, in CSS pixels: the letters reach to
/// the edge of the box.
pub const TEXT_GAP_PX: f64 = 4.0;

/// The point half way between two.
#[must_use]
pub fn midpoint(a: ScreenPoint, b: ScreenPoint) -> ScreenPoint {
    ScreenPoint::new(f64::midpoint(a.x, b.x), f64::midpoint(a.y, b.y))
}
