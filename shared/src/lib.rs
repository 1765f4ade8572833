//! The whiteboard itself, without a browser, a server, a clock or a die.
//!
//! Layout, each module knowing only those above it:
//! - [`id`], [`limits`]: newtype ids; every bound with its reason
//! - [`number`]: numbers as short decimal text
//! - [`geometry`]: points, compact ink, simplification, outlines, hit tests
//! - [`typeset`]: letters, lines and the caret: text measured without a browser
//! - [`model`]: the board: elements, properties, order, tombstones
//! - [`op`]: what can happen to a board: apply, invert, validate
//! - [`protocol`]: messages and their MessagePack form
//! - [`sync`]: both halves of the conversation, sans-io: `Replica` and `Room`
//! - [`paint`]: a board as drawing commands for any painter; SVG
//! - `api`: server functions, only with feature `csr` or `ssr`
//!
//! It must not know sockets, disks, DOM, async runtimes, the time of day or
//! randomness: all of these come in as arguments.

pub mod geometry;
pub mod id;
pub mod limits;
pub mod model;
pub mod number;
pub mod op;
pub mod paint;
pub mod protocol;
pub mod sync;
#[cfg(test)]
mod tally;
pub mod typeset;

#[cfg(any(feature = "csr", feature = "ssr"))]
pub mod api;
