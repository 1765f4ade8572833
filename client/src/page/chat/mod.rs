//! The chat beside the board. Its code is in the chunk (`chunk`), apart from the button.
//!
//! - `sidebar`: the open sidebar
//! - `rows`: the messages in it
//! - `news`: notices of messages that come
//! - `settings`: what this browser keeps about the chat
//! - `desktop`: notifications outside of the page; `keyboard_room`: the keyboard of a phone

mod desktop;
mod entry;
mod keyboard_room;
mod news;
mod rows;
mod settings;
mod sidebar;

pub(super) use entry::{ChatEntry, watch_later};
pub(super) use news::watch;
pub(super) use sidebar::Chat;
