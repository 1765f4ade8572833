//! Messages between servers about one board, which the broker carries.

use bytes::Bytes;
use serde::{Deserialize, Serialize};
use serde_bytes::ByteBuf;
use serde_tuple::{Deserialize_tuple, Serialize_tuple};

use crate::id::{ClientId, CommitNo, DeviceId, LinkId, NodeId, PersonId};
use crate::model::BlobHash;

use super::codec::encode;
use super::live::{LiveUpdate, Profile};
use super::message::{ProgramKind, Role};

/// A commit as stores and brokers carry it: author and number are readable, the rest is opaque
/// bytes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize_tuple, Deserialize_tuple)]
pub struct StoredCommit {
    /// The author.
    pub author: ClientId,
    /// Its number among its author's commits.
    pub cno: CommitNo,
    /// The encoded [`crate::op::Commit`].
    pub payload: ByteBuf,
}

/// A person on a board, as one server announces them to the others.
#[derive(Clone, Debug, PartialEq, Serialize_tuple, Deserialize_tuple)]
pub struct RelayedPerson {
    /// The client.
    pub client: ClientId,
    /// The number of the client's connection. A connection with a higher number replaces one with a
    /// lower number.
    pub session: u32,
    /// The role that the person's link grants.
    pub role: Role,
    /// The person's name and colour.
    pub profile: Profile,
    /// The browser profile, if its client named one. Servers of version 2 leave it out.
    #[serde(default)]
    pub device: Option<DeviceId>,
    /// The kind of the program, if it is one. Servers of version 5 cannot read a list with programs.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub program: Option<ProgramKind>,
}

/// A message of one server to the others, on the live channel of a board.
#[derive(Clone, Debug, PartialEq, Serialize_tuple, Deserialize_tuple)]
pub struct Relay {
    /// The sender. A server ignores its own messages.
    pub node: NodeId,
    /// The content.
    pub message: RelayMessage,
}

impl Relay {
    /// The bytes with which every relay of a server begins.
    #[must_use]
    pub fn prefix_of(node: NodeId) -> Bytes {
        let message = RelayMessage::PeopleRequest;
        let whole = encode(&Self { node, message }).unwrap_or_default();
        let id = node.as_bytes();
        let at = whole.windows(id.len()).position(|part| part == id);
        at.map_or_else(Bytes::new, |at| whole.slice(..at + id.len()))
    }
}

/// The content of a [`Relay`].
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum RelayMessage {
    /// Live updates of the sender's clients, oldest first.
    #[serde(rename = "l")]
    Live(Vec<(ClientId, LiveUpdate)>),
    /// All people who are on the board through the sender. It is sent on every change and repeated
    /// regularly. It is a lease: without repeats it expires.
    #[serde(rename = "p")]
    People(Vec<RelayedPerson>),
    /// The sender has just opened the board and asks the others for their people.
    #[serde(rename = "?")]
    PeopleRequest,
    /// The record of the board (title, links) changed, so the others must read it again.
    #[serde(rename = "r")]
    RecordChanged,
    /// A blob of the board is complete. Servers that do not know this message ignore it.
    #[serde(rename = "k")]
    BlobReady(BlobHash),
    /// Live updates of the kinds that are new in version 5. Servers of version 5 send these apart.
    #[serde(rename = "m")]
    LaterLive(Vec<(ClientId, LiveUpdate)>),
    /// All people who are on the board through the sender, with the links by which they came. It is a
    /// lease as [`Self::People`] is.
    #[serde(rename = "n")]
    PeopleByLink(Vec<(PersonId, LinkId)>),
}
