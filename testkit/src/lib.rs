//! What the tests of several crates share.
//!
//! * [`fixtures`]: keys, elements, commits and messages that mean nothing in particular.
//! * [`outbox`]: an outbox in memory; [`plain_text`]: the simplest model of a text that several people edit.
//! * With the feature `servers`: [`process`] runs a program, [`server`] a Commonslate server and
//!   [`redis`] a Redis server on it; [`redis_cluster`] and [`redis_sentinel`] join several;
//!   [`disk`] mounts a small disk; [`board`] makes boards over the
//!   REST API, and [`handwriting`] fills them; [`client`] speaks the protocol over a WebSocket; [`proxy`] makes the network between
//!   them fail; [`reverse_proxy`] runs nginx, HAProxy
//!   and Caddy, to which a [`tunnel`] leads by TLS; [`authority`] signs certificates; [`openai`] is a language model
//!   that answers as a test says;
//!   [`usage`] is the memory and processor time of a process.
//!
//! Servers are used from outside only: by their program, HTTP and WebSocket. This crate is never
//! shipped, so fixtures and the scripted [`client::Client`] panic where a test has failed.
//! Launchers and the other clients return errors, because the load generator uses them too.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "a test that cannot go on has failed"
)]

pub mod fixtures;
pub mod outbox;
pub mod plain_text;

#[cfg(feature = "servers")]
pub mod authority;
#[cfg(feature = "servers")]
pub mod board;
#[cfg(feature = "servers")]
pub mod client;
#[cfg(feature = "servers")]
pub mod disk;
#[cfg(feature = "servers")]
pub mod handwriting;
#[cfg(feature = "servers")]
pub mod openai;
#[cfg(feature = "servers")]
mod port;
#[cfg(feature = "servers")]
pub mod process;
#[cfg(feature = "servers")]
pub mod proxy;
#[cfg(feature = "servers")]
pub mod redis;
#[cfg(feature = "servers")]
pub mod redis_cluster;
#[cfg(feature = "servers")]
pub mod redis_sentinel;
#[cfg(feature = "servers")]
pub mod reverse_proxy;
#[cfg(feature = "servers")]
pub mod server;
#[cfg(feature = "servers")]
pub mod tunnel;
#[cfg(feature = "servers")]
pub mod usage;

/// How long anything may take before a test calls it a failure.
///
/// Far more than a healthy system needs: it bounds a hang, it measures nothing.
pub const PATIENCE: std::time::Duration = std::time::Duration::from_secs(30);
