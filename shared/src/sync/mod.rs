//! Both halves of the conversation, without input or output.
//!
//! [`Replica`] is the client half and [`Room`] the server half; [`Driver`] connects a replica and
//! keeps it connected. None of them knows a socket, a clock or a store: messages, answers and the
//! time come in by calls, and messages, requests and the next deadline go out by `poll_…`. So one
//! seeded simulation can hold many clients, rooms and a hostile network, and check the promises
//! after every step.

pub mod confirmed_state;
pub mod driver;
pub mod log;
pub mod packed;
pub mod presence;
pub mod recent_commits;
pub mod replica;
pub mod room;
pub mod snapshot;
pub mod standing;

pub use confirmed_state::ConfirmedState;
pub use driver::{Driver, DriverEvent, Identity, Obstacle, OutboxChange, Receipts, Setup};
pub use presence::{
    FloatingEmoji, Gathering, LASER_MS, LaserPoint, LiveInk, Presence, REACTION_MS,
    RemoteSelection, Said, Signals,
};
pub use replica::{
    Caller, Change, Conversation, Progress, Replica, ReplicaError, ReplicaEvent, Status,
};
pub use room::{
    Access, Applied, Asked, Durability, NamedAuthor, OutputMark, Replay, ReplayState, Replayed,
    Room, RoomCounts, RoomEffect, RoomError, SessionNo, StoreCall,
};
pub use snapshot::{AssemblyError, CutSizes, EncodedSnapshot, Section, Snapshot, SnapshotAssembly};
pub use standing::StandingUpdates;
