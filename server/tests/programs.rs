//! Programs on boards: guests that read, change and follow boards over HTTP.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "a test that cannot go on has failed"
)]

#[path = "support/test_server.rs"]
#[allow(dead_code, reason = "each suite uses a part of it")]
mod test_server;

#[path = "programs/chat.rs"]
mod chat;
#[path = "programs/events.rs"]
mod events;
#[path = "programs/script.rs"]
mod script;
