//! The Commonslate server: HTTP, WebSocket sessions, rooms, broker, store.
//!
//! Thin shells around `shared`: decisions are made there; sockets, disks, clocks and Redis are
//! here. Layout, each line naming only modules of the lines above it:
//! - [`config`], [`telemetry`], [`warning_limit`], [`clock`], [`caller_rate_limit`], [`health`],
//!   `retry`, `cryptography`: options, logging, warnings once a minute, time and randomness, rate limits, how well
//!   store and broker work, waits between attempts, how TLS is
//!   computed
//! - [`metrics`]: counters and measurements for Prometheus
//! - `protection`: what tests may switch off
//! - [`redis`], `commit_bytes`: what store and broker share: the Redis server, the byte form of
//!   commits
//! - [`store`], [`broker`]: boards on disk or in Redis; fan-out between servers
//! - [`picture`], [`blob`]: what may be a picture; where its bytes are
//! - [`transfer_budget`], [`load`]: the bytes on the way to clients; how long live updates wait for others
//! - [`room`]: one task for each open board, which drives `shared`'s `Room`
//! - [`service`], [`open_limit`], [`people_limit`], [`state`]: boards as callers see them; the limits
//!   of open connections and of people on a board; the state that all connections share
//! - [`request`]: what HTTP handlers and the WebSocket upgrade share
//! - [`ws`], `guest`, `mcp`, `assistant`, then [`http`]: sessions; programs on boards; agents; the
//!   assistant in the chat; routes
//! - [`app`], [`program`]: everything put together, from start to shutdown

pub mod app;
mod assistant;
pub mod blob;
pub mod broker;
pub mod caller_rate_limit;
pub mod clock;
mod commit_bytes;
pub mod config;
pub mod cpu_budget;
mod cryptography;
pub mod export;
mod guest;
pub mod health;
pub mod http;
pub mod load;
mod mcp;
pub mod metrics;
pub mod open_limit;
pub mod people_limit;
pub mod picture;
pub mod program;
#[cfg(feature = "faults")]
pub mod protection;
#[cfg(not(feature = "faults"))]
mod protection;
pub mod redis;
pub mod request;
mod retry;
pub mod room;
pub mod service;
pub mod state;
pub mod store;
pub mod telemetry;
pub mod transfer_budget;
pub mod warning_limit;
pub mod ws;

pub use app::{Listeners, RunError, run};
pub use config::Config;
