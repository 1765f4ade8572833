//! One board in this page: the editor, the replica and the connection, and the signals that
//! show them.
//!
//! - `handle`: what pages and panels can do with a session; `search` and `renaming` are more
//!   of it
//! - `board_session`: the state of a session and its life
//! - `core`: the editor and the driver of the replica, without a browser
//! - `editor_signals`, `board_signals`, `published`: what components read
//! - `requests`: what the session asks of the page
//! - `people`, `status`, `announcements`: people, connection and changes in words
//! - `stored_prefs`, `saved_viewport`: values in the storage of the browser
//! - `connection`: carries out what driver and editor ask for; `unsaved`: what is not kept yet
//!
//! The session imports neither components nor pages.

mod announcements;
mod board_session;
mod board_signals;
mod connection;
mod core;
mod editor_signals;
mod handle;
mod people;
mod published;
mod renaming;
mod requests;
mod saved_viewport;
mod search;
mod status;
mod stored_prefs;
mod unsaved;

pub(crate) use handle::Session;
pub(crate) use requests::UiRequest;
pub(crate) use status::role_words;

#[cfg(test)]
mod tests;
