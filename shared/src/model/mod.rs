//! The board: elements, their properties, their order, tombstones.
//!
//! This module only holds data and computes from it. Changes come in through `op`, and nothing here
//! depends on who made a change or how it arrived.

pub mod affected;
pub mod align;
pub mod appearance;
pub mod blob_hash;
pub mod board;
pub mod element;
pub mod embedded_file;
mod label_fit;
pub mod layout;
pub mod line_points;
pub mod order;
pub mod palette;
pub mod path;
pub mod picture;
pub mod prop;
pub mod props;
pub mod reading_order;
pub mod scope;
pub mod stroke;
pub mod style;
pub mod text;
pub mod text_layout;
pub mod transform;
pub mod units;

pub use appearance::{Align, Anchor, Arrowhead, Dash, Filling, Font, Groups, KeptSegment, Route};
pub use blob_hash::{BlobHash, BlobHashError};
pub use board::{Board, ElementState, Tombstone};
pub use element::{Body, Element, NewElement, Outline, sort_from_bottom};
pub use embedded_file::EmbeddedFile;
pub use order::OrderKey;
pub use path::VectorPath;
pub use picture::{Crop, MediaType, Picture};
pub use prop::{Prop, PropKey};
pub use props::Props;
pub use scope::Scope;
pub use stroke::{Brush, ErasedRange, Erasure, Stroke};
pub use style::{Color, WidthStep};
pub use text::{
    CharId, CharSpan, Marks, Replacement, RichText, StyledRun, TextChar, TextEdit, replacement,
};
pub use transform::Transform;
