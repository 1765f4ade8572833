//! Diagrams as elements of a board.
//!
//! [`read`] takes a text: a flowchart, a mind map or a sequence diagram in the language of Mermaid, an
//! outline or a list. [`Diagram::from_graph`] takes nodes and edges. [`Diagram::elements`] lays a
//! diagram out and gives shapes, lines that are bound to them, and frames.
//!
//! Boxes fit their texts, because the sizes come from the typesetter of the board. The crate has no
//! input and output, no clock and no randomness: equal diagrams give equal elements.

mod diagram;
mod draw;
mod drawing;
mod error;
mod layout;
pub mod limits;
mod mermaid;
mod model;
mod outline;
mod read;

pub use diagram::{Diagram, GraphEdge, GraphNode};
pub use drawing::{Elements, Options};
pub use error::DiagramError;
pub use model::{Direction, Shape};
pub use read::{is_mermaid, read};
