//! The board as this person edits it: what is selected, where elements are, what they undo.

pub mod announce;
mod batch;
pub(crate) mod copies;
pub(crate) mod frames;
pub mod history;
pub(crate) mod hit_test;
pub mod index;
pub(crate) mod line_points;
pub mod outline;
pub(crate) mod removal;
pub mod selection;
pub(crate) mod selection_cache;
pub mod transform_closure;

pub use batch::Batch;
pub(crate) use batch::pack;
pub use history::History;
pub use index::Index;
pub use selection::Selection;
