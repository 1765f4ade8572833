//! Boards over real WebSockets: what people see of each other, who is let in,
//! what happens to clients that misbehave.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "a test that cannot go on has failed"
)]

#[path = "support/site.rs"]
#[allow(dead_code, reason = "each suite uses a part of it")]
mod site;

#[path = "ws/access.rs"]
mod access;
#[path = "ws/ending.rs"]
mod ending;
#[path = "ws/malformed.rs"]
mod malformed;
#[path = "ws/pace.rs"]
mod pace;
#[path = "ws/servers.rs"]
mod servers;
#[path = "ws/together.rs"]
mod together;
