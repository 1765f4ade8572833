//! The pen and the highlighter: the same hand movement with another brush.
//!
//! Only the transitions stand here; the work is the stroke's, or that of the figure
//! which a held pen turns it into. It must not know how ink is stored or sent.

use super::context::{ToolCtx, ToolOutput};
use super::event::ToolEvent;
use super::hold::{Held, Rest};
use super::stroke::Drawing;
use crate::input::gesture::Abort;
use crate::view::overlay::Overlay;

/// The pen, lifted or on the board.
#[derive(Debug)]
pub(crate) enum PenTool {
    Idle,
    Drawing {
        stroke: Box<Drawing>,
        rest: Rest,
    },
    /// It was held still, and what it drew became a figure.
    Holding(Box<Held>),
}

impl PenTool {
    #[must_use]
    pub(crate) fn step(
        self,
        event: ToolEvent,
        ctx: &ToolCtx<'_>,
        out: &mut ToolOutput<'_, '_>,
    ) -> Self {
        match self {
            Self::Idle => match event.press() {
                Some(contact) => {
                    out.redraw();
                    let rest = Rest::new(contact.first.at, ctx.now);
                    let stroke = Box::new(Drawing::begin(contact, ctx, out.fresh_id()));
                    Self::Drawing { stroke, rest }
                }
                None => Self::Idle,
            },
            Self::Drawing { stroke, rest } => drawing(stroke, rest, event, ctx, out),
            Self::Holding(held) => holding(held, event, ctx, out),
        }
    }

    pub(crate) const fn is_busy(&self) -> bool {
        match self {
            Self::Idle => false,
            Self::Drawing { .. } | Self::Holding(_) => true,
        }
    }

    pub(crate) fn show(&self, ctx: &ToolCtx<'_>, overlay: &mut Overlay) {
        match self {
            Self::Idle | Self::Drawing { .. } => {}
            Self::Holding(held) => held.show(ctx, overlay),
        }
    }
}

/// The pen draws until it is lifted, or held still.
fn drawing(
    mut stroke: Box<Drawing>,
    mut rest: Rest,
    event: ToolEvent,
    ctx: &ToolCtx<'_>,
    out: &mut ToolOutput<'_, '_>,
) -> PenTool {
    match event {
        ToolEvent::Move {
            samples,
            predicted,
            modifiers: _,
        } => {
            stroke.go_on(&samples, &predicted, ctx, out);
            rest.moved(&samples, ctx.now);
            out.redraw();
        }
        ToolEvent::Frame => return frame(stroke, rest, ctx, out),
        ToolEvent::Up(sample) => {
            stroke.finish(sample, ctx, out);
            out.redraw();
            return PenTool::Idle;
        }
        ToolEvent::Abort(Abort::Interrupted | Abort::Retracted) => {
            stroke.give_up(out);
            out.redraw();
            return PenTool::Idle;
        }
        ToolEvent::Down(_) | ToolEvent::Modifiers(_) => {}
    }
    PenTool::Drawing { stroke, rest }
}

/// A figure follows the pen until it is lifted.
fn holding(
    mut held: Box<Held>,
    event: ToolEvent,
    ctx: &ToolCtx<'_>,
    out: &mut ToolOutput<'_, '_>,
) -> PenTool {
    match event {
        ToolEvent::Move { samples, .. } => {
            if let Some(last) = samples.last() {
                held.follow(last, ctx);
                out.redraw();
            }
            PenTool::Holding(held)
        }
        ToolEvent::Frame => {
            held.tell(ctx, out);
            PenTool::Holding(held)
        }
        ToolEvent::Up(sample) => {
            held.finish(&sample, ctx, out);
            out.redraw();
            PenTool::Idle
        }
        ToolEvent::Abort(_) => {
            held.give_up(ctx, out);
            out.redraw();
            PenTool::Idle
        }
        ToolEvent::Down(_) | ToolEvent::Modifiers(_) => PenTool::Holding(held),
    }
}

/// Shows others what is new, and looks whether the pen is held still.
fn frame(
    mut stroke: Box<Drawing>,
    mut rest: Rest,
    ctx: &ToolCtx<'_>,
    out: &mut ToolOutput<'_, '_>,
) -> PenTool {
    if let Some(figure) = rest.figure(&stroke, ctx) {
        out.redraw();
        let held = Held::instead_of(*stroke, figure, rest, ctx, out);
        return PenTool::Holding(Box::new(held));
    }
    stroke.frame(ctx.now, out);
    PenTool::Drawing { stroke, rest }
}
