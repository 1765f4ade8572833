//! Both halves of the conversation, sans-io.
//!
//! [`Replica`] is the client half, [`Room`] the server half. Neither knows a
//! socket, a clock or a store: messages, answers and the time come in by calls,
//! messages, requests and the next deadline go out by `poll_…`. So one seeded
//! simulation can hold many replicas and rooms and a hostile network, and check
//! the promises after every step.

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
