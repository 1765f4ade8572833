//! The live lane: cursors and unfinished strokes. Never stored, may be lost.

use serde::{Deserialize, Serialize};

use crate::geometry::Ink;
use crate::id::ElementId;
use crate::limits::{MAX_LIVE_POINTS, MAX_NAME_CHARS};
use crate::model::{Brush, Color, OrderKey};

/// How a person appears to others.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Profile {
    /// Name; empty until they chose one.
    pub name: String,
    /// Colour of their cursor.
    pub color: Color,
}

impl Profile {
    /// The profile with a name that may be shown: trimmed, without control
    /// characters, not longer than [`MAX_NAME_CHARS`].
    #[must_use]
    pub fn tidied(&self) -> Self {
        let name: String = self.name.chars().filter(|c| !c.is_control()).collect();
        let name = name.trim().chars().take(MAX_NAME_CHARS).collect();
        Self {
            name,
            color: self.color,
        }
    }
}

/// How live ink looks, sent once when a stroke begins.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct StrokeStyle {
    /// What it is drawn with.
    pub brush: Brush,
    /// Its colour.
    pub color: Color,
    /// Its width in board units.
    pub width: f32,
    /// Its opacity in 255ths.
    pub opacity: u8,
    /// Where it will lie in the stack.
    pub z: OrderKey,
}

/// One live item of one person.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum LiveItem {
    /// Where the person points, in board units; `None` when they left the board
    /// area. The latest wins.
    #[serde(rename = "c")]
    Cursor(Option<[f32; 2]>),
    /// The pen touched down. A person draws one stroke at a time, so the pieces
    /// that follow need not name it.
    #[serde(rename = "b")]
    Begin {
        /// The stroke's id; the durable op will have the same.
        id: ElementId,
        /// How it looks.
        style: StrokeStyle,
    },
    /// More points of the stroke begun last. Whoever misses a piece ignores the
    /// rest and gets the stroke whole from the durable op.
    #[serde(rename = "i")]
    Ink {
        /// Points sent before these.
        from: u32,
        /// The new points, as drawn, before simplification.
        ink: Ink,
    },
    /// The stroke begun last ends: with the op (`true`), or it was thrown away.
    #[serde(rename = "e")]
    End {
        /// Whether a durable op carries the stroke.
        kept: bool,
    },
}

impl LiveItem {
    /// Bytes of the ink that it carries.
    pub(crate) fn ink_bytes(&self) -> usize {
        match self {
            Self::Ink { from: _, ink } => ink.as_bytes().len(),
            Self::Cursor(_) | Self::Begin { .. } | Self::End { .. } => 0,
        }
    }

    /// Whether a viewer may send it.
    #[must_use]
    pub const fn allowed_for_viewer(&self) -> bool {
        match self {
            Self::Cursor(_) => true,
            Self::Begin { .. } | Self::Ink { .. } | Self::End { .. } => false,
        }
    }

    /// Whether numbers are finite and within the board, and ink is a piece, not
    /// a whole drawing.
    #[must_use]
    pub fn is_sound(&self) -> bool {
        match self {
            Self::Cursor(None) | Self::End { .. } => true,
            Self::Ink { from: _, ink } => ink.len() <= MAX_LIVE_POINTS,
            Self::Cursor(Some(at)) => at
                .iter()
                .all(|value| f64::from(value.abs()) <= crate::limits::MAX_COORD),
            Self::Begin { id: _, style } => {
                (crate::limits::MIN_WIDTH..=crate::limits::MAX_WIDTH).contains(&style.width)
            }
        }
    }
}
