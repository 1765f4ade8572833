//! The whole state at one position, as it is stored and sent.

use std::collections::BTreeMap;

use serde_tuple::{Deserialize_tuple, Serialize_tuple};

use crate::id::{ClientId, CommitNo, Position};
use crate::model::Board;

/// Everything that the commits up to a position add up to.
#[derive(Clone, Debug, PartialEq, Serialize_tuple, Deserialize_tuple)]
pub struct Snapshot {
    /// Which position.
    pub at: Position,
    /// The board there.
    pub board: Board,
    /// The last commit of each author there.
    pub authors: BTreeMap<ClientId, CommitNo>,
}
