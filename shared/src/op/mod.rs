//! Operations: the changes that a board can undergo.
//!
//! Ops travel in commits. A commit is one gesture of one client. It has a number, is applied as a
//! whole, and is applied exactly once, in the order of the log. `sync` decides that order.

pub mod apply;
pub mod authorship;
mod batch;
mod cost;
mod earlier;
mod guard;
mod invalid;
pub mod invert;
mod proposal;
mod protection;
pub mod removal;
mod rollback;
pub mod validate;

use serde::{Deserialize, Serialize};
use serde_tuple::{Deserialize_tuple, Serialize_tuple};

use crate::chat::ChatOp;
use crate::geometry::Ink;
use crate::id::{ClientId, CommitNo, ElementId};
use crate::model::{ErasedRange, NewElement, Prop, TextEdit};

pub use apply::apply_commit;
pub use batch::{Batch, pack};
pub use cost::{Growth, cost};
pub use guard::Guard;
pub use invalid::Invalid;
pub use invert::{invert, invert_guarded};
pub use rollback::Rollback;

/// A change of a board.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Op {
    /// Puts a new element on the board. Does nothing if the id was used before.
    #[serde(rename = "p")]
    Put(Box<NewElement>),
    /// Adds points to the open stroke of the same author.
    #[serde(rename = "x")]
    Extend {
        /// The stroke.
        id: ElementId,
        /// The number of points that the stroke must have. Otherwise the op does nothing, so a
        /// repeat is harmless.
        from: u32,
        /// The points to add. There may be none, if only `end` matters.
        ink: Ink,
        /// Whether the author lifted the pen, so that no more points follow.
        end: bool,
    },
    /// Sets a property. The last set in the order of the log wins.
    #[serde(rename = "s")]
    Set {
        /// The element.
        id: ElementId,
        /// The property and its value.
        prop: Prop,
    },
    /// Deletes elements and leaves tombstones.
    #[serde(rename = "d")]
    Delete {
        /// The elements. Ids that are not on the board are skipped.
        ids: Vec<ElementId>,
    },
    /// Restores a deleted element as given here, under its first author.
    #[serde(rename = "r")]
    Restore(Box<NewElement>),
    /// Edits the text of an element.
    #[serde(rename = "t")]
    Text {
        /// The element.
        id: ElementId,
        /// The edit.
        edit: TextEdit,
    },
    /// Erases ranges of a stroke.
    #[serde(rename = "c")]
    Erase {
        /// The stroke.
        id: ElementId,
        /// The ranges. Those that the same author erased before are skipped.
        spans: Vec<ErasedRange>,
    },
    /// Undoes the erasing of ranges by the same author.
    #[serde(rename = "u")]
    Unerase {
        /// The stroke.
        id: ElementId,
        /// The ranges, exactly as they were erased.
        spans: Vec<ErasedRange>,
    },
    /// Changes the conversation of the board. A commit has either only such ops or none.
    #[serde(rename = "h")]
    Chat(Box<ChatOp>),
}

impl Op {
    /// The elements that it deletes.
    #[must_use]
    pub fn deleted_ids(&self) -> &[ElementId] {
        match self {
            Self::Delete { ids } => ids,
            Self::Put(_)
            | Self::Extend { .. }
            | Self::Set { .. }
            | Self::Restore(_)
            | Self::Text { .. }
            | Self::Erase { .. }
            | Self::Unerase { .. }
            | Self::Chat(_) => &[],
        }
    }

    /// The element that it puts on the board, or back on it.
    #[must_use]
    pub fn put_id(&self) -> Option<ElementId> {
        match self {
            Self::Put(new) | Self::Restore(new) => Some(new.id),
            Self::Extend { .. }
            | Self::Set { .. }
            | Self::Delete { .. }
            | Self::Text { .. }
            | Self::Erase { .. }
            | Self::Unerase { .. }
            | Self::Chat(_) => None,
        }
    }
}

/// A numbered batch of ops of one client.
#[derive(Clone, Debug, PartialEq, Serialize_tuple, Deserialize_tuple)]
pub struct Commit {
    /// Its number among its author's commits, counted from 1 without gaps.
    pub cno: CommitNo,
    /// Whether it may overwrite the work of others.
    pub guard: Guard,
    /// The ops, in order. Empty if the commit was refused: its number stays used, so that the
    /// author's later commits still follow without a gap.
    pub ops: Vec<Op>,
}

impl Commit {
    /// The number of elements that it puts or restores.
    #[must_use]
    pub fn puts(&self) -> usize {
        let is_put = |op: &&Op| matches!(op, Op::Put(_) | Op::Restore(_));
        self.ops.iter().filter(is_put).count()
    }

    /// Its changes of the conversation.
    pub fn chat_ops(&self) -> impl Iterator<Item = &ChatOp> {
        self.ops.iter().filter_map(|op| match op {
            Op::Chat(op) => Some(op.as_ref()),
            Op::Put(_)
            | Op::Extend { .. }
            | Op::Set { .. }
            | Op::Delete { .. }
            | Op::Restore(_)
            | Op::Text { .. }
            | Op::Erase { .. }
            | Op::Unerase { .. } => None,
        })
    }

    /// Whether it changes the conversation, and so nothing else.
    #[must_use]
    pub fn is_chat(&self) -> bool {
        self.chat_ops().next().is_some()
    }
}

/// A commit with its author.
#[derive(Clone, Debug, PartialEq, Serialize_tuple, Deserialize_tuple)]
pub struct AuthoredCommit {
    /// The client that made the commit.
    pub author: ClientId,
    /// The commit.
    pub commit: Commit,
}
