//! Ink from the points of other programs.

use shared::geometry::{Ink, InkPoint, Quantum};
use shared::limits::MAX_INK_POINTS;
use shared::model::{Brush, Stroke};

/// A stroke through points in board units. `unit` is the size of a pixel of the drawing in board
/// units. `None` if a point is outside of the board.
pub(crate) fn stroke(points: &[InkPoint], brush: Brush, unit: f64) -> Option<Stroke> {
    let quantum = Quantum::for_zoom(1.0 / unit);
    let parts = points
        .chunks(MAX_INK_POINTS)
        .map(|part| Ink::encode(part, quantum).ok());
    Some(Stroke {
        brush,
        parts: parts.collect::<Option<_>>()?,
        open: false,
        erased: Vec::new(),
    })
}
