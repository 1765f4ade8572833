//! The chat beside the board. Its code is in the chunk (`chunk`), apart from the button.
//!
//! - `entry`: the button, and the beginning of `news`
//! - `sidebar`: the open sidebar; `actions`: what a person does in it; `focus`: the keyboard focus
//! - `rows`: the messages in it; `questions`: those of this page to the assistant
//! - `news`: notices of messages that come
//! - `settings`: what this browser keeps about the chat
//! - `desktop`: notifications outside of the page; `keyboard_room`: the keyboard of a phone

mod actions;
mod desktop;
mod entry;
mod focus;
mod keyboard_room;
mod news;
mod questions;
mod rows;
mod settings;
mod sidebar;

pub(super) use entry::{ChatEntry, watch_later};
pub(super) use sidebar::Chat;
