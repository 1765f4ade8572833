//! Draw and hold: a stroke that is held still at its end becomes the figure that was meant. The
//! figure follows the pen until it is lifted.

use crate::document::frames;
use crate::document::history::UndoStep;
use kurbo::{Point, Rect, Vec2};
use shared::geometry::{BoardPoint, ScreenPoint};
use shared::id::{ElementId, Millis};
use shared::model::{Arrowhead, Body, Brush, NewElement, Prop, line_points};
use shared::op::Op;

use super::context::{ToolCtx, ToolOutput};
use super::draft::SentDraft;
use super::recognise::{Figure, recognised};
use super::stroke::Drawing;
use super::{line, make};
use crate::input::Sample;
use crate::view::overlay::Overlay;

/// A pen that rests for this long is held, in milliseconds.
pub(super) const HOLD_MS: Millis = 500;
/// A pen rests while it stays this near to one place, in CSS pixels.
const REST_PX: f64 = 4.0;
/// A figure never gets smaller than this share of the drawn one.
const SMALLEST: f64 = 0.1;

/// The place where the pen rests, and since when.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct PenRest {
    at: ScreenPoint,
    since: Millis,
    /// Whether recognition was tried during this rest, without a result.
    was_tried: bool,
}

impl PenRest {
    pub(super) const fn new(at: ScreenPoint, since: Millis) -> Self {
        Self {
            at,
            since,
            was_tried: false,
        }
    }

    /// Follows the pen.
    pub(super) fn moved(&mut self, samples: &[Sample], now: Millis) {
        for sample in samples {
            if sample.at.distance(self.at) > REST_PX {
                *self = Self::new(sample.at, now);
            }
        }
    }

    /// The recognised figure, once the pen rested long enough.
    pub(super) fn figure(&mut self, stroke: &Drawing, ctx: &ToolCtx<'_>) -> Option<Figure> {
        let wished = ctx.prefs.draw_and_hold && ctx.kind.brush() == Some(Brush::Pen);
        if !wished || self.was_tried || ctx.now.saturating_sub(self.since) < HOLD_MS {
            return None;
        }
        let drawn = stroke.points().iter().map(|point| point.position());
        // The ink is a little behind the pen.
        let points: Vec<BoardPoint> = drawn.chain([ctx.camera.to_board(self.at)]).collect();
        let figure = recognised(&points, ctx.camera.board_length(1.0));
        self.was_tried = figure.is_none();
        figure
    }
}

/// A figure that follows the pen.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct HeldFigure {
    id: ElementId,
    /// The figure as it was recognised.
    drawn: Figure,
    /// The figure after the pen moved it.
    figure: Figure,
    /// The place of the pen when the figure was recognised.
    grip: BoardPoint,
    entry: UndoStep,
    /// Durable ink was deleted for the figure, so it must be committed.
    took_ink: bool,
    shown: SentDraft,
}

impl HeldFigure {
    /// Replaces a stroke by a figure.
    pub(super) fn replacing(
        stroke: Drawing,
        figure: Figure,
        rest: PenRest,
        ctx: &ToolCtx<'_>,
        out: &mut ToolOutput<'_, '_>,
    ) -> Self {
        let (entry, took_ink) = stroke.replaced(out);
        Self {
            took_ink,
            id: out.fresh_id(),
            drawn: figure,
            figure,
            grip: ctx.camera.to_board(rest.at),
            entry,
            shown: SentDraft::default(),
        }
    }

    /// Lets the figure follow the pen.
    pub(super) fn follow(&mut self, pen: &Sample, ctx: &ToolCtx<'_>) {
        let pen = ctx.camera.to_board(pen.at);
        if pen.x.is_finite() && pen.y.is_finite() {
            self.figure = pulled(self.drawn, self.grip, pen);
        }
    }

    pub(super) fn send(&mut self, ctx: &ToolCtx<'_>, out: &mut ToolOutput<'_, '_>) {
        let draft = self.element(ctx);
        self.shown.send(Some(&draft), out);
    }

    pub(super) fn finish(
        mut self,
        lifted: &Sample,
        ctx: &ToolCtx<'_>,
        out: &mut ToolOutput<'_, '_>,
    ) {
        self.follow(lifted, ctx);
        self.put(ctx, out);
    }

    fn put(self, ctx: &ToolCtx<'_>, out: &mut ToolOutput<'_, '_>) {
        out.commit(vec![Op::Put(Box::new(self.element(ctx)))], self.entry);
        self.shown.end(out);
    }

    /// Drops the figure. If durable ink was deleted for it, it is committed instead.
    pub(super) fn cancel(self, ctx: &ToolCtx<'_>, out: &mut ToolOutput<'_, '_>) {
        if self.took_ink {
            self.put(ctx, out);
        } else {
            self.shown.end(out);
        }
    }

    pub(super) fn show(&self, ctx: &ToolCtx<'_>, overlay: &mut Overlay) {
        overlay.drafts.push(self.element(ctx));
    }

    fn element(&self, ctx: &ToolCtx<'_>) -> NewElement {
        match self.figure {
            Figure::Line { from, to } => straight(self.id, [from, to], Arrowhead::None, ctx),
            Figure::Arrow { from, to } => straight(self.id, [from, to], Arrowhead::Arrow, ctx),
            Figure::Box {
                outline,
                rect,
                angle,
            } => {
                let body = Body::Shape(outline);
                let rect = make::on_board(rect, ctx);
                let mut props = make::base(ctx, rect.origin().into());
                let frame = frames::frame_for_new(ctx.board, ctx.index, &body, rect);
                let size = [rect.width() as f32, rect.height() as f32];
                make::set(&mut props, Prop::Size(size));
                make::set(&mut props, Prop::Angle(angle as f32));
                make::set(&mut props, Prop::Frame(frame));
                NewElement::new(self.id, props, body)
            }
        }
    }
}

/// A line or an arrow. Arrows are bound to the elements that they connect.
fn straight(
    id: ElementId,
    [from, to]: [BoardPoint; 2],
    head: Arrowhead,
    ctx: &ToolCtx<'_>,
) -> NewElement {
    let bounds = Rect::from_points(from, to);
    let anchors = match head {
        Arrowhead::None => [None, None],
        Arrowhead::Arrow | Arrowhead::Triangle | Arrowhead::Dot | Arrowhead::Bar => {
            line::anchors(ctx, [from, to])
        }
    };
    let [start, end] = anchors;
    let mut props = make::base(ctx, from);
    if let Some((at, points)) = line_points::relative_to_first(&[from, to]) {
        props.at = at;
        make::set(&mut props, points);
    }
    for prop in [
        Prop::Heads([Arrowhead::None, head]),
        Prop::Start(start),
        Prop::End(end),
        Prop::Frame(frames::frame_for_new(
            ctx.board,
            ctx.index,
            &Body::Line,
            bounds,
        )),
    ] {
        make::set(&mut props, prop);
    }
    NewElement::new(id, props, Body::Line)
}

/// A figure after the pen moved from `grip` to `pen`. Lines end at the pen; boxes grow and shrink
/// about their middle.
fn pulled(figure: Figure, grip: BoardPoint, pen: BoardPoint) -> Figure {
    let by = Point::from(pen) - Point::from(grip);
    match figure {
        Figure::Line { from, to } => Figure::Line {
            from,
            to: moved(to, by),
        },
        // The pen is at the head's side, not at its tip.
        Figure::Arrow { from, to } => Figure::Arrow {
            from,
            to: moved(to, by),
        },
        Figure::Box {
            outline,
            rect,
            angle,
        } => {
            let middle = rect.center();
            let before = middle.distance(grip.into());
            let after = middle.distance(pen.into());
            let grown = if before > 0.0 { after / before } else { 1.0 };
            let size = rect.size() * grown.max(SMALLEST);
            Figure::Box {
                outline,
                rect: Rect::from_center_size(middle, size),
                angle,
            }
        }
    }
}

fn moved(at: BoardPoint, by: Vec2) -> BoardPoint {
    (Point::from(at) + by).into()
}
