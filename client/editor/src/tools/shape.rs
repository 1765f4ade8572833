//! Closed shapes, sticky notes and frames, drawn by dragging a box.
//!
//! Nothing is on the board until the pointer is lifted; meanwhile others see a draft.

use crate::document::frame_names::frame_name;
use crate::document::frames;
use crate::document::history::UndoStep;
use crate::tool_kind::ToolKind;
use kurbo::Vec2;
use shared::geometry::{BoardPoint, BoardRect, ScreenPoint};
use shared::id::ElementId;
use shared::model::{Body, Element, NewElement, Prop};
use shared::op::Op;

use super::context::{Request, ToolCtx, ToolOutput};
use super::draft::SentDraft;
use super::event::ToolEvent;
use super::make;
use crate::input::gesture::PointerDown;
use crate::input::{Modifiers, PointerKind, Sample};
use crate::view::grid;
use crate::view::overlay::Overlay;

/// A press that moves less than this, in CSS pixels, is a click; a finger may move more.
pub(super) const CLICK_PX: f64 = 4.0;
pub(super) const TAP_PX: f64 = 8.0;

/// The state of a tool that draws boxes.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum ShapeTool {
    Idle,
    Dragging(Box<Dragged>),
}

/// A box that is being dragged.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Dragged {
    id: ElementId,
    body: Body,
    /// The name, if it is a frame.
    name: Option<Prop>,
    pressed: ScreenPoint,
    from: BoardPoint,
    to: BoardPoint,
    modifiers: Modifiers,
    travel: Travel,
    /// `None` while it may still be a click.
    draft: Option<NewElement>,
    shown: SentDraft,
}

/// Whether a press has become a drag.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Travel {
    Click { slop_px: f64 },
    Drag,
}

impl Travel {
    pub(super) const fn of(kind: PointerKind) -> Self {
        let slop_px = match kind {
            PointerKind::Mouse => CLICK_PX,
            PointerKind::Touch | PointerKind::Pen => TAP_PX,
        };
        Self::Click { slop_px }
    }

    /// Becomes a drag if the pointer moved far enough from `from` to `to`.
    #[must_use]
    pub(super) fn gone(self, from: ScreenPoint, to: ScreenPoint) -> Self {
        match self {
            Self::Click { slop_px } if from.distance(to) < slop_px => self,
            Self::Click { .. } | Self::Drag => Self::Drag,
        }
    }
}

impl ShapeTool {
    #[must_use]
    pub(crate) fn step(
        self,
        event: ToolEvent,
        ctx: &ToolCtx<'_>,
        out: &mut ToolOutput<'_, '_>,
    ) -> Self {
        match self {
            Self::Idle => match event.press() {
                Some(down) => begin(&down, ctx, out),
                None => Self::Idle,
            },
            Self::Dragging(dragged) => dragged.step(event, ctx, out),
        }
    }

    pub(crate) const fn is_busy(&self) -> bool {
        match self {
            Self::Idle => false,
            Self::Dragging(_) => true,
        }
    }

    pub(crate) fn show(&self, overlay: &mut Overlay) {
        match self {
            Self::Idle => {}
            Self::Dragging(dragged) => overlay.drafts.extend(dragged.draft.clone()),
        }
    }
}

fn begin(down: &PointerDown, ctx: &ToolCtx<'_>, out: &mut ToolOutput<'_, '_>) -> ShapeTool {
    let at = ctx.camera.to_board(down.first.at);
    let is_valid = at.x.is_finite() && at.y.is_finite();
    match make::body(ctx.kind, ctx.name).filter(|_| is_valid) {
        Some(body) => ShapeTool::Dragging(Box::new(Dragged {
            id: out.fresh_id(),
            name: matches!(body, Body::Frame).then(|| frame_name(ctx.board)),
            body,
            pressed: down.first.at,
            from: snapped_to_grid(at, ctx),
            to: snapped_to_grid(at, ctx),
            modifiers: down.modifiers,
            travel: Travel::of(down.kind),
            draft: None,
            shown: SentDraft::default(),
        })),
        None => ShapeTool::Idle,
    }
}

impl Dragged {
    fn step(
        mut self: Box<Self>,
        event: ToolEvent,
        ctx: &ToolCtx<'_>,
        out: &mut ToolOutput<'_, '_>,
    ) -> ShapeTool {
        match event {
            ToolEvent::Move {
                samples,
                predicted: _,
                modifiers,
            } => {
                self.modifiers = modifiers;
                self.go_to(samples.last(), ctx);
                out.redraw();
            }
            ToolEvent::Modifiers(modifiers) => {
                self.modifiers = modifiers;
                self.go_to(None, ctx);
                out.redraw();
            }
            ToolEvent::AnimationFrame => self.shown.send(self.draft.as_ref(), out),
            ToolEvent::Up(sample) => {
                self.go_to(Some(&sample), ctx);
                self.finish(ctx, out);
                return ShapeTool::Idle;
            }
            ToolEvent::Abort(_) => {
                self.shown.end(out);
                out.redraw();
                return ShapeTool::Idle;
            }
            ToolEvent::Down(_) => {}
        }
        ShapeTool::Dragging(self)
    }

    fn go_to(&mut self, sample: Option<&Sample>, ctx: &ToolCtx<'_>) {
        if let Some(sample) = sample {
            let to = ctx.camera.to_board(sample.at);
            if !(to.x.is_finite() && to.y.is_finite()) {
                return;
            }
            self.travel = self.travel.gone(self.pressed, sample.at);
            self.to = snapped_to_grid(to, ctx);
        }
        self.draft = match self.travel {
            Travel::Click { .. } => None,
            Travel::Drag => {
                let rect = spanned(self.from, self.to, self.modifiers);
                Some(self.made(rect, ctx))
            }
        };
    }

    /// The element that fills a box.
    fn made(&self, rect: BoardRect, ctx: &ToolCtx<'_>) -> NewElement {
        let mut new = make::boxed(ctx, self.id, self.body.clone(), rect);
        self.name
            .iter()
            .cloned()
            .for_each(|name| new.props.set(name));
        new
    }

    fn finish(mut self, ctx: &ToolCtx<'_>, out: &mut ToolOutput<'_, '_>) {
        let (id, draft) = (self.id, self.draft.take());
        let new = draft.unwrap_or_else(|| {
            let rect = make::default_box(&self.body, self.from, ctx.camera.zoom());
            self.made(rect, ctx)
        });
        let mut ops = vec![Op::Put(Box::new(new.clone()))];
        if ctx.kind == ToolKind::Frame {
            let frame = Element::new(new.clone(), ctx.me);
            let inside = frames::lying_in(ctx.board, ctx.index, &frame).into_iter();
            ops.extend(inside.map(|id| frames::put_in_frame(id, Some(frame.id))));
        }
        out.commit(ops, UndoStep::New);
        self.shown.end(out);
        out.request(Request::Made(id));
        if ctx.kind == ToolKind::Sticky {
            out.request(Request::EditText(id));
        }
        out.redraw();
    }
}

/// The box from one place to another. Shift makes it a square; with Alt the first
/// place is its middle.
pub(super) fn spanned(from: BoardPoint, to: BoardPoint, modifiers: Modifiers) -> BoardRect {
    let mut way = Vec2::new(to.x - from.x, to.y - from.y);
    if modifiers.shift {
        let side = way.x.abs().max(way.y.abs());
        way = Vec2::new(side.copysign(way.x), side.copysign(way.y));
    }
    let from = kurbo::Point::from(from);
    let start = if modifiers.alt { from - way } else { from };
    BoardRect::from_points(start, from + way)
}

pub(super) fn snapped_to_grid(at: BoardPoint, ctx: &ToolCtx<'_>) -> BoardPoint {
    if ctx.prefs.grid {
        grid::nearest(at, ctx.camera.zoom())
    } else {
        at
    }
}
