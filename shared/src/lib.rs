//! The whiteboard itself: the board, its operations, the protocol and both sides of the
//! synchronisation.
//!
//! The modules, each of which uses only those above it:
//! - [`id`], [`limits`]: newtype ids; every bound with its reason
//! - [`number`], [`name`]: numbers as short decimal text; which characters names may have
//! - [`geometry`]: points, compact ink, simplification, outlines, hit tests
//! - [`typeset`]: text layout without a browser: widths of characters, lines, the caret
//! - [`model`]: the board: elements, properties, order, tombstones
//! - [`chat`]: the conversation of a board
//! - [`op`]: operations on a board: apply, invert, validate
//! - [`history`]: the history of a board: who drew an element, and undoing the work of one person
//! - [`protocol`]: messages and their MessagePack form
//! - [`sync`]: the client half and the server half of the synchronisation, sans-io
//! - [`paint`]: a board as drawing commands for any painter; SVG
//! - `api`: server functions, only with feature `csr` or `ssr`
//!
//! This crate opens no socket and no file, starts no task, and reads neither a clock nor random
//! numbers. Its callers do that and pass the results in as arguments, so everything here runs in
//! native tests.

pub mod chat;
pub mod geometry;
pub mod history;
pub mod id;
pub mod limits;
pub mod model;
pub mod name;
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
