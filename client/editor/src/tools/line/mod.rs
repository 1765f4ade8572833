//! Lines and arrows, drawn with one drag or point by point.
//!
//! A drag draws a line from where it began to where it ends. A click sets the first point, and each
//! further click another one, until the last point is clicked again or the line is cancelled, which
//! keeps the points that are there. The ends attach to the elements that they touch.

mod arrow_binding;
pub(crate) mod edit;
mod line_draft;

use shared::geometry::{BoardPoint, ScreenPoint};
use shared::id::ElementId;
use shared::model::{Anchor, Arrowhead, NewElement};

use super::context::{ToolCtx, ToolOutput};
use super::event::ToolEvent;
use super::shape::Travel;
use crate::input::gesture::PointerDown;
use crate::input::{Modifiers, Sample};
use crate::view::overlay::Overlay;
pub(super) use line_draft::stepped;
use line_draft::{Aim, LineDraft};

/// A press this near to the last point, in CSS pixels, ends the line there.
const SAME_PX: f64 = 8.0;

/// The state of the Line or Arrow tool: idle, pressed, or between two presses of one line.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum LineTool {
    Idle,
    Pressing { line: Box<LineDraft>, press: Press },
    Waiting { line: Box<LineDraft> },
}

/// The press that is going on.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Press {
    at: ScreenPoint,
    travel: Travel,
    goal: Goal,
}

/// The effect of lifting the pointer where it went down.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Goal {
    Begin,
    Add,
    End,
}

/// The anchors of the two ends of a line.
pub(super) fn anchors(ctx: &ToolCtx<'_>, ends: [BoardPoint; 2]) -> [Option<Anchor>; 2] {
    arrow_binding::existing(
        ctx,
        [Arrowhead::None; 2],
        ends.map(|at| arrow_binding::find_anchor_near(ctx, at)),
    )
}

/// A line in the style of `ctx` between two anchors; `None` if it would have no length.
pub(crate) fn between(ctx: &ToolCtx<'_>, id: ElementId, ends: [Anchor; 2]) -> Option<NewElement> {
    line_draft::between(ctx, id, ends)
}

impl LineTool {
    #[must_use]
    pub(crate) fn step(
        self,
        event: ToolEvent,
        ctx: &ToolCtx<'_>,
        out: &mut ToolOutput<'_, '_>,
    ) -> Self {
        match (self, event) {
            (Self::Idle, ToolEvent::Down(down)) => begin(&down, ctx, out),
            (Self::Waiting { line }, ToolEvent::Down(down)) => press(line, &down, ctx, out),
            (
                state,
                ToolEvent::Move {
                    samples,
                    predicted: _,
                    modifiers,
                },
            ) => state.moved(samples.last(), modifiers, ctx, out),
            (state, ToolEvent::Modifiers(modifiers)) => state.moved(None, modifiers, ctx, out),
            (Self::Pressing { mut line, press }, ToolEvent::Up(sample)) => {
                let travel = press.travel.gone(press.at, sample.at);
                line.aim(Aim::At(sample.at), ctx);
                released(line, travel, press.goal, ctx, out)
            }
            (Self::Pressing { line, press }, ToolEvent::Abort(_)) => retract(line, press, out),
            (Self::Waiting { line }, ToolEvent::Abort(_)) => {
                line.finish(ctx, out);
                Self::Idle
            }
            (mut state, ToolEvent::AnimationFrame) => {
                if let Self::Pressing { line, .. } | Self::Waiting { line } = &mut state {
                    line.send(ctx, out);
                }
                state
            }
            (state @ Self::Pressing { .. }, ToolEvent::Down(_))
            | (state @ Self::Waiting { .. }, ToolEvent::Up(_))
            | (state @ Self::Idle, ToolEvent::Up(_) | ToolEvent::Abort(_)) => state,
        }
    }

    pub(crate) const fn is_busy(&self) -> bool {
        match self {
            Self::Idle => false,
            Self::Pressing { .. } | Self::Waiting { .. } => true,
        }
    }

    pub(crate) fn show(&self, ctx: &ToolCtx<'_>, overlay: &mut Overlay) {
        match self {
            Self::Idle => {}
            Self::Pressing { line, .. } | Self::Waiting { line } => {
                overlay.drafts.extend(line.element(ctx));
                overlay.target = line.target();
            }
        }
    }

    fn moved(
        mut self,
        sample: Option<&Sample>,
        modifiers: Modifiers,
        ctx: &ToolCtx<'_>,
        out: &mut ToolOutput<'_, '_>,
    ) -> Self {
        if let (Self::Pressing { press, .. }, Some(sample)) = (&mut self, sample) {
            press.travel = press.travel.gone(press.at, sample.at);
        }
        match &mut self {
            Self::Idle => {}
            Self::Pressing { line, .. } | Self::Waiting { line } => {
                line.hold(modifiers);
                line.aim(sample.map_or(Aim::Same, |sample| Aim::At(sample.at)), ctx);
                out.redraw();
            }
        }
        self
    }
}

fn begin(down: &PointerDown, ctx: &ToolCtx<'_>, out: &mut ToolOutput<'_, '_>) -> LineTool {
    let at = ctx.camera.to_board(down.first.at);
    if !(at.x.is_finite() && at.y.is_finite()) {
        return LineTool::Idle;
    }
    let line = LineDraft::begin(out.fresh_id(), down, ctx);
    out.redraw();
    LineTool::Pressing {
        line: Box::new(line),
        press: Press {
            at: down.first.at,
            travel: Travel::of(down.kind),
            goal: Goal::Begin,
        },
    }
}

fn press(
    mut line: Box<LineDraft>,
    down: &PointerDown,
    ctx: &ToolCtx<'_>,
    out: &mut ToolOutput<'_, '_>,
) -> LineTool {
    let at = down.first.at;
    let again = line
        .last_on_screen(ctx.camera)
        .is_some_and(|last| last.distance(at) <= SAME_PX);
    line.hold(down.modifiers);
    line.aim(Aim::At(at), ctx);
    out.redraw();
    LineTool::Pressing {
        line,
        press: Press {
            at,
            travel: Travel::of(down.kind),
            goal: if again || down.presses > 1 {
                Goal::End
            } else {
                Goal::Add
            },
        },
    }
}

fn released(
    mut line: Box<LineDraft>,
    travel: Travel,
    goal: Goal,
    ctx: &ToolCtx<'_>,
    out: &mut ToolOutput<'_, '_>,
) -> LineTool {
    let is_done = match (goal, travel) {
        (Goal::Begin, Travel::Drag) => {
            line.move_tip();
            true
        }
        (Goal::Begin, Travel::Click { .. }) => false,
        (Goal::End, Travel::Click { .. }) => true,
        (Goal::Add, Travel::Click { .. } | Travel::Drag) | (Goal::End, Travel::Drag) => {
            line.move_tip();
            line.is_full()
        }
    };
    if is_done {
        line.finish(ctx, out);
        return LineTool::Idle;
    }
    out.redraw();
    LineTool::Waiting { line }
}

/// Takes back a press, because it was the first finger of a pinch or a palm: the line waits as
/// before, or never began.
fn retract(mut line: Box<LineDraft>, press: Press, out: &mut ToolOutput<'_, '_>) -> LineTool {
    out.redraw();
    match press.goal {
        Goal::Begin => {
            line.cancel(out);
            LineTool::Idle
        }
        Goal::Add | Goal::End => {
            line.drop_tip();
            LineTool::Waiting { line }
        }
    }
}
