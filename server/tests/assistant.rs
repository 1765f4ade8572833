//! The assistant in the chat, with an endpoint that answers as a test says, and without one.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "a test that cannot go on has failed"
)]

#[path = "support/server_function.rs"]
mod server_function;
#[path = "support/test_server.rs"]
#[allow(dead_code, reason = "each suite uses a part of it")]
mod test_server;

#[path = "support/pictures.rs"]
#[allow(dead_code, reason = "each suite uses a part of it")]
mod pictures;

#[path = "assistant/asker.rs"]
mod asker;
#[path = "assistant/drawing.rs"]
mod drawing;
#[path = "assistant/failures.rs"]
mod failures;
#[path = "assistant/model.rs"]
mod model;
#[path = "assistant/rights.rs"]
mod rights;
