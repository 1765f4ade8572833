//! The history of a board: who drew an element, what undoes the work of a person, and what a cleared
//! board had.

use serde::{Deserialize, Serialize};

use crate::id::{ClientId, ElementId, PersonId, Seq};
use crate::model::Color;
use crate::op::{Guard, Op};

/// Elements of which one question asks the origin at most: a few screens full. The answer has to name
/// each.
pub const MAX_ORIGINS: usize = 500;

/// A question about the history of a board.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum HistoryQuestion {
    /// Who put these elements on the board, and who changed them last? At most [`MAX_ORIGINS`].
    Origins(Vec<ElementId>),
    /// Which ops undo the work of a person? Only owners may ask.
    WorkOf {
        /// The person.
        person: PersonId,
        /// How much of it.
        part: WorkPart,
    },
    /// Which ops bring back the elements that the board had at a position and lost since? Only owners
    /// may ask.
    LostSince(Seq),
}

/// A part of a person's work.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum WorkPart {
    /// All of it.
    All,
    /// The work by these clients of the person, such as the tabs that the person has open.
    Clients(Vec<ClientId>),
}

/// The answer to a [`HistoryQuestion`].
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum HistoryAnswer {
    /// The origins of those elements that are on the board.
    Origins(Vec<ElementOrigin>),
    /// Ops, and the guard of the commit in which they belong.
    Change {
        /// Whose work they may change.
        guard: Guard,
        /// The ops; empty if nothing would change.
        ops: Vec<Op>,
    },
}

/// Who put an element on the board, and who changed it last.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ElementOrigin {
    /// The element.
    pub id: ElementId,
    /// Who put it on the board.
    pub created: Trace,
    /// Who changed it last; `None` if it is as it was put.
    pub changed: Option<Trace>,
}

/// The person and the time of a change. Boards of earlier versions have neither.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Trace {
    /// The person who made it.
    pub by: Option<TracedPerson>,
    /// Milliseconds since 1970, to the second.
    pub at_ms: Option<u64>,
}

/// A person who changed a board.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TracedPerson {
    /// The person.
    pub person: PersonId,
    /// The name that the person had last.
    pub name: String,
    /// The colour of the person.
    pub color: Color,
}
