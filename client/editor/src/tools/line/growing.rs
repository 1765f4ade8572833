//! A line while it is being drawn: its points so far, and where the next may come.
//!
//! Knows the style and what the ends touch. It must not know presses.

use crate::document::frames;
use crate::document::history::UndoStep;
use crate::document::line_points;
use std::f64::consts::PI;

use kurbo::Vec2;
use shared::geometry::{BoardPoint, BoardRect, ScreenPoint};
use shared::id::ElementId;
use shared::limits::{MAX_COORD, MAX_LINE_POINTS};
use shared::model::place::anchor_point;
use shared::model::{Anchor, Body, NewElement, Prop};
use shared::op::Op;

use super::bind;
use crate::input::Modifiers;
use crate::input::gesture::Contact;
use crate::tools::context::{Request, ToolCtx, ToolOutput};
use crate::tools::draft::Shown;
use crate::tools::make;
use crate::tools::shape::kept_to_grid;
use crate::view::camera::Camera;

/// With Shift, lines keep to multiples of this angle.
const ANGLE_STEP: f64 = PI / 12.0;

/// A line that is being drawn.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Growing {
    id: ElementId,
    placed: Vec<End>,
    tip: Option<End>,
    /// Where the pointer is, before anything draws the tip elsewhere.
    pointer: ScreenPoint,
    modifiers: Modifiers,
    shown: Shown,
}

/// A point of the line, and what it would hold on to as an end of it.
#[derive(Clone, Copy, Debug, PartialEq)]
struct End {
    at: BoardPoint,
    anchor: Option<Anchor>,
}

/// Where the pointer is now.
#[derive(Clone, Copy, Debug)]
pub(super) enum Aim {
    At(ScreenPoint),
    Same,
}

impl Growing {
    pub(super) fn begin(id: ElementId, contact: &Contact, ctx: &ToolCtx<'_>) -> Self {
        let mut line = Self {
            id,
            placed: Vec::new(),
            tip: None,
            pointer: contact.first.at,
            modifiers: contact.modifiers,
            shown: Shown::default(),
        };
        line.aim(Aim::Same, ctx);
        line.place_tip();
        line
    }

    pub(super) fn hold(&mut self, modifiers: Modifiers) {
        self.modifiers = modifiers;
    }

    /// Moves the tip to the pointer, or to what it keeps to near there.
    pub(super) fn aim(&mut self, aim: Aim, ctx: &ToolCtx<'_>) {
        if let Aim::At(pointer) = aim {
            self.pointer = pointer;
        }
        let at = ctx.camera.to_board(self.pointer);
        if !(at.x.is_finite() && at.y.is_finite()) {
            return;
        }
        let free = self.modifiers.ctrl || self.modifiers.meta;
        let anchor = if free { None } else { bind::at(ctx, at) };
        let at = match (anchor, self.placed.last()) {
            (Some(_), _) => at,
            (None, Some(last)) if self.modifiers.shift => stepped(last.at, at),
            (None, _) => kept_to_grid(at, ctx),
        };
        let within = |value: f64| value.clamp(-MAX_COORD, MAX_COORD);
        let at = BoardPoint::new(within(at.x), within(at.y));
        self.tip = Some(End { at, anchor });
    }

    /// Makes the tip a point of the line.
    pub(super) fn place_tip(&mut self) {
        self.placed.extend(self.tip.take());
    }

    pub(super) fn lose_tip(&mut self) {
        self.tip = None;
    }

    /// Whether no further point fits.
    pub(super) fn is_full(&self) -> bool {
        self.placed.len() >= MAX_LINE_POINTS
    }

    pub(super) fn last_on_screen(&self, camera: &Camera) -> Option<ScreenPoint> {
        self.placed.last().map(|last| camera.to_screen(last.at))
    }

    /// What the tip, or the first point while there is no other, would hold on to.
    pub(super) fn target(&self) -> Option<ElementId> {
        let end = self.tip.as_ref().or_else(|| self.placed.last());
        end.and_then(|end| end.anchor).map(|anchor| anchor.to)
    }

    /// The line with its tip; `None` while it is but a point.
    pub(super) fn element(&self, ctx: &ToolCtx<'_>) -> Option<NewElement> {
        let ends: Vec<End> = self.placed.iter().chain(&self.tip).copied().collect();
        line(self.id, ends, ctx)
    }

    pub(super) fn tell(&mut self, ctx: &ToolCtx<'_>, out: &mut ToolOutput<'_, '_>) {
        let draft = self.element(ctx);
        self.shown.tell(draft.as_ref(), out);
    }

    /// Puts what is placed on the board, if it is a line.
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

    pub(super) fn give_up(self, out: &mut ToolOutput<'_, '_>) {
        self.shown.end(out);
    }
}

/// The line from one thing to another.
pub(super) fn between(ctx: &ToolCtx<'_>, id: ElementId, ends: [Anchor; 2]) -> Option<NewElement> {
    let end = |anchor: Anchor| {
        let at = anchor_point(ctx.board, &anchor)?;
        let anchor = Some(anchor);
        Some(End { at, anchor })
    };
    line(id, ends.into_iter().filter_map(end).collect(), ctx)
}

/// The element of a line through these points; `None` if they are all one place.
fn line(id: ElementId, mut ends: Vec<End>, ctx: &ToolCtx<'_>) -> Option<NewElement> {
    let same = ctx.camera.board_length(0.5);
    // Later ones win: what was clicked last is what is meant.
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
    let [start, end] = bind::both(ctx.board, [first.anchor, last.anchor]);
    let mut props = make::base(ctx, at);
    let frame = frames::taking(ctx.board, ctx.index, &Body::Line, bounds);
    for prop in [
        points,
        Prop::Route(ctx.style.route),
        Prop::Heads(ctx.style.heads),
        Prop::Dash(ctx.style.dash),
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
