//! The outline of a stroke that is being drawn.
//!
//! Finished parts of the outline are kept as a path, so that each frame computes only its end.

use kurbo::Point;
use shared::geometry::{InkPoint, OutlineBuilder};
use shared::protocol::StrokeStyle;

use super::painter::KeptPath;

/// A stroke that is being drawn, with its outline so far.
#[derive(Debug)]
pub(super) struct GrowingStroke {
    builder: OutlineBuilder,
    finished: KeptPath,
    used_points: usize,
}

impl GrowingStroke {
    /// A stroke that begins at `first`, with edges that are off by at most `tolerance` board
    /// units. `None` if the browser makes no path.
    pub(super) fn new(
        style: &StrokeStyle,
        tolerance: f64,
        first: Option<&InkPoint>,
    ) -> Option<Self> {
        let origin = first.map_or(Point::ORIGIN, |first| Point::new(first.x, first.y));
        Some(Self {
            builder: OutlineBuilder::new(style.brush.shape(style.width), tolerance),
            finished: KeptPath::new(origin).ok()?,
            used_points: 0,
        })
    }

    /// How many of its points the stroke shows.
    pub(super) const fn used_points(&self) -> usize {
        self.used_points
    }

    /// Adds the points from the first unused one up to number `end`.
    pub(super) fn extend(&mut self, points: &[InkPoint], end: usize) {
        for point in points.get(self.used_points..end).unwrap_or_default() {
            self.builder.push(*point);
        }
        self.used_points = self.used_points.max(end);
        while let Some(part) = self.builder.take_frozen() {
            self.finished.append(&part);
        }
    }

    /// The whole outline, with predicted points at its end. It is one path, so that translucent
    /// ink does not overlap itself.
    pub(super) fn path(&self, predicted: &[InkPoint]) -> Option<KeptPath> {
        let whole = self.finished.copied().ok()?;
        whole.append(&self.builder.tail(predicted));
        Some(whole)
    }
}
