//! The canvases render the golden board correctly.

mod golden_board;
mod picture_comparison;
mod svg_document;
