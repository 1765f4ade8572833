//! A line while it is drawn: its points so far, and where the next one would be.

use crate::document::frames;
use crate::document::history::UndoStep;
use std::f64::consts::PI;

use kurbo::Vec2;
use shared::geometry::{BoardPoint, BoardRect, ScreenPoint};
use shared::id::ElementId;
use shared::limits::{MAX_COORD, MAX_LINE_POINTS};
use shared::model::layout::anchor_point;
use shared::model::{Anchor, Body, NewElement, Prop, line_points};
use shared::op::Op;

use super::arrow_binding;
use crate::input::Modifiers;
use crate::input::gesture::PointerDown;
use crate::tools::context::{Request, ToolCtx, ToolOutput};
use crate::tools::draft::SentDraft;
use crate::tools::make;
use crate::tools::shape::snapped_to_grid;
use crate::view::camera::Camera;

/// With Shift, lines have multiples of this angle.
const ANGLE_STEP: f64 = PI / 12.0;

/// A line that is being drawn.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct LineDraft {
    id: ElementId,
    placed: Vec<End>,
    tip: Option<End>,
    /// Where the pointer is, before the tip is snapped.
    pointer: ScreenPoint,
    modifiers: Modifiers,
    shown: SentDraft,
}

/// A point of the line, and the anchor that it would have as an end.
#[derive(Clone, Copy, Debug, PartialEq)]
struct End {
    at: BoardPoint,
    anchor: Option<Anchor>,
}

/// The place of the pointer.
#[derive(Clone, Copy, Debug)]
pub(super) enum Aim {
    At(ScreenPoint),
    Same,
}

impl LineDraft {
    pub(super) fn begin(id: ElementId, down: &PointerDown, ctx: &ToolCtx<'_>) -> Self {
        let mut line = Self {
            id,
            placed: Vec::new(),
            tip: None,
            pointer: down.first.at,
            modifiers: down.modifiers,
            shown: SentDraft::default(),
        };
        line.aim(Aim::Same, ctx);
        line.move_tip();
        line
    }

    pub(super) fn hold(&mut self, modifiers: Modifiers) {
        self.modifiers = modifiers;
    }

    /// Moves the tip to the pointer, or to the place that it snaps to.
    pub(super) fn aim(&mut self, aim: Aim, ctx: &ToolCtx<'_>) {
        if let Aim::At(pointer) = aim {
            self.pointer = pointer;
        }
        let at = ctx.camera.to_board(self.pointer);
        if !(at.x.is_finite() && at.y.is_finite()) {
            return;
        }
        let free = self.modifiers.ctrl || self.modifiers.meta;
        let anchor = if free {
            None
        } else {
            arrow_binding::find_anchor_near(ctx, at)
        };
        let at = match (anchor, self.placed.last()) {
            (Some(_), _) => at,
            (None, Some(last)) if self.modifiers.shift => stepped(last.at, at),
            (None, _) => snapped_to_grid(at, ctx),
        };
        let within = |value: f64| value.clamp(-MAX_COORD, MAX_COORD);
        let at = BoardPoint::new(within(at.x), within(at.y));
        self.tip = Some(End { at, anchor });
    }

    /// Makes the tip a point of the line.
    pub(super) fn move_tip(&mut self) {
        self.placed.extend(self.tip.take());
    }

    pub(super) fn drop_tip(&mut self) {
        self.tip = None;
    }

    /// Whether no further point fits.
    pub(super) fn is_full(&self) -> bool {
        self.placed.len() >= MAX_LINE_POINTS
    }

    pub(super) fn last_on_screen(&self, camera: &Camera) -> Option<ScreenPoint> {
        self.placed.last().map(|last| camera.to_screen(last.at))
    }

    /// The element that the tip would be bound to; of the first point while there is no other.
    pub(super) fn target(&self) -> Option<ElementId> {
        let end = self.tip.as_ref().or_else(|| self.placed.last());
        end.and_then(|end| end.anchor).map(|anchor| anchor.to)
    }

    /// The line with its tip; `None` while it has no length.
    pub(super) fn element(&self, ctx: &ToolCtx<'_>) -> Option<NewElement> {
        let ends: Vec<End> = self.placed.iter().chain(&self.tip).copied().collect();
        line(self.id, ends, ctx)
    }

    pub(super) fn send(&mut self, ctx: &ToolCtx<'_>, out: &mut ToolOutput<'_, '_>) {
        let draft = self.element(ctx);
        self.shown.send(draft.as_ref(), out);
    }

    /// Commits the line, if it has at least two points.
    pub(super) fn finish(self, ctx: &ToolCtx<'_>, out: &mut ToolOutput<'_, '_>) {
        let made = line(self.id, self.placed, ctx);
        let is_made = made.is_some();
        if let Some(new) = made {
            out.commit(vec![Op::Put(Box::new(new))], UndoStep::New);
        }
        self.shown.end(out);
        if is_made {
            out.request(Request::Made(self.id));
        }
        out.redraw();
    }

    pub(super) fn cancel(self, out: &mut ToolOutput<'_, '_>) {
        self.shown.end(out);
    }
}

/// A line between two anchors.
pub(super) fn between(ctx: &ToolCtx<'_>, id: ElementId, ends: [Anchor; 2]) -> Option<NewElement> {
    let end = |anchor: Anchor| {
        let at = anchor_point(ctx.board, &anchor)?;
        let anchor = Some(anchor);
        Some(End { at, anchor })
    };
    line(id, ends.into_iter().filter_map(end).collect(), ctx)
}

/// The element of a line through these points; `None` if they are all in one place.
fn line(id: ElementId, mut ends: Vec<End>, ctx: &ToolCtx<'_>) -> Option<NewElement> {
    let same = ctx.camera.board_length(0.5);
    // Of two points in one place the later one counts: it was clicked last.
    ends.dedup_by(|next, last| {
        let one = next.at.distance(last.at) < same;
        if one && next.anchor.is_some() {
            last.anchor = next.anchor;
        }
        one
    });
    let [first, .., last] = ends.as_slice() else {
        return None;
    };
    let places: Vec<BoardPoint> = ends.iter().map(|end| end.at).collect();
    let (at, points) = line_points::relative_to_first(&places)?;
    let bounds = ends
        .iter()
        .fold(BoardRect::from_points(first.at, last.at), |rect, end| {
            rect.union_pt(end.at)
        });
    let [start, end] = arrow_binding::existing(ctx, ctx.style.heads, [first.anchor, last.anchor]);
    let mut props = make::base(ctx, at);
    let frame = frames::frame_for_new(ctx.board, ctx.index, &Body::Line, bounds);
    for prop in [
        points,
        Prop::Route(ctx.style.route),
        Prop::Heads(ctx.style.heads),
        Prop::Dash(ctx.style.dash),
        // For the text that the line may get.
        Prop::Font(ctx.style.font),
        Prop::TextSize(make::text_size(ctx.style.text, ctx.camera.zoom())),
        Prop::Start(start),
        Prop::End(end),
        Prop::Frame(frame),
    ] {
        make::set(&mut props, prop);
    }
    Some(NewElement::new(id, props, Body::Line))
}

/// The place nearest to `to` at which the line from `from` has a round angle.
pub(crate) fn stepped(from: BoardPoint, to: BoardPoint) -> BoardPoint {
    let way = Vec2::new(to.x - from.x, to.y - from.y);
    let angle = (way.atan2() / ANGLE_STEP).round() * ANGLE_STEP;
    let kept = Vec2::from_angle(angle);
    let length = way.dot(kept).max(0.0);
    (kurbo::Point::from(from) + kept * length).into()
}
