//! The Redis that store and broker share: which servers it has, how to reach them, whether they can
//! be used, why they refuse a command, and the names of keys and channels.

pub(crate) mod connection;
mod discovery;
pub(crate) mod keys;
mod liveness;
pub(crate) mod node;
pub(crate) mod per_master;
pub(crate) mod refusal;
pub(crate) mod router;
pub(crate) mod server_info;
pub(crate) mod slots;
pub(crate) mod subscriber;
mod target;
mod tls;
pub(crate) mod topology;
pub(crate) mod topology_watch;

pub use server_info::RedisOpenError;
pub use target::{Reach, RedisTarget};
