//! The whole state of a board at one position, as it is stored and sent.
//!
//! A store keeps a snapshot as one value. A client gets it in sections, each with the elements of
//! one region, so that it can show some of them before the others have arrived. `encoded` cuts a
//! snapshot into sections and parts, and `assembly` puts them together again.

mod assembly;
mod earlier;
mod encoded;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_tuple::{Deserialize_tuple, Serialize_tuple};

use crate::chat::Chat;
use crate::id::{ClientId, CommitNo, ElementId, Position};
use crate::model::Board;
use crate::model::board::Tombstone;

pub use assembly::{AssemblyError, SnapshotAssembly};
pub use encoded::{CutSizes, EncodedSnapshot};

/// The result of all commits up to a position.
#[derive(Clone, Debug, PartialEq, Serialize_tuple, Deserialize_tuple)]
pub struct Snapshot {
    /// The position.
    pub at: Position,
    /// The board at that position.
    pub board: Board,
    /// The number of each author's last commit up to that position.
    pub authors: BTreeMap<ClientId, CommitNo>,
    /// The newest messages of the conversation. Snapshots of version 4 have none. It is no part of a
    /// section: a client gets it in a message before the first part.
    #[serde(default, skip_serializing_if = "Chat::is_empty")]
    pub chat: Chat,
}

/// A section of a snapshot. A snapshot is the union of its sections, in any order.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Section<E = crate::model::Element> {
    /// The position of the snapshot, the same in every section.
    pub at: Position,
    /// The number of deletions of the board, the same in every section.
    pub deletions: u64,
    /// Some of the elements.
    pub elements: Vec<E>,
    /// Some of the tombstones.
    pub tombstones: Vec<(ElementId, Tombstone)>,
    /// Some of the authors, each with the number of its last commit.
    pub authors: Vec<(ClientId, CommitNo)>,
}
