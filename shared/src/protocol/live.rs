//! Live updates: cursors and unfinished work. They are never stored and may be lost.

use serde::{Deserialize, Serialize};
use serde_tuple::{Deserialize_tuple, Serialize_tuple};

use crate::chat::check_emoji;
use crate::geometry::Ink;
use crate::id::{ClientId, ElementId};
use crate::limits::{
    MAX_COORD, MAX_LASER_POINTS, MAX_LIVE_POINTS, MAX_LIVE_SELECTION, MAX_NAME_CHARS,
    MAX_SAY_CHARS, MAX_WIDTH, MIN_WIDTH,
};
use crate::model::{Body, Brush, Color, NewElement, OrderKey, Transform};
use crate::name::{cleaned_name, is_clean_name};
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

/// What a person needs to be allowed to send a live update.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LiveRight {
    /// Every person on the board may.
    Look,
    /// The right to write in the conversation.
    Chat,
    /// The right to change the elements of the board.
    Draw,
    /// The right to offer the own view to all.
    Gather,
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
    /// What the person types beside the cursor, at most [`MAX_SAY_CHARS`]; empty when it is over.
    /// Only the latest counts.
    #[serde(rename = "y")]
    Say(String),
    /// An emoji that floats up from a point in board units.
    #[serde(rename = "r")]
    React {
        /// The emoji.
        emoji: String,
        /// Where it begins.
        at: [f32; 2],
    },
    /// Whether the person is writing a message of the chat. Only the latest counts.
    #[serde(rename = "w")]
    Writing(bool),
    /// Since when the person raises a hand, in milliseconds since 1970; `None` if it is down. Only the
    /// latest counts.
    #[serde(rename = "h")]
    Hand(Option<u64>),
    /// The client whose view this person follows; `None` if none. Only the latest counts.
    #[serde(rename = "o")]
    Follow(Option<ClientId>),
    /// The area that the person shows, in board units: left, top, right, bottom. It is sent while
    /// others follow. Only the latest counts.
    #[serde(rename = "v")]
    View([f32; 4]),
    /// The person asks all others to look at an area.
    #[serde(rename = "g")]
    Gather {
        /// The area, in board units: left, top, right, bottom.
        view: [f32; 4],
        /// Whether they are taken there without being asked. Only an owner may do that.
        take: bool,
    },
}

impl LiveUpdate {
    /// The approximate size in bytes.
    #[must_use]
    pub fn bytes(&self) -> usize {
        match self {
            Self::Ink { from: _, ink } => ink.as_bytes().len(),
            Self::Select(ids) => ids.len() * size_of::<ElementId>(),
            Self::Laser(points) => points.len() * size_of::<[f32; 2]>(),
            Self::Draft(Some(new)) => 256 + new.props.points().len() * size_of::<[f32; 2]>(),
            Self::Cursor(_)
            | Self::Begin { .. }
            | Self::End { .. }
            | Self::Transform(_)
            | Self::Draft(None)
            | Self::Writing(_)
            | Self::Hand(_)
            | Self::Follow(_)
            | Self::View(_)
            | Self::Gather { .. } => 0,
            Self::Say(text) => text.len(),
            Self::React { emoji, .. } => emoji.len(),
        }
    }

    /// Whether an update replaces an older one of its kind.
    #[must_use]
    pub const fn replaces_older(&self) -> bool {
        match self {
            Self::Cursor(_)
            | Self::Select(_)
            | Self::Transform(_)
            | Self::Draft(_)
            | Self::Say(_)
            | Self::Writing(_)
            | Self::Hand(_)
            | Self::Follow(_)
            | Self::View(_)
            | Self::Gather { .. } => true,
            Self::Begin { .. }
            | Self::Ink { .. }
            | Self::End { .. }
            | Self::Laser(_)
            | Self::React { .. } => false,
        }
    }

    /// What a person needs to be allowed to send it.
    #[must_use]
    pub const fn needs(&self) -> LiveRight {
        match self {
            Self::Cursor(_)
            | Self::Hand(_)
            | Self::Follow(_)
            | Self::View(_)
            | Self::React { .. } => LiveRight::Look,
            Self::Say(_) | Self::Writing(_) => LiveRight::Chat,
            Self::Gather { .. } => LiveRight::Gather,
            Self::Begin { .. }
            | Self::Ink { .. }
            | Self::End { .. }
            | Self::Select(_)
            | Self::Transform(_)
            | Self::Draft(_)
            | Self::Laser(_) => LiveRight::Draw,
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
            Self::Say(text) => text.chars().count() <= MAX_SAY_CHARS && is_clean_name(text),
            Self::React { emoji, at } => check_emoji(emoji).is_ok() && is_on_board(at),
            Self::Writing(_) | Self::Hand(_) | Self::Follow(_) => true,
            Self::View(area) | Self::Gather { view: area, .. } => is_area(area),
        }
    }
}

/// Whether it is an area with its edges in order. It may reach beyond the board.
fn is_area([left, top, right, bottom]: &[f32; 4]) -> bool {
    let is_finite = [left, top, right, bottom].iter().all(|it| it.is_finite());
    is_finite && left < right && top < bottom
}

fn is_on_board(at: &[f32; 2]) -> bool {
    at.iter().all(|value| f64::from(value.abs()) <= MAX_COORD)
}
