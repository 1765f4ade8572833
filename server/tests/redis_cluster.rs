//! Redis Cluster: its start, and writers while slots move and masters fail.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "a test that cannot go on has failed"
)]

#[path = "support/backend.rs"]
#[allow(dead_code, reason = "each suite uses a part of it")]
mod backend;
#[path = "support/follower.rs"]
mod follower;
#[path = "redis_cluster/moving.rs"]
mod moving;
#[path = "redis_cluster/start.rs"]
mod start;
#[path = "redis_cluster/unsubscribing.rs"]
mod unsubscribing;
#[path = "support/writer.rs"]
#[allow(dead_code, reason = "each suite uses a part of it")]
mod writer;
