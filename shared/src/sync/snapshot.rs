//! The whole state of a board at one position, as it is stored and sent.

use std::collections::BTreeMap;

use serde_tuple::{Deserialize_tuple, Serialize_tuple};

use crate::id::{ClientId, CommitNo, Position};
use crate::model::Board;

/// The result of all commits up to a position.
#[derive(Clone, Debug, PartialEq, Serialize_tuple, Deserialize_tuple)]
pub struct Snapshot {
    /// The position.
    pub at: Position,
    /// The board at that position.
    pub board: Board,
    /// The number of each author's last commit up to that position.
    pub authors: BTreeMap<ClientId, CommitNo>,
}
