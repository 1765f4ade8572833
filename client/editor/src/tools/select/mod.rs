//! The Select and Lasso tools: selecting, moving, stretching and turning.
//!
//! A press waits until it is clear whether it is a drag. The place where a drag began decides what
//! it does.

mod change;
mod crop;
mod double_press;
mod duplicate;
mod handles;
mod moving;
mod press;
mod region;
mod reshape;
mod stretch;

use crate::tool_kind::ToolKind;
use crate::view::CursorIcon;
use shared::geometry::{BoardPoint, ScreenPoint};

use super::context::{ToolCtx, ToolOutput};
use super::event::ToolEvent;
use crate::document::topmost::HitFilter;
use crate::input::gesture::Abort;
use crate::input::{Modifiers, PointerKind, Sample};
use crate::view::overlay::Overlay;
use change::Change;
#[cfg(test)]
pub(crate) use change::affected;
pub(crate) use crop::{can_crop, nudged};
pub(crate) use handles::{selection_box, shown_selection_box};
use press::Press;
use region::RegionSelection;
use reshape::Reshape;

/// The state of the Select or Lasso tool.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum SelectTool {
    Idle,
    /// The pointer is down and has not gone far enough for a drag.
    Pressed(Box<Press>),
    /// A rectangle or loop is being drawn.
    SelectingRegion(Box<RegionSelection>),
    /// The selection is being moved, stretched or turned.
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
            ) => state.pointer_moved(&samples, modifiers, ctx, out),
            (state, ToolEvent::Modifiers(modifiers)) => {
                state.modifiers_changed(modifiers, ctx, out)
            }
            (state, ToolEvent::AnimationFrame) => state.on_animation_frame(ctx, out),
            (state, ToolEvent::Up(sample)) => {
                state.released(sample.at, ctx, out);
                Self::Idle
            }
            (state, ToolEvent::Abort(abort)) => {
                state.cancelled(abort, ctx, out);
                Self::Idle
            }
            (state, ToolEvent::Down(_)) => state,
        }
    }

    fn pointer_moved(
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
            Self::Idle | Self::SelectingRegion(_) | Self::Changing(_) | Self::Reshaping(_) => {
                self.moved(to, modifiers, ctx, out)
            }
        }
    }

    /// Continues a drag.
    fn moved(
        self,
        to: BoardPoint,
        modifiers: Modifiers,
        ctx: &ToolCtx<'_>,
        out: &mut ToolOutput<'_, '_>,
    ) -> Self {
        match self {
            Self::Idle | Self::Pressed(_) => self,
            Self::SelectingRegion(brush) => {
                Self::SelectingRegion(Box::new(brush.grow(to, ctx, out)))
            }
            Self::Changing(change) => {
                Self::Changing(Box::new(change.follow(to, modifiers, ctx, out)))
            }
            Self::Reshaping(reshape) => {
                Self::Reshaping(Box::new(reshape.follow(to, modifiers, out)))
            }
        }
    }

    fn modifiers_changed(
        self,
        modifiers: Modifiers,
        ctx: &ToolCtx<'_>,
        out: &mut ToolOutput<'_, '_>,
    ) -> Self {
        match self {
            Self::Idle | Self::Pressed(_) | Self::SelectingRegion(_) => self,
            Self::Changing(change) => {
                Self::Changing(Box::new(change.modifiers_changed(modifiers, ctx, out)))
            }
            Self::Reshaping(reshape) => {
                Self::Reshaping(Box::new(reshape.modifiers_changed(modifiers, out)))
            }
        }
    }

    fn on_animation_frame(self, ctx: &ToolCtx<'_>, out: &mut ToolOutput<'_, '_>) -> Self {
        match self {
            Self::Idle | Self::Pressed(_) => self,
            Self::SelectingRegion(brush) => {
                Self::SelectingRegion(Box::new(brush.preview(ctx, out)))
            }
            Self::Changing(mut change) => {
                change.send(ctx, out);
                Self::Changing(change)
            }
            Self::Reshaping(mut reshape) => {
                reshape.send(ctx, out);
                Self::Reshaping(reshape)
            }
        }
    }

    fn released(self, at: ScreenPoint, ctx: &ToolCtx<'_>, out: &mut ToolOutput<'_, '_>) {
        let to = ctx.camera.to_board(at);
        match self {
            Self::Idle => {}
            Self::Pressed(press) => press.released(ctx, out),
            Self::SelectingRegion(brush) => brush.grow(to, ctx, out).finish(ctx, out),
            Self::Changing(change) => change.released(to, ctx, out),
            Self::Reshaping(reshape) => reshape.released(to, ctx, out),
        }
    }

    fn cancelled(self, abort: Abort, ctx: &ToolCtx<'_>, out: &mut ToolOutput<'_, '_>) {
        match (self, abort) {
            (Self::Idle, _) | (Self::Pressed(_), Abort::Interrupted) => {}
            (Self::Pressed(press), Abort::Retracted) => press.cancelled_by_pinch(ctx, out),
            (Self::SelectingRegion(brush), _) => brush.cancel(ctx, out),
            (Self::Changing(change), _) => change.cancel(ctx, out),
            (Self::Reshaping(reshape), _) => reshape.cancel(out),
        }
    }

    pub(crate) const fn is_busy(&self) -> bool {
        match self {
            Self::Idle => false,
            Self::Pressed(_)
            | Self::SelectingRegion(_)
            | Self::Changing(_)
            | Self::Reshaping(_) => true,
        }
    }

    pub(crate) fn show(&self, ctx: &ToolCtx<'_>, overlay: &mut Overlay) {
        match self {
            Self::Idle => {}
            Self::Pressed(_) => show_handles(ctx, overlay),
            Self::SelectingRegion(brush) => brush.show(overlay),
            Self::Changing(change) => change.show(ctx, overlay),
            Self::Reshaping(reshape) => reshape.show(ctx, overlay),
        }
    }

    /// The cursor while the tool works.
    pub(crate) fn cursor(&self, ctx: &ToolCtx<'_>) -> CursorIcon {
        match self {
            Self::Idle | Self::SelectingRegion(_) => resting(ctx),
            Self::Pressed(press) => press.cursor(ctx).unwrap_or_else(|| resting(ctx)),
            Self::Changing(change) => change.cursor(),
            Self::Reshaping(_) => CursorIcon::Move,
        }
    }
}

/// Shows the handles while nothing is dragged.
pub(crate) fn show_handles(ctx: &ToolCtx<'_>, overlay: &mut Overlay) {
    overlay.selection_box = handles::shown_selection_box(ctx);
    overlay.whole_picture = crop::cropped(ctx).map(crop::with_whole_picture);
    overlay.handles = handles::handles(ctx);
}

/// The cursor of a pointer that hovers at a place.
pub(crate) fn hover_cursor(ctx: &ToolCtx<'_>, at: ScreenPoint) -> CursorIcon {
    let spot = press::spot(ctx, at, PointerKind::Mouse);
    if let Some(kind) = handles::handle_at(ctx, spot.at, PointerKind::Mouse) {
        return handles::cursor(kind, angle(ctx));
    }
    let found = spot.topmost(ctx.board, ctx.index, HitFilter::Unlocked);
    let movable = match (found, ctx.kind) {
        // A loop can begin on an element that is not selected.
        (Some(id), ToolKind::Lasso) => ctx.selection.has(id),
        (Some(_), _) => true,
        (None, _) => {
            let selection_box = handles::shown_selection_box(ctx);
            handles::can_transform(ctx.board, ctx.selection)
                && selection_box.is_some_and(|it| it.contains(spot.at))
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
    handles::shown_selection_box(ctx).map_or(0.0, |it| it.angle)
}
