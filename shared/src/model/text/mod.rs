//! Text that several people can type into at the same time.
//!
//! Every character has an id: the client that typed it, and its number among the characters that
//! this client typed into this text. An insert names the character that it follows, not a position,
//! so its meaning does not depend on concurrent edits. Deleted characters stay as tombstones,
//! because others may still insert behind them and because undo may restore them. The log orders
//! all edits, so two inserts behind the same character need no tie-break: the later one stands
//! directly behind that character. The technique is RGA (Roh et al., "Replicated abstract data
//! types", 2011), with the order of the log in place of its clocks.

mod difference;
mod edit;
mod labels;
mod piece;
mod pieces;
mod position;
mod replacement;
mod rich;
mod spans;
mod stored;
mod tree;
mod typists;

use serde::{Deserialize, Serialize};
use serde_tuple::{Deserialize_tuple, Serialize_tuple};

use crate::id::ClientId;

pub use replacement::{Replacement, replacement};
pub use rich::{RichText, StyledRun, TextChar};

/// The id of a character in a text.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize_tuple, Deserialize_tuple,
)]
pub struct CharId {
    /// The client that typed it.
    pub by: ClientId,
    /// The number of characters that this client typed into this text before it.
    pub no: u32,
}

/// Consecutive characters of one client.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize_tuple, Deserialize_tuple,
)]
pub struct CharSpan {
    /// The client that typed them.
    pub by: ClientId,
    /// The number of the first character.
    pub from: u32,
    /// The number of characters.
    pub len: u32,
}

/// The style of characters: a set of flags. On the wire it is a number.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(transparent)]
pub struct Marks(u8);

impl Marks {
    /// No flag.
    pub const NONE: Self = Self(0);
    /// Bold.
    pub const BOLD: Self = Self(1);
    /// Italic.
    pub const ITALIC: Self = Self(2);
    /// All flags, one by one.
    pub const EACH: [Self; 2] = [Self::BOLD, Self::ITALIC];

    /// Whether all flags of `other` are set.
    #[must_use]
    pub const fn has(self, other: Self) -> bool {
        self.0 & other.0 == other.0
    }

    /// Sets or clears all flags of `other`.
    #[must_use]
    pub const fn set(self, other: Self, on: bool) -> Self {
        Self(if on {
            self.0 | other.0
        } else {
            self.0 & !other.0
        })
    }

    /// Clears the flags that this version does not have.
    #[must_use]
    pub const fn known(self) -> Self {
        Self(self.0 & (Self::BOLD.0 | Self::ITALIC.0))
    }
}

/// A change of a text. It skips characters that the text does not have.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum TextEdit {
    /// Inserts characters.
    #[serde(rename = "i")]
    Insert {
        /// The character that they follow, deleted or not. `None` inserts at the beginning.
        after: Option<CharId>,
        /// The number of the first character. If the author has used it in this text before, the
        /// edit does nothing, so a repeated insert is harmless.
        from: u32,
        /// The characters; `\n` ends a paragraph.
        text: String,
        /// The style of the characters.
        #[serde(default)]
        marks: Marks,
    },
    /// Deletes characters. A character that is already deleted keeps its first deleter.
    #[serde(rename = "d")]
    Delete(Vec<CharSpan>),
    /// Restores deleted characters at their old places, if the author of this edit deleted them.
    #[serde(rename = "r")]
    Restore(Vec<CharSpan>),
    /// Changes the style of characters.
    #[serde(rename = "m")]
    Mark {
        /// The characters.
        spans: Vec<CharSpan>,
        /// The flags to change.
        marks: Marks,
        /// Whether the flags are set or cleared.
        on: bool,
    },
}
