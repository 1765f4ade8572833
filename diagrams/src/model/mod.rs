//! Diagrams, whatever they were read from.

mod content;
mod graph;
mod label;
mod sequence;
mod shape;
mod tree;

pub(crate) use content::Content;
pub use graph::Direction;
pub(crate) use graph::{Edge, End, Graph, Group, Node, Stroke};
pub(crate) use label::Label;
pub(crate) use sequence::{
    Block, BlockKind, Column, ColumnBox, ColumnKind, Event, Message, Note, NotePlace, Sequence,
};
pub(crate) use shape::Look;
pub use shape::Shape;
pub(crate) use tree::{Sides, Tree, TreeNode};
