//! Selecting elements and changing the selection.

mod arranging;
mod clipboard;
mod foreign_content;
mod handles;
mod lasso;
mod locking;
mod selecting;
mod snapping;
mod undo;
