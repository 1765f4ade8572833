//! Where elements are, how they change shape, and what they look like.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "a test fails by panicking"
)]

mod anchors;
mod cuts;
mod desk;
#[path = "../golden_board/mod.rs"]
mod golden_board;
mod hostile;
mod paint;
mod place;
mod svg;
mod transform;
