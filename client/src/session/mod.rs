//! One board in this page: the editor, the replica and the connection, and the signals that
//! show them.
//!
//! - `handle`: the methods of a session for pages and panels; `search`, `renaming`, `managing`, `exporting` and
//!   `presence` have more
//! - `core`: the editor and the driver of the replica, without a browser
//! - `exchange`: carries out the requests of the core in a `Shell`, also without a browser
//! - `board_session`: the core in a browser, with its signals; `browser_shell`: its connection,
//!   outbox and storage
//! - `editor_signals`, `board_signals`, `chat_signals`, `published`: the signals that components read
//! - `chat`: the conversation for the sidebar
//! - `requests`: the requests of the session to the page
//! - `diagnosis`: what keeps the page from its server
//! - `people`, `status`, `announcements`: people, connection and changes in words
//! - `stored_prefs`, `saved_viewport`: values in the storage of the browser
//! - `fullness`: warnings of a board that is nearly full
//! - `unsaved`: the number of changes that would be lost with the page
//!
//! The session imports neither components nor pages.

mod announcements;
mod board_history;
mod board_session;
mod board_signals;
mod browser_shell;
mod chat;
mod chat_signals;
mod core;
mod diagnosis;
mod editor_signals;
mod exchange;
mod exporting;
mod fullness;
mod handle;
mod managing;
mod people;
mod presence;
mod proposals;
mod published;
mod renaming;
mod requests;
mod saved_viewport;
mod search;
mod status;
mod stored_prefs;
mod unsaved;

pub(crate) use chat::Attachment;
pub(crate) use handle::Session;
pub(crate) use requests::UiRequest;
pub(crate) use status::role_words;

#[cfg(test)]
mod tests;
