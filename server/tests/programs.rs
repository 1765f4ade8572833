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
#[path = "programs/description.rs"]
mod description;
#[path = "programs/documented.rs"]
mod documented;
#[path = "programs/elements.rs"]
mod elements;
#[path = "programs/events.rs"]
mod events;
#[path = "programs/generated.rs"]
mod generated;
#[path = "programs/people_only.rs"]
mod people_only;
#[path = "programs/script.rs"]
mod script;
#[path = "programs/undo.rs"]
mod undo;
