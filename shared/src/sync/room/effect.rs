//! The requests of a room to its driver, and the types in them.

use bytes::Bytes;

use crate::chat::{ChatStamp, NewMessage};
use crate::id::{ClientId, Epoch, LinkId, NodeId, PersonId, Position, Seq};
use crate::model::Color;
use crate::protocol::{CloseCode, CodecError};

use super::super::log::Batch;
use super::super::snapshot::Snapshot;

/// Number of a session within its server process.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SessionNo(pub u64);

/// Why a board cannot be replayed.
#[derive(Debug, thiserror::Error)]
pub enum RoomError {
    /// The stored snapshot is not one.
    #[error("stored snapshot cannot be read: {0}")]
    Snapshot(#[from] CodecError),
    /// The stored commits do not follow each other or the snapshot.
    #[error("stored log has a hole after {0}")]
    Hole(Seq),
}

/// A request to the driver of a room.
#[derive(Debug)]
pub enum RoomEffect {
    /// Store a batch, again and again until an answer comes, then call
    /// [`Room::on_batch`](super::Room::on_batch); the driver fills in `fresh_epoch`.
    Commit(Batch),
    /// Read the commits after a position, then call [`Room::on_tail`](super::Room::on_tail).
    ReadAfter(Position),
    /// Load the board again and replay it, then call [`Room::on_loaded`](super::Room::on_loaded).
    Load,
    /// Ask where the store stands, then call [`Room::on_head`](super::Room::on_head).
    Head,
    /// Wait until everything that is stored now is durable, then call
    /// [`Room::on_durability`](super::Room::on_durability).
    WaitDurable(Position),
    /// Store a snapshot, then call [`Room::on_compacted`](super::Room::on_compacted).
    Compact {
        /// The state.
        snapshot: Box<Snapshot>,
        /// Commits up to here may leave the log.
        floor: Seq,
    },
    /// The store has lost the board: restore it from this state, then load and replay it.
    Restore {
        /// The state.
        snapshot: Box<Snapshot>,
    },
    /// Encode a snapshot for the clients, then call [`Room::on_encoded`](super::Room::on_encoded).
    /// This takes long for a large board.
    Encode(Box<Snapshot>),
    /// Store a page of the conversation, again and again until it is stored, then call
    /// [`Room::on_chat_page_stored`](super::Room::on_chat_page_stored).
    StoreChatPage {
        /// The epoch in which the page was filled. The store ignores a page of another one.
        epoch: Epoch,
        /// Its number.
        number: u64,
        /// The page, [packed](crate::sync::packed::pack).
        packed: Bytes,
    },
    /// Read a page of the conversation, then call
    /// [`Room::on_chat_page`](super::Room::on_chat_page).
    ReadChatPage(u64),
    /// Note who uses a client, again and again until it is stored. The room asks for it when the client
    /// commits for the first time, and after a change of its profile.
    NoteAuthor(NamedAuthor),
    /// Publish on the board's live channel; best effort.
    Publish(Bytes),
    /// The board's record may have changed: read it and call
    /// [`Room::set_record`](super::Room::set_record).
    ReadRecord,
    /// Another server announced who is on the board through it, and by which links. The room does
    /// not know the links of its sessions; the driver does.
    PeopleByLink {
        /// The other server.
        node: NodeId,
        /// Its people.
        people: Vec<(PersonId, LinkId)>,
    },
    /// A client of this server asked the assistant, and its message is stored. Each question comes once, on
    /// one server.
    Asked(Box<Asked>),
    /// End a session.
    Close {
        /// Which.
        session: SessionNo,
        /// Why.
        code: CloseCode,
    },
}

/// A message that asks the assistant.
#[derive(Clone, Debug, PartialEq)]
pub struct Asked {
    /// The client that sent it.
    pub client: ClientId,
    /// Who wrote it, and when.
    pub stamp: ChatStamp,
    /// The message.
    pub message: NewMessage,
}

/// The user of a client that changes the board.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NamedAuthor {
    /// The client.
    pub client: ClientId,
    /// The person.
    pub person: PersonId,
    /// The name of the person.
    pub name: String,
    /// The colour of the person.
    pub color: Color,
    /// Milliseconds since 1970 when it committed.
    pub at_ms: u64,
}

/// How waiting for durability ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Durability {
    /// Everything up to the position is safe from power loss.
    Confirmed,
    /// It is not known; ask again.
    Unknown,
    /// The store is not set up to keep data over a power loss.
    Unsupported,
}
