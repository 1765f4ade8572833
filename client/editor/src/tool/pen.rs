//! The pen and the highlighter: the same hand movement with another brush.
//!
//! Only the transitions stand here; the work is the stroke's. It must not know
//! how ink is stored or sent.

use super::stroke::Drawing;
use super::{Emit, Emits, ToolCtx, ToolEvent};
use crate::gesture::Abort;

/// The pen, lifted or on the board.
#[derive(Debug)]
pub(crate) enum PenTool {
    Idle,
    Drawing(Box<Drawing>),
}

impl PenTool {
    #[must_use]
    pub(crate) fn step(self, event: ToolEvent, ctx: &ToolCtx<'_>, out: &mut Emits<'_>) -> Self {
        match (self, event) {
            (Self::Idle, ToolEvent::Down(contact)) => {
                out.push(Emit::Redraw);
                Self::Drawing(Box::new(Drawing::begin(contact, ctx, out.fresh_id())))
            }
            (Self::Drawing(mut stroke), ToolEvent::Move { samples, predicted }) => {
                stroke.go_on(&samples, &predicted, ctx, out);
                out.push(Emit::Redraw);
                Self::Drawing(stroke)
            }
            (Self::Drawing(mut stroke), ToolEvent::Frame) => {
                stroke.frame(ctx.now, out);
                Self::Drawing(stroke)
            }
            (Self::Drawing(stroke), ToolEvent::Up(sample)) => {
                stroke.finish(sample, ctx, out);
                out.push(Emit::Redraw);
                Self::Idle
            }
            (Self::Drawing(stroke), ToolEvent::Abort(Abort::Interrupted | Abort::Retracted)) => {
                stroke.give_up(out);
                out.push(Emit::Redraw);
                Self::Idle
            }
            (state @ Self::Drawing(_), ToolEvent::Down(_))
            | (
                state @ Self::Idle,
                ToolEvent::Move { .. } | ToolEvent::Up(_) | ToolEvent::Abort(_) | ToolEvent::Frame,
            ) => state,
        }
    }
}
