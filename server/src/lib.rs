//! The Commonslate server: HTTP, WebSocket sessions, rooms, broker, store.
//!
//! Thin shells around `shared`: whatever decides is there, whatever touches the
//! world is here. Layout, each module knowing only those above it:
//! - [`config`], [`telemetry`], [`rate`], [`clock`], `retry`: what the program is told, what it
//!   says, how fast it lets itself be used, how long it waits before it tries again
//! - [`broker`], [`store`]: fan-out between servers, keeping boards
//! - [`room`]: one task for each live board, which drives `shared`'s `Room`
//! - [`service`], [`site`]: boards as HTTP callers see them; what connections share
//! - [`ws`], [`http`]: connections
//! - [`app`], [`program`]: everything put together, from start to end

pub mod app;
pub mod broker;
pub mod clock;
pub mod config;
pub mod http;
pub mod program;
pub mod rate;
mod retry;
pub mod room;
pub mod service;
pub mod site;
pub mod store;
pub mod telemetry;
pub mod ws;

pub use app::{RunError, bind, run};
pub use config::Config;
