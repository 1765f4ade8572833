//! How a room sends frames to a session.

use std::fmt::Debug;

use bytes::Bytes;

/// The connection of a session, as its room sees it. The room writes to it in its own turn, so that no
/// other task has to run before the client gets what the room decided.
pub trait ConnectionWriter: Debug + Send + Sync {
    /// Whether frames can be sent now.
    fn state(&self) -> WriterState;

    /// Writes frames in order, at once if the connection takes them. Otherwise it is [`WriterState::Busy`]
    /// until the session has written them; then the session sends [`super::RoomMsg::Ready`].
    fn send(&self, frames: Vec<Bytes>);
}

/// Whether a connection takes frames.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WriterState {
    /// Everything was written.
    Ready,
    /// Earlier frames wait, because the client reads slowly. The room keeps no queue for it.
    Busy,
    /// The session has ended.
    Ended,
}
