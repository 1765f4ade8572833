//! The hand tool drags the view.

use shared::geometry::ScreenPoint;

use super::context::{Request, ToolOutput};
use super::event::ToolEvent;
use crate::input::Sample;
use crate::view::screen::ScreenVec;

/// The state of the hand tool.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum HandTool {
    Idle,
    Grabbing { last: ScreenPoint },
}

impl HandTool {
    #[must_use]
    pub(crate) fn step(self, event: ToolEvent, out: &mut ToolOutput<'_, '_>) -> Self {
        match self {
            Self::Idle => match event.press() {
                Some(down) => Self::Grabbing {
                    last: down.first.at,
                },
                None => Self::Idle,
            },
            Self::Grabbing { last } => match event {
                ToolEvent::Move { samples, .. } => Self::Grabbing {
                    last: drag(last, &samples, out),
                },
                ToolEvent::Up(sample) => {
                    drag(last, &[sample], out);
                    Self::Idle
                }
                ToolEvent::Abort(_) => Self::Idle,
                ToolEvent::Down(_) | ToolEvent::AnimationFrame | ToolEvent::Modifiers(_) => self,
            },
        }
    }
}

fn drag(from: ScreenPoint, samples: &[Sample], out: &mut ToolOutput<'_, '_>) -> ScreenPoint {
    let to = samples.last().map_or(from, |sample| sample.at);
    if to != from {
        out.request(Request::Pan(ScreenVec::between(from, to)));
    }
    to
}
