//! The messages between a client and a server.

use serde::{Deserialize, Serialize};
use serde_bytes::ByteBuf;
use serde_tuple::{Deserialize_tuple, Serialize_tuple};

use crate::id::{ClientId, ClientKey, CommitNo, Epoch, NodeId, Position, Secret, Seq};
use crate::op::{AuthoredCommit, Commit};

use super::live::{LiveItem, Profile};

/// What a link allows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Role {
    /// See the board and be seen.
    #[serde(rename = "view")]
    View,
    /// Draw.
    #[serde(rename = "edit")]
    Edit,
    /// Draw, rename the board and manage its links.
    #[serde(rename = "owner")]
    Owner,
}

impl Role {
    /// Whether this role may change what is on the board.
    #[must_use]
    pub const fn may_draw(self) -> bool {
        match self {
            Self::View => false,
            Self::Edit | Self::Owner => true,
        }
    }
}

/// Number of a person on a board as one server tells it to its clients; short,
/// because every piece of live ink carries it. Never used again in that room.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct PeerNo(pub u32);

/// The first message of a client.
#[derive(Clone, Debug, PartialEq, Serialize_tuple, Deserialize_tuple)]
pub struct Hello {
    /// [`super::PROTOCOL_VERSION`] of the client.
    pub version: u16,
    /// The secret of the link.
    pub secret: Secret,
    /// Proves who the client is; the server derives its `ClientId`.
    pub key: ClientKey,
    /// Counts the connections of this client; a higher one replaces a lower one.
    pub session: u32,
    /// Name and colour to show to others.
    pub profile: Profile,
    /// How far this client has seen the board.
    pub resume: Option<Position>,
}

/// From client to server.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum ClientMsg {
    /// Must come first, once.
    #[serde(rename = "h")]
    Hello(Hello),
    /// Durable lane: a commit to be ordered and stored.
    #[serde(rename = "c")]
    Commit(Commit),
    /// Live lane: what may be lost.
    #[serde(rename = "l")]
    Live(LiveItem),
    /// New name or colour.
    #[serde(rename = "n")]
    Profile(Profile),
}

/// The answer to a good hello. A delta (commits after `resume`) or a snapshot
/// follows, as `resume` says.
#[derive(Clone, Debug, PartialEq, Serialize_tuple, Deserialize_tuple)]
pub struct Welcome {
    /// The public id derived from the client's key.
    pub you: ClientId,
    /// The server that answers.
    pub node: NodeId,
    /// What the link allows.
    pub role: Role,
    /// The board's title.
    pub title: String,
    /// Where the board stands now.
    pub at: Position,
    /// The client's last commit that is part of the board at `at`.
    pub last_cno: CommitNo,
    /// Whether only the commits after the client's own position follow; else a
    /// snapshot replaces all that it has.
    pub delta: bool,
    /// How far the history is safe from power loss.
    pub durable: Seq,
}

/// Somebody on the board.
#[derive(Clone, Debug, PartialEq, Serialize_tuple, Deserialize_tuple)]
pub struct Person {
    /// Number under which their live items come.
    pub peer: PeerNo,
    /// Who it is.
    pub client: ClientId,
    /// What their link allows.
    pub role: Role,
    /// Name and colour.
    pub profile: Profile,
}

/// Why a commit was refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Refusal {
    /// The link allows viewing only.
    #[serde(rename = "view")]
    ViewOnly,
    /// It breaks a limit of size or range.
    #[serde(rename = "invalid")]
    Invalid,
    /// The board holds as much as a board may.
    #[serde(rename = "full")]
    BoardFull,
    /// Too many commits in a short time.
    #[serde(rename = "rate")]
    TooFast,
}

/// Where the history stands; sent when nothing else was for a while, so that a
/// client knows that the line is alive and that it misses nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize_tuple, Deserialize_tuple)]
pub struct Heartbeat {
    /// Where the board stands.
    pub at: Position,
    /// How far the history is safe from power loss.
    pub durable: Seq,
}

/// Whether the server can store commits at present.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Storing {
    /// Commits are stored as they come.
    #[serde(rename = "up")]
    Up,
    /// The store cannot be reached; commits wait.
    #[serde(rename = "down")]
    Down,
}

/// From server to client.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum ServerMsg {
    /// The hello was good.
    #[serde(rename = "w")]
    Welcome(Box<Welcome>),
    /// A piece of the encoded [`crate::sync::Snapshot`]; after the last one it
    /// replaces the client's confirmed board.
    #[serde(rename = "s")]
    Snapshot {
        /// Bytes of the snapshot, in order.
        part: ByteBuf,
        /// Whether this is the last piece.
        last: bool,
    },
    /// The commit at `seq`.
    #[serde(rename = "c")]
    Commit {
        /// Its place in the history.
        seq: Seq,
        /// Who did what.
        commit: AuthoredCommit,
    },
    /// The client's own commit got a place in the history.
    #[serde(rename = "a")]
    Ack {
        /// Its place.
        seq: Seq,
        /// Its number.
        cno: CommitNo,
    },
    /// The client's own commit was refused; an empty one takes its number.
    #[serde(rename = "r")]
    Refused {
        /// Its number.
        cno: CommitNo,
        /// Why.
        reason: Refusal,
    },
    /// The store misses commits of this client before those that it sent last:
    /// send again what follows `last_cno`.
    #[serde(rename = "m")]
    Missing {
        /// The client's last commit that the store has.
        last_cno: CommitNo,
    },
    /// The history went on in another epoch; a snapshot of it follows. Commits
    /// that were acknowledged but not durable and are not in it must be sent again.
    #[serde(rename = "e")]
    NewEpoch {
        /// The new epoch.
        epoch: Epoch,
        /// The client's last commit that is part of the snapshot.
        last_cno: CommitNo,
    },
    /// The line is alive.
    #[serde(rename = "b")]
    Heartbeat(Heartbeat),
    /// What others do right now, oldest first.
    #[serde(rename = "l")]
    Live(Vec<(PeerNo, LiveItem)>),
    /// Everybody on the board, the client itself included.
    #[serde(rename = "p")]
    People(Vec<Person>),
    /// The board has this title now.
    #[serde(rename = "t")]
    Title(String),
    /// Whether commits can be stored at present.
    #[serde(rename = "o")]
    Storing(Storing),
    /// The server goes away; come back after a random wait of up to `within_ms`.
    #[serde(rename = "g")]
    Goodbye {
        /// Longest wait in milliseconds.
        within_ms: u32,
    },
}
