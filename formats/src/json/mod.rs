//! A board as JSON. `docs/format.md` describes the form.
//!
//! The JSON has the visible state of the elements: no history, no authors and no deleted text. The
//! elements stand in their order from the bottom up, so order keys are made anew by the reader.

mod body;
mod color;
mod element;
mod files;
mod ids;
mod list;
mod names;
mod number;
mod picture;
mod read;
mod schema;
mod single;
mod text;
mod values;
mod write;

pub use color::color_name;
pub use names::{kind_name, kind_names};
pub use read::{JsonError, Scene, read};
pub use schema::schema;
pub use single::{Fault, from_value, to_value};
pub use write::{to_string, write};

/// The value of `type` in each file.
pub const TYPE: &str = "commonslate";

/// The version of the format that is written, and the only one that is read.
pub const VERSION: u64 = 1;

/// The largest file in bytes that is read. The largest board of ink needs some 400 MB.
pub const MAX_BYTES: usize = 512 * 1024 * 1024;
