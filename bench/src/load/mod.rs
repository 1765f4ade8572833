//! A load generator that costs little: one thread, epoll, no boards. It counts what arrives.
//!
//! Layout: a `swarm` has connections (`conn`), which `opening` opens, in rooms (`room`); its pens (`pen`)
//! draw strokes that were made before (`script`); an `ear` understands what a server tells a room, once
//! for all of the room; `world` is what the connections share; `tally` holds what was counted.

mod conn;
mod ear;
mod opening;
mod pen;
mod room;
mod script;
mod swarm;
mod tally;
mod timer;
mod world;

pub(crate) use room::{Room, Speech};
pub(crate) use swarm::Swarm;
pub(crate) use tally::Tally;
