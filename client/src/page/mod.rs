//! The two pages, put together from session, canvas and controls.
//!
//! Knows who is shown what and which intent each control stands for. It must
//! not know how any of it works.

pub mod board;
pub(crate) mod broken;
pub mod closed;
pub mod commands;
pub mod controls;
mod creation;
pub mod eyedropper;
pub mod hints;
mod keyboard;
mod links;
mod open;
pub mod panels;
pub mod start;
pub mod tools;
mod transfer;
pub mod writing;

pub use board::BoardPage;
pub use closed::{BrokenLink, reload_once};
pub(crate) use links::link_to_spot;
pub use start::StartPage;
