//! The reports of a replica.

use std::sync::Arc;

use crate::id::{CommitNo, ElementId};
use crate::model::{BlobHash, Element};
use crate::op::Commit;
use crate::protocol::{Refusal, Rights};

/// Why a replica cannot go on with a connection. A new connection loses nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ReplicaError {
    /// A message came out of sequence.
    #[error("message out of sequence")]
    OutOfSequence,
    /// A snapshot cannot be read.
    #[error("unreadable snapshot")]
    Snapshot,
}

/// How an element changed on the shown board.
#[derive(Debug, Clone, PartialEq)]
pub struct Change {
    /// Which element.
    pub id: ElementId,
    /// As it was shown; `None` if it was not.
    pub before: Option<Arc<Element>>,
    /// As it is shown; `None` if it is not.
    pub after: Option<Arc<Element>>,
}

/// What [`Replica::poll_event`](super::Replica::poll_event) gives.
#[derive(Debug, Clone, PartialEq)]
pub enum ReplicaEvent {
    /// Elements changed on the shown board.
    Changed(Vec<Change>),
    /// Elements of a board that is being loaded are shown now. No commit changed them.
    Loaded(Vec<Change>),
    /// The whole board was replaced.
    Reset,
    /// [`Replica::progress`](super::Replica::progress) changed.
    Progress,
    /// How full the board is, in percent.
    Fullness(u8),
    /// Keep this commit in the outbox until it is forgotten.
    Keep(Commit),
    /// Commits up to this number are durable: the outbox may drop them.
    Forget(CommitNo),
    /// The server refused a commit, and the replica took it back.
    Refused(Refusal),
    /// People, cursors or live ink changed.
    Presence,
    /// The conversation changed: messages came, changed or were sent, or older ones were read.
    Chat,
    /// The rights of this person.
    Rights(Rights),
    /// The board's title.
    Title(String),
    /// A blob of the board is complete and can be loaded.
    BlobReady(BlobHash),
    /// The server goes away; connect again after a random wait of up to so many
    /// milliseconds.
    Goodbye(u32),
    /// The server was silent for too long: close the connection and connect again.
    TimedOut,
    /// The server no longer knows earlier commits of this client, so its numbers cannot go on:
    /// call [`Replica::renew`](super::Replica::renew) with a fresh key and connect again.
    IdentityLost,
}
