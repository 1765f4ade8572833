//! The model of the capacity.
//!
//! `spread` says on how many nodes a board is open, `live` how many frames the tick of a room makes,
//! and `rates` how many messages follow from both. `costs` has what was measured; `capacity` turns
//! messages into nodes, shards, bandwidth and memory.

pub(crate) mod capacity;
pub(crate) mod costs;
pub(crate) mod death;
pub(crate) mod live;
pub(crate) mod rates;
pub(crate) mod spread;
