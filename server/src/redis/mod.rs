//! The Redis server that store and broker share: how to reach it, whether it can be used, why it
//! refuses a command, and the names of keys and channels.

pub(crate) mod connection;
pub(crate) mod keys;
pub(crate) mod refusal;
pub(crate) mod server_info;
pub(crate) mod subscriber;
mod target;
mod tls;

pub use server_info::RedisOpenError;
pub use target::{Reach, RedisTarget};
