//! The events of a tool, and the ink that it is drawing.

use shared::geometry::InkPoint;
use shared::id::ElementId;
use shared::protocol::live::StrokeStyle;

use crate::input::gesture::{Abort, PointerDown};
use crate::input::{Modifiers, Sample};

/// Ink that is being drawn here.
#[derive(Clone, Copy, Debug)]
pub struct OwnInk<'a> {
    /// The id of its element. If a part of the stroke is durable already, an element of this id is
    /// on the board; leave that out while this is painted.
    pub id: ElementId,
    /// Its style.
    pub style: &'a StrokeStyle,
    /// Its points so far. While the id stays, points are only added.
    pub points: &'a [InkPoint],
    /// The predicted continuation; it is replaced at each event.
    pub predicted: &'a [InkPoint],
}

/// An event of a tool.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum ToolEvent {
    Down(PointerDown),
    Move {
        samples: Vec<Sample>,
        predicted: Vec<Sample>,
        modifiers: Modifiers,
    },
    /// Modifier keys changed while the pointer rests.
    Modifiers(Modifiers),
    Up(Sample),
    Abort(Abort),
    /// The browser draws another animation frame.
    AnimationFrame,
}

impl ToolEvent {
    /// The press; `None` for all other events, which an idle tool ignores.
    pub(crate) fn press(self) -> Option<PointerDown> {
        match self {
            Self::Down(down) => Some(down),
            Self::Move { .. }
            | Self::Modifiers(_)
            | Self::Up(_)
            | Self::Abort(_)
            | Self::AnimationFrame => None,
        }
    }
}
