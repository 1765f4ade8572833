//! The hand: drags the view.
//!
//! Knows screen points only. It must not know the board.

use shared::geometry::ScreenPoint;

use super::{Emit, Emits, ToolEvent};
use crate::input::Sample;
use crate::screen::ScreenVec;

/// The hand, open or closed.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum HandTool {
    Idle,
    Grabbing { last: ScreenPoint },
}

impl HandTool {
    #[must_use]
    pub(crate) fn step(self, event: ToolEvent, out: &mut Emits<'_>) -> Self {
        match (self, event) {
            (Self::Idle, ToolEvent::Down(contact)) => Self::Grabbing {
                last: contact.first.at,
            },
            (
                Self::Grabbing { last },
                ToolEvent::Move {
                    samples,
                    predicted: _,
                    modifiers: _,
                },
            ) => Self::Grabbing {
                last: drag(last, &samples, out),
            },
            (Self::Grabbing { last }, ToolEvent::Up(sample)) => {
                drag(last, &[sample], out);
                Self::Idle
            }
            (Self::Grabbing { .. }, ToolEvent::Abort(_)) => Self::Idle,
            (
                state @ Self::Grabbing { .. },
                ToolEvent::Down(_) | ToolEvent::Frame | ToolEvent::Modifiers(_),
            )
            | (
                state @ Self::Idle,
                ToolEvent::Move { .. }
                | ToolEvent::Up(_)
                | ToolEvent::Abort(_)
                | ToolEvent::Frame
                | ToolEvent::Modifiers(_),
            ) => state,
        }
    }
}

fn drag(from: ScreenPoint, samples: &[Sample], out: &mut Emits<'_>) -> ScreenPoint {
    let to = samples.last().map_or(from, |sample| sample.at);
    if to != from {
        out.push(Emit::Pan(ScreenVec::between(from, to)));
    }
    to
}
