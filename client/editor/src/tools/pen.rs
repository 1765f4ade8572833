//! The pen and the highlighter. They differ by their brush.

use super::context::{ToolCtx, ToolOutput};
use super::event::ToolEvent;
use super::hold::{HeldFigure, PenRest};
use super::stroke::Drawing;
use crate::input::gesture::Abort;
use crate::view::overlay::Overlay;

/// The state of the pen or highlighter.
#[derive(Debug)]
pub(crate) enum PenTool {
    Idle,
    Drawing {
        stroke: Box<Drawing>,
        rest: PenRest,
    },
    /// The pen was held still, and its stroke became a figure.
    Holding(Box<HeldFigure>),
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
                Some(down) => {
                    out.redraw();
                    let rest = PenRest::new(down.first.at, ctx.now);
                    let stroke = Box::new(Drawing::begin(down, ctx, out.fresh_id()));
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
    mut rest: PenRest,
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
            stroke.add_samples(&samples, &predicted, ctx, out);
            rest.moved(&samples, ctx.now);
            out.redraw();
        }
        ToolEvent::AnimationFrame => return animation_frame(stroke, rest, ctx, out),
        ToolEvent::Up(sample) => {
            stroke.finish(sample, ctx, out);
            out.redraw();
            return PenTool::Idle;
        }
        ToolEvent::Abort(Abort::Interrupted | Abort::Retracted) => {
            stroke.cancel(out);
            out.redraw();
            return PenTool::Idle;
        }
        ToolEvent::Down(_) | ToolEvent::Modifiers(_) => {}
    }
    PenTool::Drawing { stroke, rest }
}

/// A figure follows the pen until it is lifted.
fn holding(
    mut held: Box<HeldFigure>,
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
        ToolEvent::AnimationFrame => {
            held.send(ctx, out);
            PenTool::Holding(held)
        }
        ToolEvent::Up(sample) => {
            held.finish(&sample, ctx, out);
            out.redraw();
            PenTool::Idle
        }
        ToolEvent::Abort(_) => {
            held.cancel(ctx, out);
            out.redraw();
            PenTool::Idle
        }
        ToolEvent::Down(_) | ToolEvent::Modifiers(_) => PenTool::Holding(held),
    }
}

/// Sends new ink to others, and checks whether the pen is held still.
fn animation_frame(
    mut stroke: Box<Drawing>,
    mut rest: PenRest,
    ctx: &ToolCtx<'_>,
    out: &mut ToolOutput<'_, '_>,
) -> PenTool {
    if let Some(figure) = rest.figure(&stroke, ctx) {
        out.redraw();
        let held = HeldFigure::replacing(*stroke, figure, rest, ctx, out);
        return PenTool::Holding(Box::new(held));
    }
    stroke.animation_frame(ctx.now, out);
    PenTool::Drawing { stroke, rest }
}
