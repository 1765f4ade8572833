//! Bounds, hit tests, transforms and painting of elements.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "a test fails by panicking"
)]

mod anchors;
mod bounds_and_hits;
mod elbow_routes;
mod elbows;
mod erased_ranges;
mod extreme_values;
mod fixtures;
#[path = "../golden_board/mod.rs"]
mod golden_board;
mod images;
mod labels;
mod line_text;
mod paint;
mod paths;
mod svg;
mod transform;
