//! The two pages, put together from session, canvas and controls.
//!
//! Knows who is shown what and which intent each control stands for. It must
//! not know how any of it works.

pub(crate) mod board;
pub(crate) mod broken;
pub(crate) mod closed;
pub(crate) mod commands;
pub(crate) mod controls;
mod creation;
pub(crate) mod eyedropper;
pub(crate) mod hints;
mod keyboard;
mod links;
mod open;
pub(crate) mod panels;
pub(crate) mod start;
pub(crate) mod tools;
mod transfer;
pub(crate) mod writing;

pub(crate) use board::BoardPage;
pub(crate) use closed::{BrokenLink, reload_once};
pub(crate) use links::link_to_spot;
pub(crate) use start::StartPage;
