//! The board: elements, their properties, their order, tombstones.
//!
//! This module only holds data and computes from it. Changes come in through `op`, and nothing here
//! depends on who made a change or how it arrived.

pub mod board;
pub mod element;
pub mod lettering;
pub mod look;
pub mod order;
pub mod palette;
pub mod place;
pub mod prop;
pub mod stroke;
pub mod style;
pub mod text;
pub mod transform;

pub use board::{Board, Slot, Tombstone};
pub use element::{Body, Element, NewElement, Outline, sort_from_bottom};
pub use look::{Align, Anchor, Dash, Filling, Font, Groups, Head, Route};
pub use order::OrderKey;
pub use prop::{Prop, PropKey, Props};
pub use stroke::{Brush, Cut, CutSpan, Stroke};
pub use style::{Color, WidthStep};
pub use text::{CharId, CharSpan, Letter, Marks, RichText, Stretch, TextEdit};
pub use transform::Transform;
