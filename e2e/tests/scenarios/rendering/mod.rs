//! The canvases render the golden board correctly.

pub(crate) mod golden_board;
mod picture_comparison;
mod svg_document;
