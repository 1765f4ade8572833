//! What servers tell each other about one board, over the broker.

use serde::{Deserialize, Serialize};
use serde_bytes::ByteBuf;
use serde_tuple::{Deserialize_tuple, Serialize_tuple};

use crate::id::{ClientId, CommitNo, NodeId};

use super::live::{LiveItem, Profile};
use super::message::Role;

/// A commit as stores and brokers carry it: what they must know in the open,
/// the rest as bytes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize_tuple, Deserialize_tuple)]
pub struct StoredCommit {
    /// Who made it.
    pub author: ClientId,
    /// Its number among its author's commits.
    pub cno: CommitNo,
    /// The encoded [`crate::op::Commit`].
    pub payload: ByteBuf,
}

/// Somebody on a board as servers tell each other.
#[derive(Clone, Debug, PartialEq, Serialize_tuple, Deserialize_tuple)]
pub struct Guest {
    /// Who it is.
    pub client: ClientId,
    /// Their connection count; a higher one replaces a lower one.
    pub session: u32,
    /// What their link allows.
    pub role: Role,
    /// Name and colour.
    pub profile: Profile,
}

/// What one server says to the others on the live channel of a board.
#[derive(Clone, Debug, PartialEq, Serialize_tuple, Deserialize_tuple)]
pub struct Relay {
    /// Who speaks; a server ignores its own words.
    pub node: NodeId,
    /// What is said.
    pub word: Word,
}

/// See [`Relay`].
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Word {
    /// What the speaker's clients do right now, oldest first.
    #[serde(rename = "l")]
    Live(Vec<(ClientId, LiveItem)>),
    /// Everybody who is on the board through the speaker. Said on every change
    /// and again and again: it is a lease, and silence ends it.
    #[serde(rename = "p")]
    People(Vec<Guest>),
    /// The speaker has just opened the board: tell it who is there.
    #[serde(rename = "?")]
    WhoIsThere,
    /// The board's record (title, links) changed: read it again.
    #[serde(rename = "r")]
    RecordChanged,
}
