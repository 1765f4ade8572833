//! Reads drawings of other programs and gives their elements.
//!
//! Few people paste a drawing, and reading one takes libraries that nothing else in the
//! client needs. So Trunk builds this crate as a WebAssembly module of its own (`main.rs`),
//! and the client loads it when the first drawing is pasted or dropped.

mod svg;

use shared::model::NewElement;

/// The most elements that one drawing makes. More would block the page for long.
const MAX_ELEMENTS: usize = 20_000;

/// The size of the largest drawing that is read, in bytes. A whole board of ink is smaller.
const MAX_BYTES: usize = 32 * 1024 * 1024;

/// The elements of an SVG drawing, from the bottom of the stack up; `None` if the text is no
/// drawing.
///
/// `zoom` is the zoom of the view, more than 0: one pixel of the drawing becomes one CSS pixel
/// on the screen. Several elements form one group. Ids and groups are numbered from 1; the
/// editor gives fresh ones when it pastes. A drawing of more than 32 MiB gives no elements.
/// Parts that cannot be read or that exceed the limits are left out.
#[must_use]
pub fn read_drawing(text: &str, zoom: f64) -> Option<Vec<NewElement>> {
    svg::is_svg(text).then(|| svg::read(text, zoom))
}
