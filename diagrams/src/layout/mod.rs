//! Places for the parts of a diagram whose sizes are known. Nothing here draws.

mod cards;
mod columns;
mod layered;
mod tree;

pub(crate) use cards::cards;
pub(crate) use columns::{Need, columns};
pub(crate) use layered::{Placed, Sizes, layered};
pub(crate) use tree::{Side, tree};
