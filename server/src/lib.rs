//! The Commonslate server: HTTP, WebSocket sessions, rooms, broker, store.
//!
//! Thin shells around `shared`: whatever decides is there, whatever touches the
//! world is here. Layout, each module knowing only those above it:
//! - [`config`], [`telemetry`], [`rate`], [`clock`], `retry`: what the program is told, what it
//!   says, how fast it lets itself be used, how long it waits before it tries again
//! - [`redis`], `commit_bytes`: the Redis server that store and broker share; the byte form of commits
//! - [`broker`], [`store`]: fan-out between servers; boards on disk or in Redis
//! - [`room`]: one task for each live board, which drives `shared`'s `Room`
//! - [`service`], [`handshakes`], [`state`]: boards as callers see them; the state that connections share
//! - [`request`], [`ws`], [`http`]: connections
//! - [`app`], [`program`]: everything put together, from start to end

pub mod app;
pub mod broker;
pub mod clock;
mod commit_bytes;
pub mod config;
pub mod handshakes;
pub mod http;
pub mod program;
pub mod rate;
pub mod redis;
pub mod request;
mod retry;
pub mod room;
pub mod service;
pub mod state;
pub mod store;
pub mod telemetry;
pub mod ws;

pub use app::{RunError, bind, run};
pub use config::Config;
