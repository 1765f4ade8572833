//! How much one frame may paint.
//!
//! The clock alone does not bound a frame: a browser fills paths after the program has traced them.
//! So the traced parts of paths are counted too.

use crate::clock;

/// The parts of paths that a frame may trace in one of its steps. A usual stroke has 200 of them, and
/// 30,000 take a few milliseconds to fill without a graphics card.
const MAX_PATH_PARTS: usize = 30_000;

/// What is left for one step of a frame.
#[derive(Clone, Copy, Debug)]
pub(super) struct PaintBudget {
    deadline_ms: f64,
    path_parts: usize,
}

impl PaintBudget {
    /// A whole budget until a time of the page's clock.
    pub(super) const fn until(deadline_ms: f64) -> Self {
        Self {
            deadline_ms,
            path_parts: MAX_PATH_PARTS,
        }
    }

    /// Counts parts that were traced.
    pub(super) const fn spend(&mut self, path_parts: usize) {
        self.path_parts = self.path_parts.saturating_sub(path_parts);
    }

    /// Whether nothing is left.
    pub(super) fn is_spent(&self) -> bool {
        self.path_parts == 0 || clock::page_ms() >= self.deadline_ms
    }
}
