//! What happens to a tool, and the ink that it shows.

use shared::geometry::InkPoint;
use shared::id::ElementId;
use shared::protocol::live::StrokeStyle;

use crate::input::gesture::{Abort, Contact};
use crate::input::{Modifiers, Sample};

/// One's own ink that is being drawn.
#[derive(Clone, Copy, Debug)]
pub struct OwnInk<'a> {
    /// Its id. An element of this id may be on the board already, as far as it was
    /// made durable; leave that out while this is painted.
    pub id: ElementId,
    /// How it looks.
    pub style: &'a StrokeStyle,
    /// Its points so far; they only grow while the id stays.
    pub points: &'a [InkPoint],
    /// Where it is expected to go on; other points at each event.
    pub predicted: &'a [InkPoint],
}

/// What happens to a tool.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum ToolEvent {
    Down(Contact),
    Move {
        samples: Vec<Sample>,
        predicted: Vec<Sample>,
        modifiers: Modifiers,
    },
    /// Modifier keys changed while the pointer rests.
    Modifiers(Modifiers),
    Up(Sample),
    Abort(Abort),
    /// Another frame is due.
    Frame,
}

impl ToolEvent {
    /// The contact of a press: all that a tool which is lifted takes note of.
    pub(crate) fn press(self) -> Option<Contact> {
        match self {
            Self::Down(contact) => Some(contact),
            Self::Move { .. } | Self::Modifiers(_) | Self::Up(_) | Self::Abort(_) | Self::Frame => {
                None
            }
        }
    }
}
