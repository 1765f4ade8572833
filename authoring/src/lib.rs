//! Changes that programs ask for, and boards as programs read them.
//!
//! A [`Work`] is a request: elements to create, to change and to delete, in the JSON of
//! `docs/format.md` with conveniences. [`Work::ops`] turns it into the ops of one commit.
//! [`Arrange`] is a request to put elements in order. [`element_json`] and [`Filter`] show elements to programs,
//! [`compact`] a whole board to language models. The crate is pure: a request on the
//! same board always gives the same ops.

mod arrange;
mod author;
mod change;
mod compact;
mod create;
mod delete;
mod edges;
mod element;
mod error;
mod filter;
mod frames;
mod moves;
mod names;
mod references;
mod rows;
mod schema;
mod work;

pub use arrange::Arrange;
pub use author::Author;
pub use compact::{MAX_COMPACT_BYTES, compact};
pub use element::element_json;
pub use error::WorkError;
pub use filter::Filter;
pub use schema::{ChangeJson, ChangedFieldsJson, ElementJson, NewElementJson};
pub use work::{MAX_ENTRIES, Work, Written};
