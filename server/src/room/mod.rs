//! Open boards: one task for each drives `shared`'s `Room`.
//!
//! The task of a room owns everything of its board; sessions send to it through a
//! bounded mailbox, and it sends to each session through a [`SessionHandle`].

mod actor;
mod board_store;
mod connection_writer;
mod context;
mod effects;
mod head_watch;
mod hub;
mod message;
mod opening;
mod people_by_link;
mod people_elsewhere;
mod question;
mod reading;
mod replaying;
mod task;
mod turns;
mod waiting;

pub use connection_writer::{ConnectionWriter, WriterState};
pub use context::Context;
pub use head_watch::HeadWatch;
pub use hub::{Closing, Hub, Unread};
pub use message::{Admission, Look, RoomMsg, SessionHandle};
pub use people_by_link::PeopleByLink;
pub use question::{Question, Questions};
pub(crate) use reading::{ReadBoard, read_board};
pub use turns::Turns;
