//! The edges by which elements stand beside others.

use shared::geometry::BoardRect;
use shared::model::layout::{bounds, oriented_box};
use shared::model::{Board, Element};

/// The edges of a box as its fields say them, without its line, its shadow and the name of a frame.
/// Of what is no box, or is turned, all that is painted.
pub(crate) fn edges(board: &Board, element: &Element) -> BoardRect {
    match oriented_box(board, element) {
        (own, 0.0) if element.body.is_box() => own,
        _ => bounds(board, element),
    }
}
