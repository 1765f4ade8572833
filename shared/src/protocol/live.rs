//! Live updates: cursors and unfinished work. They are never stored and may be lost.

use serde::{Deserialize, Serialize};
use serde_tuple::{Deserialize_tuple, Serialize_tuple};

use crate::geometry::Ink;
use crate::id::ElementId;
use crate::limits::{
    MAX_COORD, MAX_LASER_POINTS, MAX_LIVE_POINTS, MAX_LIVE_SELECTION, MAX_NAME_CHARS, MAX_WIDTH,
    MIN_WIDTH,
};
use crate::model::{Body, Brush, Color, NewElement, OrderKey, Transform};
use crate::name::cleaned_name;
use crate::op::Op;

/// The name and colour under which others see a person.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Profile {
    /// The name; empty until the person chose one.
    pub name: String,
    /// The colour of the cursor.
    pub color: Color,
}

impl Profile {
    /// The profile with its name cleaned by [`cleaned_name`], trimmed, and cut to
    /// [`MAX_NAME_CHARS`].
    #[must_use]
    pub fn tidied(&self) -> Self {
        let name = cleaned_name(&self.name);
        let name = name.trim().chars().take(MAX_NAME_CHARS).collect();
        Self {
            name,
            color: self.color,
        }
    }
}

/// The style of a stroke in progress, sent once when it begins.
#[derive(Clone, Debug, PartialEq, Serialize_tuple, Deserialize_tuple)]
pub struct StrokeStyle {
    /// The brush.
    pub brush: Brush,
    /// Its colour.
    pub color: Color,
    /// Its width in board units.
    pub width: f32,
    /// Its opacity in 255ths.
    pub opacity: u8,
    /// Its position in the stacking order.
    pub z: OrderKey,
}

/// A live update about one person.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum LiveUpdate {
    /// The position of the person's pointer in board units; `None` if it left the board. Only the
    /// latest counts.
    #[serde(rename = "c")]
    Cursor(Option<[f32; 2]>),
    /// A stroke begins. A person draws one stroke at a time, so the points that follow need not
    /// name it.
    #[serde(rename = "b")]
    Begin {
        /// The id of the stroke; the op that makes it durable has the same id.
        id: ElementId,
        /// How it looks.
        style: StrokeStyle,
    },
    /// More points of the current stroke. A client that missed some points ignores the rest; the
    /// durable op brings the whole stroke.
    #[serde(rename = "i")]
    Ink {
        /// The number of points sent before.
        from: u32,
        /// The new points as drawn, before simplification.
        ink: Ink,
    },
    /// The current stroke ends.
    #[serde(rename = "e")]
    End {
        /// Whether a durable op follows. If not, the stroke is discarded.
        kept: bool,
    },
    /// The elements that the person has selected, at most [`MAX_LIVE_SELECTION`]. Only the latest
    /// counts.
    #[serde(rename = "s")]
    Select(Vec<ElementId>),
    /// The transform that the person applies to the selection during a gesture; `None` if the
    /// gesture ended. Only the latest counts.
    #[serde(rename = "d")]
    Transform(Option<Transform>),
    /// The element that the person is making or changing, without its text; `None` if the gesture
    /// ended. Only the latest counts.
    #[serde(rename = "f")]
    Draft(Option<Box<NewElement>>),
    /// More points of a fading laser trail, in board units. An empty list begins a new trail.
    #[serde(rename = "z")]
    Laser(Vec<[f32; 2]>),
}

impl LiveUpdate {
    /// The approximate size in bytes.
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

    /// Whether an update replaces an older one of its kind.
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

    /// Whether all numbers are finite and within the board, and lists are within the limits for
    /// live updates.
    #[must_use]
    pub fn is_valid(&self) -> bool {
        match self {
            Self::Cursor(None) | Self::End { .. } | Self::Transform(None) | Self::Draft(None) => {
                true
            }
            Self::Ink { from: _, ink } => ink.len() <= MAX_LIVE_POINTS,
            Self::Cursor(Some(at)) => is_on_board(at),
            Self::Begin { id: _, style } => (MIN_WIDTH..=MAX_WIDTH).contains(&style.width),
            Self::Select(ids) => ids.len() <= MAX_LIVE_SELECTION,
            Self::Transform(Some(transform)) => transform.is_valid(),
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
