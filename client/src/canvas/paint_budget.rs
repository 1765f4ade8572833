//! How much one frame may paint.
//!
//! The clock alone does not bound a frame: a browser fills paths after the program has traced them.
//! So the paths are counted too, by their parts and by the pixels that they run through.

use kurbo::{BezPath, Point};

use crate::clock;

/// The cost that one step of a frame may have. A usual stroke costs 200. A step of this cost takes
/// some 10 ms without a graphics card.
const MAX_COST: usize = 100_000;
/// Device pixels that cost as much as a part of a path.
const PX_PER_COST: f64 = 32.0;
/// Device pixels after which a part of a path has left the screen.
const MAX_PX: f64 = 2_048.0;

/// What is left for one step of a frame.
#[derive(Clone, Copy, Debug)]
pub(super) struct PaintBudget {
    deadline_ms: f64,
    cost: usize,
}

impl PaintBudget {
    /// A whole budget until a time of the page's clock.
    pub(super) const fn until(deadline_ms: f64) -> Self {
        Self {
            deadline_ms,
            cost: MAX_COST,
        }
    }

    /// The budget of several steps at once.
    pub(super) const fn times(self, steps: usize) -> Self {
        Self {
            cost: self.cost * steps,
            ..self
        }
    }

    /// Counts paths that were painted.
    pub(super) const fn spend(&mut self, cost: usize) {
        self.cost = self.cost.saturating_sub(cost);
    }

    /// Whether nothing is left.
    pub(super) fn is_spent(&self) -> bool {
        self.cost == 0 || clock::page_ms() >= self.deadline_ms
    }
}

/// The cost of painting a path. `scale` is device pixels per unit of the path.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a small positive number"
)]
pub(super) fn paint_cost(path: &BezPath, scale: f64) -> usize {
    let mut last = Point::ORIGIN;
    let lengths = path.elements().iter().map(|part| {
        let end = part.end_point().unwrap_or(last);
        let length = (end - last).hypot() * scale;
        last = end;
        length.min(MAX_PX)
    });
    path.elements().len() + (lengths.sum::<f64>() / PX_PER_COST) as usize
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(length: f64) -> BezPath {
        let mut path = BezPath::new();
        path.move_to((0.0, 0.0));
        path.line_to((length, 0.0));
        path
    }

    #[test]
    fn long_parts_cost_more_up_to_the_size_of_a_screen() {
        assert_eq!(paint_cost(&line(10.0), 1.0), 2);
        assert_eq!(paint_cost(&line(320.0), 1.0), 12);
        assert_eq!(paint_cost(&line(320.0), 2.0), 22);
        assert_eq!(
            paint_cost(&line(90_000.0), 1.0),
            paint_cost(&line(2_048.0), 1.0)
        );
        assert_eq!(paint_cost(&BezPath::new(), 1.0), 0);
    }
}
