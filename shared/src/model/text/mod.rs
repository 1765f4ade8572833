//! Text that several people type into at once.
//!
//! Every character has an id of its own: who typed it, and the how-manyth
//! character of theirs in this text it is. An insert names the character it
//! follows, not a position, so it means the same wherever others typed meanwhile.
//! Deleted characters stay as tombstones, for whoever still types behind them and
//! for undo. Since the log orders all edits, two inserts behind the same character
//! need no tie-break: the later one stands directly behind it. Technique: RGA
//! (Roh et al., "Replicated abstract data types", 2011) with the order of a log in
//! the place of its clocks.
//!
//! It must not know how text is set or which element it stands on.

mod edit;
mod place;
mod rich;
mod spans;
mod stored;

use serde::{Deserialize, Serialize};
use serde_tuple::{Deserialize_tuple, Serialize_tuple};

use crate::id::ClientId;

pub use rich::{Letter, RichText, Stretch};

/// Which character of a text.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize_tuple, Deserialize_tuple,
)]
pub struct CharId {
    /// Who typed it.
    pub by: ClientId,
    /// How many they had typed into this text before it.
    pub no: u32,
}

/// Characters that one person typed, one after another.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize_tuple, Deserialize_tuple,
)]
pub struct CharSpan {
    /// Who typed them.
    pub by: ClientId,
    /// Number of the first.
    pub from: u32,
    /// How many.
    pub len: u32,
}

/// How characters are set. A set of flags; on the wire a number.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(transparent)]
pub struct Marks(u8);

impl Marks {
    /// Plain.
    pub const NONE: Self = Self(0);
    /// Bold.
    pub const BOLD: Self = Self(1);
    /// Italic.
    pub const ITALIC: Self = Self(2);
    /// All marks, each by itself.
    pub const EACH: [Self; 2] = [Self::BOLD, Self::ITALIC];

    /// Whether all of `other` are in it.
    #[must_use]
    pub const fn has(self, other: Self) -> bool {
        self.0 & other.0 == other.0
    }

    /// With all of `other` in it, or none of them.
    #[must_use]
    pub const fn set(self, other: Self, on: bool) -> Self {
        Self(if on {
            self.0 | other.0
        } else {
            self.0 & !other.0
        })
    }

    /// Without what this version does not know.
    #[must_use]
    pub const fn known(self) -> Self {
        Self(self.0 & (Self::BOLD.0 | Self::ITALIC.0))
    }
}

/// One change of a text. Whatever it names that is not there is passed over.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum TextEdit {
    /// Types characters.
    #[serde(rename = "i")]
    Insert {
        /// The character they follow, deleted or not; `None`: they come first.
        after: Option<CharId>,
        /// Number of the first among those that their author typed into this text;
        /// nothing happens if it was used already, so a repeat is harmless.
        from: u32,
        /// The characters; `\n` ends a paragraph.
        text: String,
        /// How they are set.
        #[serde(default)]
        marks: Marks,
    },
    /// Takes characters away; those that are gone stay with whoever deleted them first.
    #[serde(rename = "d")]
    Delete(Vec<CharSpan>),
    /// Brings characters back to where they were, as far as the same author deleted
    /// them: what others deleted stays deleted.
    #[serde(rename = "r")]
    Restore(Vec<CharSpan>),
    /// Sets characters otherwise.
    #[serde(rename = "m")]
    Mark {
        /// Which.
        spans: Vec<CharSpan>,
        /// What changes.
        marks: Marks,
        /// Whether they get it or lose it.
        on: bool,
    },
}
