//! Messages between a client and a server.

use serde::{Deserialize, Serialize};
use serde_bytes::ByteBuf;
use serde_tuple::{Deserialize_tuple, Serialize_tuple};

use crate::id::{
    ClientId, ClientKey, CommitNo, DeviceId, DeviceKey, Epoch, NodeId, Position, Secret, Seq,
    SnapshotId,
};
use crate::model::BlobHash;
use crate::op::{AuthoredCommit, Commit};

use super::live::{LiveUpdate, Profile};

/// The rights that a link grants.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub enum Role {
    /// View the board and appear on it.
    #[serde(rename = "view")]
    View,
    /// Also draw on the board and rename it.
    #[serde(rename = "edit")]
    Edit,
    /// Also manage the board: its links, its settings and the people on it.
    #[serde(rename = "owner")]
    Owner,
}

impl Role {
    /// Whether this role may change the elements of the board.
    #[must_use]
    pub const fn may_draw(self) -> bool {
        match self {
            Self::View => false,
            Self::Edit | Self::Owner => true,
        }
    }

    /// Whether this role may manage links, settings and people.
    #[must_use]
    pub const fn may_manage(self) -> bool {
        match self {
            Self::View | Self::Edit => false,
            Self::Owner => true,
        }
    }
}

/// The number under which one server announces a person to its clients. It is short, because every
/// live update carries it. A room never uses a number again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct PeerNo(pub u32);

/// The first message of a client.
#[derive(Clone, Debug, PartialEq, Serialize_tuple, Deserialize_tuple)]
pub struct Hello {
    /// The client's [`super::PROTOCOL_VERSION`].
    pub version: u16,
    /// The secret of the link.
    pub secret: Secret,
    /// The key that proves the client's identity; the server derives the `ClientId` from it.
    pub key: ClientKey,
    /// A number that grows with each connection of this client. A connection with a higher number
    /// replaces one with a lower number.
    pub session: u32,
    /// The name and colour to show to others.
    pub profile: Profile,
    /// The last position of the client, if it still has the board.
    pub resume: Option<Position>,
    /// The area that the client shows, in board units: left, top, right, bottom. The server sends
    /// the parts of a snapshot that show this area first.
    pub view: Option<[f32; 4]>,
    /// The parts of a snapshot that arrived before an earlier connection ended.
    pub partial: Option<PartialSnapshot>,
    /// The key of the browser profile; the server derives the `DeviceId` from it.
    pub device: Option<DeviceKey>,
    /// The kind of the program, if the client is none that a person uses.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub program: Option<ProgramKind>,
}

/// The kind of a program that is on a board by itself, not as the tool of a person.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum ProgramKind {
    /// It follows rules.
    #[serde(rename = "s")]
    Script,
    /// A language model decides what it does.
    #[serde(rename = "a")]
    Ai,
}

/// The parts of a snapshot that a client has.
#[derive(Clone, Debug, PartialEq, Eq, Serialize_tuple, Deserialize_tuple)]
pub struct PartialSnapshot {
    /// The snapshot.
    pub snapshot: SnapshotId,
    /// One bit for each part, the lowest bit of the first byte for part 0: whether it arrived. Bits
    /// that are missing at the end are 0.
    pub received: ByteBuf,
}

/// A message from a client to a server.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum ClientMsg {
    /// The first message, sent once.
    #[serde(rename = "h")]
    Hello(Hello),
    /// A commit to be ordered and stored.
    #[serde(rename = "c")]
    Commit(Commit),
    /// A live update, which may be lost.
    #[serde(rename = "l")]
    Live(LiveUpdate),
    /// A new name or colour.
    #[serde(rename = "n")]
    Profile(Profile),
    /// The bytes of all frames that the client has received on this connection. The server sends
    /// only a window ahead of this number.
    #[serde(rename = "a")]
    Received(u64),
    /// Asks for a page of the conversation by its number. One page at a time may be asked for.
    #[serde(rename = "q")]
    ChatPage(u64),
}

/// The answer to a valid hello. Depending on `delta`, the commits after the client's position or a
/// snapshot follow.
#[derive(Clone, Debug, PartialEq, Serialize_tuple, Deserialize_tuple)]
pub struct Welcome {
    /// The public id that belongs to the client's key.
    pub you: ClientId,
    /// The server that answers.
    pub node: NodeId,
    /// The role that the link grants.
    pub role: Role,
    /// The board's title.
    pub title: String,
    /// The present position of the board.
    pub at: Position,
    /// The number of the client's last commit that is part of the board at `at`.
    pub last_cno: CommitNo,
    /// Whether only the commits after the client's own position follow. Otherwise a snapshot
    /// follows, which replaces the client's board.
    pub delta: bool,
    /// The position up to which the history survives a loss of power.
    pub durable: Seq,
}

/// A person on the board.
#[derive(Clone, Debug, PartialEq, Serialize_tuple, Deserialize_tuple)]
pub struct Person {
    /// The number in the live updates of this person.
    pub peer: PeerNo,
    /// The client.
    pub client: ClientId,
    /// The role that the person's link grants.
    pub role: Role,
    /// The person's name and colour.
    pub profile: Profile,
    /// The browser profile, if its client named one. Clients of one device are tabs of one person.
    pub device: Option<DeviceId>,
    /// The kind of the program, if it is one. Clients of version 5 are not told.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub program: Option<ProgramKind>,
}

/// The reason why a commit was refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Refusal {
    /// The link grants viewing only, or the board is full and the client has no commit on it. No
    /// commit takes the number.
    #[serde(rename = "view")]
    ViewOnly,
    /// The commit breaks a limit of size or range.
    #[serde(rename = "invalid")]
    Invalid,
    /// The board is full.
    #[serde(rename = "full")]
    BoardFull,
    /// The client sent too many commits in a short time.
    #[serde(rename = "rate")]
    TooFast,
    /// Applying the commit to this board would take too long.
    #[serde(rename = "cost")]
    TooCostly,
    /// The board is frozen, and the link is no owner link.
    #[serde(rename = "frozen")]
    Frozen,
    /// An owner muted the person.
    #[serde(rename = "muted")]
    Muted,
    /// The person may not change the conversation in this way.
    #[serde(rename = "forbidden")]
    Forbidden,
    /// The commit would change an element that owners protect, and the link is no owner link.
    #[serde(rename = "protected")]
    Protected,
    /// Programs only propose changes on this board.
    #[serde(rename = "proposal")]
    ProposalsOnly,
}

impl Refusal {
    /// The reason as a client of an earlier version knows it.
    #[must_use]
    pub const fn for_version(self, version: u16) -> Self {
        match self {
            Self::ProposalsOnly if version < 6 => Self::Invalid,
            _ => self,
        }
    }
}

/// What the settings of the board and the role of its link let a person do now.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize_tuple, Deserialize_tuple)]
#[expect(clippy::struct_excessive_bools, reason = "each is one right")]
pub struct Rights {
    /// Change the elements of the board.
    pub draw: bool,
    /// Write in the conversation.
    pub chat: bool,
    /// Offer the own view to all people.
    pub gather: bool,
    /// Whether the board is frozen: only owners change it.
    pub frozen: bool,
    /// Whether an owner muted the person.
    pub muted: bool,
}

/// The present position. The server sends it when it has sent nothing else for a while, so that the
/// client knows that the connection works and that it has missed nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize_tuple, Deserialize_tuple)]
pub struct Heartbeat {
    /// The present position of the board.
    pub at: Position,
    /// The position up to which the history survives a loss of power.
    pub durable: Seq,
}

/// A part of a snapshot. A snapshot consists of sections, each an independently compressed
/// [`crate::sync::Section`], and each section of one or several parts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize_tuple, Deserialize_tuple)]
pub struct SnapshotPart {
    /// The snapshot. Equal ids mean equal parts.
    pub snapshot: SnapshotId,
    /// The number of this part, from 0.
    pub index: u32,
    /// The number of all parts of the snapshot.
    pub count: u32,
    /// How many parts directly before this one belong to the same section.
    pub before: u32,
    /// How many parts directly after this one belong to the same section.
    pub after: u32,
    /// Bytes of the compressed section.
    pub bytes: ByteBuf,
}

/// Whether the server can store commits at present.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum StoreStatus {
    /// The store accepts commits.
    #[serde(rename = "up")]
    Up,
    /// The store cannot be reached; commits wait.
    #[serde(rename = "down")]
    Down,
}

/// A message from a server to a client.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum ServerMsg {
    /// The answer to a valid hello.
    #[serde(rename = "w")]
    Welcome(Box<Welcome>),
    /// A part of a snapshot. Once the client has all parts, the snapshot replaces its confirmed
    /// board.
    #[serde(rename = "s")]
    Snapshot(SnapshotPart),
    /// How much of the work of opening the board is done, `0 ..= 1000`. It is sent before the
    /// welcome, while opening takes long.
    #[serde(rename = "i")]
    Opening(u16),
    /// How full the board is, in percent of its largest size.
    #[serde(rename = "f")]
    Fullness(u8),
    /// The commit at `seq`.
    #[serde(rename = "c")]
    Commit {
        /// Its position in the history.
        seq: Seq,
        /// The commit with its author.
        commit: AuthoredCommit,
    },
    /// The client's own commit was stored.
    #[serde(rename = "a")]
    Ack {
        /// Its position in the history.
        seq: Seq,
        /// Its number.
        cno: CommitNo,
    },
    /// The client's own commit was refused. An empty commit takes its number, except for
    /// [`Refusal::ViewOnly`].
    #[serde(rename = "r")]
    Refused {
        /// Its number.
        cno: CommitNo,
        /// The reason.
        reason: Refusal,
    },
    /// The store lacks commits of this client before those that it sent last. The client must send
    /// all commits after `last_cno` again.
    #[serde(rename = "m")]
    Missing {
        /// The number of the client's last commit that the store has.
        last_cno: CommitNo,
    },
    /// The history continues in another epoch, and a snapshot of it follows. The client must resend
    /// commits that were acknowledged but not durable and that the snapshot lacks.
    #[serde(rename = "e")]
    NewEpoch {
        /// The new epoch.
        epoch: Epoch,
        /// The number of the client's last commit that is part of the snapshot.
        last_cno: CommitNo,
    },
    /// The present position, sent when there is nothing else to send.
    #[serde(rename = "b")]
    Heartbeat(Heartbeat),
    /// Live updates of all people, oldest first.
    #[serde(rename = "l")]
    Live(Vec<(PeerNo, LiveUpdate)>),
    /// All people on the board, including the client itself.
    #[serde(rename = "p")]
    People(Vec<Person>),
    /// The board has a new title.
    #[serde(rename = "t")]
    Title(String),
    /// Whether commits can be stored at present.
    #[serde(rename = "o")]
    StoreStatus(StoreStatus),
    /// The server shuts down. The client should reconnect after a random delay of up to
    /// `within_ms`.
    #[serde(rename = "g")]
    Goodbye {
        /// The longest delay in milliseconds.
        within_ms: u32,
    },
    /// A blob of the board is complete and can be loaded by HTTP. The message may be lost, so a
    /// client that waits for a blob also asks for it again.
    #[serde(rename = "k")]
    BlobReady(BlobHash),
    /// The rights of the client's person, after the welcome and whenever they change.
    #[serde(rename = "j")]
    Rights(Rights),
    /// The newest messages of the conversation ([`crate::chat::Chat`], compressed). They belong to the
    /// snapshot that follows.
    #[serde(rename = "h")]
    Chat(ByteBuf),
    /// The page of the conversation that the client asked for ([`crate::chat::ChatPage`],
    /// compressed). The bytes are empty if the page cannot be read.
    #[serde(rename = "q")]
    ChatPage {
        /// Its number.
        number: u64,
        /// The page.
        packed: ByteBuf,
    },
}

impl ServerMsg {
    /// The message in the words of a version.
    #[must_use]
    pub fn for_version(self, version: u16) -> Self {
        match self {
            Self::Refused { cno, reason } => Self::Refused {
                cno,
                reason: reason.for_version(version),
            },
            other => other,
        }
    }
}
