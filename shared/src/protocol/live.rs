//! The live lane: cursors and unfinished strokes. Never stored, may be lost.

use serde::{Deserialize, Serialize};
use serde_tuple::{Deserialize_tuple, Serialize_tuple};

use crate::geometry::Ink;
use crate::id::ElementId;
use crate::limits::{
    MAX_COORD, MAX_LASER_POINTS, MAX_LIVE_POINTS, MAX_LIVE_SELECTION, MAX_NAME_CHARS, MAX_WIDTH,
    MIN_WIDTH,
};
use crate::model::{Body, Brush, Color, NewElement, OrderKey, Transform};
use crate::op::Op;

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
#[derive(Clone, Debug, PartialEq, Serialize_tuple, Deserialize_tuple)]
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
    /// What the person has selected, at most [`MAX_LIVE_SELECTION`] of it. The
    /// latest wins.
    #[serde(rename = "s")]
    Select(Vec<ElementId>),
    /// What the person is doing to what they have selected; `None` when they
    /// stopped. The latest wins.
    #[serde(rename = "d")]
    Transform(Option<Transform>),
    /// An element that the person is making, or one that is there as they are
    /// changing it, without its text; `None` when they stopped. The latest wins.
    #[serde(rename = "f")]
    Draft(Option<Box<NewElement>>),
    /// More of a trail that fades, in board units. An empty piece begins a new trail.
    #[serde(rename = "z")]
    Laser(Vec<[f32; 2]>),
}

impl LiveItem {
    /// Bytes of what it carries, about.
    pub(crate) fn bytes(&self) -> usize {
        match self {
            Self::Ink { from: _, ink } => ink.as_bytes().len(),
            Self::Select(ids) => ids.len() * size_of::<ElementId>(),
            Self::Laser(points) => points.len() * size_of::<[f32; 2]>(),
            Self::Draft(Some(new)) => 256 + new.props.points().len() * size_of::<[f32; 2]>(),
            Self::Cursor(_)
            | Self::Begin { .. }
            | Self::End { .. }
            | Self::Transform(_)
            | Self::Draft(None) => 0,
        }
    }

    /// Whether only the latest of its kind counts.
    #[must_use]
    pub const fn replaces_older(&self) -> bool {
        match self {
            Self::Cursor(_) | Self::Select(_) | Self::Transform(_) | Self::Draft(_) => true,
            Self::Begin { .. } | Self::Ink { .. } | Self::End { .. } | Self::Laser(_) => false,
        }
    }

    /// Whether a viewer may send it.
    #[must_use]
    pub const fn allowed_for_viewer(&self) -> bool {
        match self {
            Self::Cursor(_) => true,
            Self::Begin { .. }
            | Self::Ink { .. }
            | Self::End { .. }
            | Self::Select(_)
            | Self::Transform(_)
            | Self::Draft(_)
            | Self::Laser(_) => false,
        }
    }

    /// Whether numbers are finite and within the board, and ink is a piece, not
    /// a whole drawing.
    #[must_use]
    pub fn is_sound(&self) -> bool {
        match self {
            Self::Cursor(None) | Self::End { .. } | Self::Transform(None) | Self::Draft(None) => {
                true
            }
            Self::Ink { from: _, ink } => ink.len() <= MAX_LIVE_POINTS,
            Self::Cursor(Some(at)) => is_on_board(at),
            Self::Begin { id: _, style } => (MIN_WIDTH..=MAX_WIDTH).contains(&style.width),
            Self::Select(ids) => ids.len() <= MAX_LIVE_SELECTION,
            Self::Transform(Some(transform)) => transform.is_sound(),
            Self::Draft(Some(new)) => {
                !matches!(new.body, Body::Stroke(_))
                    && new.text.is_untouched()
                    && Op::Put(new.clone()).validate().is_ok()
            }
            Self::Laser(points) => {
                points.len() <= MAX_LASER_POINTS && points.iter().all(is_on_board)
            }
        }
    }
}

fn is_on_board(at: &[f32; 2]) -> bool {
    at.iter().all(|value| f64::from(value.abs()) <= MAX_COORD)
}
