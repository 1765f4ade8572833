//! The board: elements, their properties, their order, tombstones.
//!
//! Knows ids, limits and geometry. It must not know who sends what to whom;
//! changes come in through `op`.

pub mod board;
pub mod element;
pub mod order;
pub mod palette;
pub mod style;

pub use board::{Board, Slot, Tombstone};
pub use element::{Body, Brush, Element, NewElement, Prop, PropKey, Stroke};
pub use order::OrderKey;
pub use style::{Color, WidthStep};
