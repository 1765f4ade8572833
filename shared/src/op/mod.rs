//! What can happen to a board.
//!
//! Ops travel in commits. A commit is one gesture of one replica: numbered,
//! applied as a whole, and applied exactly once in log order. Knows the model;
//! must not know who sends commits or how they are ordered.

pub mod apply;
pub mod invert;
mod undo;
pub mod validate;

use serde::{Deserialize, Serialize};
use serde_tuple::{Deserialize_tuple, Serialize_tuple};

use crate::geometry::Ink;
use crate::id::{ClientId, CommitNo, ElementId};
use crate::model::{CutSpan, NewElement, Prop, TextEdit};

pub use apply::apply_commit;
pub use invert::invert;
pub use undo::Undo;
pub use validate::Invalid;

/// One change of a board.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Op {
    /// Puts a new element on the board. Does nothing if the id was ever used.
    #[serde(rename = "p")]
    Put(Box<NewElement>),
    /// Adds points to the open stroke of the same author.
    #[serde(rename = "x")]
    Extend {
        /// The stroke.
        id: ElementId,
        /// How many points it must have already; otherwise nothing happens, so
        /// a repeat is harmless.
        from: u32,
        /// The points to add; may be empty when only `end` matters.
        ink: Ink,
        /// The pen was lifted: no more points follow.
        end: bool,
    },
    /// Gives a property a value; the last in log order wins.
    #[serde(rename = "s")]
    Set {
        /// The element.
        id: ElementId,
        /// The property and its value.
        prop: Prop,
    },
    /// Takes elements off the board and leaves tombstones.
    #[serde(rename = "d")]
    Delete {
        /// The elements; those that are not on the board are passed over.
        ids: Vec<ElementId>,
    },
    /// Puts a deleted element back, as it is given here, under its first author.
    #[serde(rename = "r")]
    Restore(Box<NewElement>),
    /// Changes what is written on an element.
    #[serde(rename = "t")]
    Text {
        /// The element.
        id: ElementId,
        /// How its text changes.
        edit: TextEdit,
    },
    /// Rubs stretches out of a stroke.
    #[serde(rename = "c")]
    Cut {
        /// The stroke.
        id: ElementId,
        /// The stretches; those that the same author cut already are passed over.
        spans: Vec<CutSpan>,
    },
    /// Takes back cuts of the same author.
    #[serde(rename = "u")]
    Uncut {
        /// The stroke.
        id: ElementId,
        /// The stretches exactly as they were cut.
        spans: Vec<CutSpan>,
    },
}

/// Whether a commit may touch what others have worked on.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Guard {
    /// It may: ordinary work.
    #[default]
    #[serde(rename = "a")]
    Any,
    /// It takes effect only where the current value is still its author's own.
    /// Undo and redo use this, so that nobody's later work is taken away. It is
    /// decided in log order, not when the button is pressed.
    #[serde(rename = "m")]
    MineOnly,
}

/// A numbered batch of ops of one replica.
#[derive(Clone, Debug, PartialEq, Serialize_tuple, Deserialize_tuple)]
pub struct Commit {
    /// Its number among its author's commits, contiguous from 1.
    pub cno: CommitNo,
    /// Whether it may touch what others have worked on.
    pub guard: Guard,
    /// What happens, in order. Empty when the commit was refused: the number is
    /// used up, so that its author's later commits still follow.
    pub ops: Vec<Op>,
}

/// A commit together with who made it.
#[derive(Clone, Debug, PartialEq, Serialize_tuple, Deserialize_tuple)]
pub struct AuthoredCommit {
    /// Who made it.
    pub author: ClientId,
    /// What they did.
    pub commit: Commit,
}
