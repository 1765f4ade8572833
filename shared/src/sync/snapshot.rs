//! The whole state at one position, as it is stored and sent.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::id::{ClientId, CommitNo, Position};
use crate::model::Board;

/// Everything that the commits up to a position add up to.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Snapshot {
    /// Which position.
    pub at: Position,
    /// The board there.
    pub board: Board,
    /// The last commit of each author there.
    pub authors: BTreeMap<ClientId, CommitNo>,
}
