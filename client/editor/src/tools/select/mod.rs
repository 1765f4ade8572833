//! Selecting, moving, stretching and turning: all that the Select and Lasso tools do.
//!
//! One state machine: a press waits until it is clear whether it is a drag. What the
//! drag does is decided by where it began. Knows states; it must not know geometry.

mod brush;
mod change;
mod duplicate;
mod handles;
mod moving;
mod press;
mod reshape;
mod stretch;
mod twice;

use crate::tool_kind::ToolKind;
use crate::view::CursorIcon;
use shared::geometry::{BoardPoint, ScreenPoint};

use super::context::{ToolCtx, ToolOutput};
use super::event::ToolEvent;
use crate::document::hit_test::Passing;
use crate::input::gesture::Abort;
use crate::input::{Modifiers, PointerKind, Sample};
use crate::view::overlay::Overlay;
use brush::Brush;
use change::Change;
#[cfg(test)]
pub(crate) use change::carried;
pub(crate) use handles::{frame, shown_frame};
use press::Press;
use reshape::Reshape;

/// See the module.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum SelectTool {
    Idle,
    /// The pointer is down and has not gone far enough for a drag.
    Pressed(Box<Press>),
    /// A marquee or loop is being drawn.
    Brushing(Box<Brush>),
    /// What is selected is being moved, stretched or turned.
    Changing(Box<Change>),
    /// A line or a rectangle is changed by a handle of its own.
    Reshaping(Box<Reshape>),
}

impl SelectTool {
    #[must_use]
    pub(crate) fn step(
        self,
        event: ToolEvent,
        ctx: &ToolCtx<'_>,
        out: &mut ToolOutput<'_, '_>,
    ) -> Self {
        match (self, event) {
            (Self::Idle, ToolEvent::Down(contact)) => press::press(&contact, ctx, out),
            (
                state,
                ToolEvent::Move {
                    samples,
                    predicted: _,
                    modifiers,
                },
            ) => state.pointed(&samples, modifiers, ctx, out),
            (state, ToolEvent::Modifiers(modifiers)) => state.modified(modifiers, ctx, out),
            (state, ToolEvent::Frame) => state.framed(ctx, out),
            (state, ToolEvent::Up(sample)) => {
                state.lifted(sample.at, ctx, out);
                Self::Idle
            }
            (state, ToolEvent::Abort(abort)) => {
                state.given_up(abort, ctx, out);
                Self::Idle
            }
            (state, ToolEvent::Down(_)) => state,
        }
    }

    fn pointed(
        self,
        samples: &[Sample],
        modifiers: Modifiers,
        ctx: &ToolCtx<'_>,
        out: &mut ToolOutput<'_, '_>,
    ) -> Self {
        let Some(at) = samples.last().map(|sample| sample.at) else {
            return self;
        };
        let to = ctx.camera.to_board(at);
        if !to.x.is_finite() || !to.y.is_finite() {
            return self;
        }
        match self {
            Self::Pressed(press) => press.moved(at, modifiers, ctx, out),
            Self::Idle | Self::Brushing(_) | Self::Changing(_) | Self::Reshaping(_) => {
                self.moved(to, modifiers, ctx, out)
            }
        }
    }

    /// Goes on with a drag.
    fn moved(
        self,
        to: BoardPoint,
        modifiers: Modifiers,
        ctx: &ToolCtx<'_>,
        out: &mut ToolOutput<'_, '_>,
    ) -> Self {
        match self {
            Self::Idle | Self::Pressed(_) => self,
            Self::Brushing(brush) => Self::Brushing(Box::new(brush.grow(to, ctx, out))),
            Self::Changing(change) => {
                Self::Changing(Box::new(change.follow(to, modifiers, ctx, out)))
            }
            Self::Reshaping(reshape) => {
                Self::Reshaping(Box::new(reshape.follow(to, modifiers, out)))
            }
        }
    }

    fn modified(
        self,
        modifiers: Modifiers,
        ctx: &ToolCtx<'_>,
        out: &mut ToolOutput<'_, '_>,
    ) -> Self {
        match self {
            Self::Idle | Self::Pressed(_) | Self::Brushing(_) => self,
            Self::Changing(change) => {
                Self::Changing(Box::new(change.modified(modifiers, ctx, out)))
            }
            Self::Reshaping(reshape) => Self::Reshaping(Box::new(reshape.modified(modifiers, out))),
        }
    }

    fn framed(self, ctx: &ToolCtx<'_>, out: &mut ToolOutput<'_, '_>) -> Self {
        match self {
            Self::Idle | Self::Pressed(_) => self,
            Self::Brushing(brush) => Self::Brushing(Box::new(brush.look(ctx, out))),
            Self::Changing(mut change) => {
                change.tell(ctx, out);
                Self::Changing(change)
            }
            Self::Reshaping(mut reshape) => {
                reshape.tell(ctx, out);
                Self::Reshaping(reshape)
            }
        }
    }

    fn lifted(self, at: ScreenPoint, ctx: &ToolCtx<'_>, out: &mut ToolOutput<'_, '_>) {
        let to = ctx.camera.to_board(at);
        match self {
            Self::Idle => {}
            Self::Pressed(press) => press.lifted(ctx, out),
            Self::Brushing(brush) => brush.grow(to, ctx, out).finish(ctx, out),
            Self::Changing(change) => change.lifted(to, ctx, out),
            Self::Reshaping(reshape) => reshape.lifted(to, ctx, out),
        }
    }

    fn given_up(self, abort: Abort, ctx: &ToolCtx<'_>, out: &mut ToolOutput<'_, '_>) {
        match (self, abort) {
            (Self::Idle, _) | (Self::Pressed(_), Abort::Interrupted) => {}
            (Self::Pressed(press), Abort::Retracted) => press.retracted(ctx, out),
            (Self::Brushing(brush), _) => brush.give_up(ctx, out),
            (Self::Changing(change), _) => change.give_up(ctx, out),
            (Self::Reshaping(reshape), _) => reshape.give_up(out),
        }
    }

    pub(crate) const fn is_busy(&self) -> bool {
        match self {
            Self::Idle => false,
            Self::Pressed(_) | Self::Brushing(_) | Self::Changing(_) | Self::Reshaping(_) => true,
        }
    }

    pub(crate) fn show(&self, ctx: &ToolCtx<'_>, overlay: &mut Overlay) {
        match self {
            Self::Idle => {}
            Self::Pressed(_) => show_handles(ctx, overlay),
            Self::Brushing(brush) => brush.show(overlay),
            Self::Changing(change) => change.show(ctx, overlay),
            Self::Reshaping(reshape) => reshape.show(ctx, overlay),
        }
    }

    /// How the pointer looks while it works.
    pub(crate) fn cursor(&self, ctx: &ToolCtx<'_>) -> CursorIcon {
        match self {
            Self::Idle | Self::Brushing(_) => resting(ctx),
            Self::Pressed(press) => press.cursor(ctx).unwrap_or_else(|| resting(ctx)),
            Self::Changing(change) => change.cursor(),
            Self::Reshaping(_) => CursorIcon::Move,
        }
    }
}

/// Shows what can be dragged, while nothing is.
pub(crate) fn show_handles(ctx: &ToolCtx<'_>, overlay: &mut Overlay) {
    overlay.frame = handles::shown_frame(ctx);
    overlay.handles = handles::handles(ctx);
}

/// How the pointer looks that hovers at a place.
pub(crate) fn hover_cursor(ctx: &ToolCtx<'_>, at: ScreenPoint) -> CursorIcon {
    let spot = press::spot(ctx, at, PointerKind::Mouse);
    if let Some(kind) = handles::grasped(ctx, spot.at, PointerKind::Mouse) {
        return handles::cursor(kind, angle(ctx));
    }
    let found = spot.topmost(ctx.board, ctx.index, Passing::Locked);
    let movable = match (found, ctx.kind) {
        // The loop begins on what is not selected.
        (Some(id), ToolKind::Lasso) => ctx.selection.has(id),
        (Some(_), _) => true,
        (None, _) => {
            let frame = handles::shown_frame(ctx);
            handles::is_free(ctx.board, ctx.selection)
                && frame.is_some_and(|frame| frame.contains(spot.at))
        }
    };
    if movable {
        CursorIcon::Move
    } else {
        resting(ctx)
    }
}

fn resting(ctx: &ToolCtx<'_>) -> CursorIcon {
    if ctx.kind == ToolKind::Lasso {
        CursorIcon::Crosshair
    } else {
        CursorIcon::Arrow
    }
}

fn angle(ctx: &ToolCtx<'_>) -> f64 {
    handles::shown_frame(ctx).map_or(0.0, |frame| frame.angle)
}
