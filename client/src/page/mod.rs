//! The start page and the board page, put together from session, canvas and controls.
//!
//! - `start`, `creation`: the start page, and new boards
//! - `board`: the board page; `open` opens its session, `state` is what the page itself knows
//! - `requests`: carries out what the session asks of the page
//! - `controls`, `tools`, `commands`, `side_panels`, `eyedropper`, `hints`: the controls
//! - `board_source`: connects the canvas to the session
//! - `keyboard`, `text_field`, `transfer`, `paste`: keys, text input, clipboard and drops
//! - `closed`, `reload`, `broken`: what is shown when there is no board

mod board;
mod board_source;
pub(crate) mod broken;
mod closed;
mod commands;
mod controls;
mod counters;
mod creation;
mod eyedropper;
mod hints;
mod keyboard;
mod links;
mod open;
mod paste;
mod reload;
mod requests;
mod side_panels;
mod start;
mod state;
mod text_field;
mod tools;
mod transfer;

pub(crate) use board::BoardPage;
pub(crate) use closed::BrokenLink;
pub(crate) use start::StartPage;
pub(crate) use state::stored_theme;
