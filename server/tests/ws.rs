//! Boards over real WebSockets: messages between clients, the rights of links,
//! and how clients that misbehave are closed.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "a test that cannot go on has failed"
)]

#[path = "support/large_board.rs"]
mod large_board;
#[path = "support/owner.rs"]
#[allow(dead_code, reason = "each suite uses a part of it")]
mod owner;
#[path = "support/server_function.rs"]
mod server_function;
#[path = "support/test_server.rs"]
#[allow(dead_code, reason = "each suite uses a part of it")]
mod test_server;

#[path = "ws/access.rs"]
mod access;
#[path = "ws/chat.rs"]
mod chat;
#[path = "ws/collaboration.rs"]
mod collaboration;
#[path = "ws/crowded.rs"]
mod crowded;
#[path = "ws/deletion.rs"]
mod deletion;
#[path = "ws/history.rs"]
mod history;
#[path = "ws/hostile.rs"]
mod hostile;
#[path = "ws/links.rs"]
mod links;
#[path = "ws/live_ink.rs"]
mod live_ink;
#[path = "ws/malformed.rs"]
mod malformed;
#[path = "ws/permissions.rs"]
mod permissions;
#[path = "ws/rate_limit.rs"]
mod rate_limit;
#[path = "ws/servers.rs"]
mod servers;
#[path = "ws/shutdown.rs"]
mod shutdown;
#[path = "ws/slow_link.rs"]
mod slow_link;
