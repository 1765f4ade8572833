//! The synchronisation between clients and servers, sans-io.
//!
//! [`Replica`] is the client half, [`Room`] the server half. Neither opens a socket, reads a clock
//! or calls a store. Callers pass in messages, answers and the time, and take out messages,
//! requests and the next deadline by `poll_…`. So one seeded simulation can hold many replicas and
//! rooms and a hostile network, and check all guarantees after every step.

pub mod history;
pub mod log;
pub mod peers;
pub mod replica;
pub mod ring;
pub mod room;
pub mod snapshot;

pub use history::History;
pub use peers::{Held, LASER_MS, LaserPoint, LiveInk, Peers};
pub use replica::{Change, Replica, ReplicaError, ReplicaEvent, Status};
pub use room::{Durability, Room, RoomEffect, RoomError, SessionNo};
pub use snapshot::Snapshot;
